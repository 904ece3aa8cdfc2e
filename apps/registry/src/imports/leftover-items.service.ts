import { Injectable } from '@nestjs/common';
import type { ChangePair } from '@mandate/drafting';
import { parseJson } from '@mandate/encoding';
import { bareName, featuresOf, ownName, pairItems, pairsOf, type PowerFeatures } from '@mandate/list-files';
import { type AuthorityItem, AuthorityItemSchema, withoutBlanks } from '@mandate/lists';
import type { EntityManager } from 'typeorm';
import type { ItemHead } from '../lists/items.service.ts';
import { LogService } from '../log/log.service.ts';
import type { Matched } from './authority-outcomes.ts';

/** Contents that are fetched together. */
const BATCH = 250;
/** Items of the files by which is seen what all of them say. */
const MOST_BACKGROUND = 2_000;

/** What neither key nor name matched, of the files and of the list. */
@Injectable()
export class LeftoverItemsService {
  constructor(private readonly log: LogService) {}

  /**
   * Leftovers that may be one: taken for the listed one where one is clearly the likeliest, else with what they may be.
   * Nothing is read where one of the two sides has none.
   * @param given.unread names in rows that could not be read: their items are not missing
   */
  async pair(
    tx: EntityManager,
    given: {
      readonly matched: readonly Matched[];
      readonly heads: readonly ItemHead[];
      readonly unread: ReadonlySet<string>;
    },
  ): Promise<readonly Matched[]> {
    const { matched, heads, unread } = given;
    const held = new Set(matched.map(({ before }) => before?.key));
    const gone = heads.filter(
      ({ key, state, name }) => state !== 'cancelled' && !held.has(key) && !unread.has(withoutBlanks(name)),
    );
    const open = matched.flatMap(({ found, before }, at) => {
      const { content } = found;
      return before === undefined && !('issue' in content) ? [{ at, item: content }] : [];
    });
    if (gone.length === 0 || open.length === 0) return matched;
    const listed = await this.listed(tx, gone);
    const features = open.map(({ item }) => featuresOf(item));
    const proposals = pairItems(
      features,
      listed.map(({ item }) => featuresOf(item)),
      { names: namesOf(matched, heads), features: [...features, ...backgroundOf(matched)] },
    );
    const paired = [...matched];
    for (const { found, candidates, is, rivals } of proposals) {
      const [place, one] = [open[found], matched[open[found]?.at ?? -1]];
      const known = candidates.flatMap(({ known: n, likeness }) => {
        const head = listed[n]?.head;
        return head ? [{ head, likeness: Math.round(100 * likeness) }] : [];
      });
      const [best] = known;
      if (place === undefined || one === undefined || best === undefined) continue;
      const pair: ChangePair = {
        state: is === 'sure' ? 'sure' : 'asked',
        candidates: known.map(({ head: { key, name }, likeness }) => ({ key, name, likeness })),
        rivals: rivals.flatMap((n) => open[n]?.item.name ?? []),
        found: { ...place.item, organ: best.head.organ },
      };
      paired[place.at] = { ...one, pair, before: is === 'open' ? undefined : best.head };
    }
    return paired;
  }

  /** With their contents; one that was redacted says nothing and is nobody's. */
  private async listed(
    tx: EntityManager,
    heads: readonly ItemHead[],
  ): Promise<readonly { readonly head: ItemHead; readonly item: AuthorityItem }[]> {
    const items: { head: ItemHead; item: AuthorityItem }[] = [];
    for (let from = 0; from < heads.length; from += BATCH) {
      const batch = heads.slice(from, from + BATCH);
      const blobs = await this.log.blobs(
        tx,
        batch.map(({ blob }) => blob),
      );
      const bytes = new Map(blobs.map((blob) => [blob.hash, blob.bytes]));
      for (const head of batch) {
        const content = bytes.get(head.blob);
        if (content) items.push({ head, item: AuthorityItemSchema.parse(parseJson(content)) });
      }
    }
    return items;
  }
}

function* namesOf(matched: readonly Matched[], heads: readonly ItemHead[]): Generator<ReadonlySet<string>> {
  for (const { found } of matched) yield pairsOf(ownName(bareName(found.name)));
  for (const { name } of heads) yield pairsOf(ownName(bareName(name)));
}

/** As many of the others as show what is common to all. */
function backgroundOf(matched: readonly Matched[]): readonly PowerFeatures[] {
  return matched
    .filter(({ before }) => before !== undefined)
    .slice(0, MOST_BACKGROUND)
    .flatMap(({ found: { content } }) => ('issue' in content ? [] : [featuresOf(content)]));
}
