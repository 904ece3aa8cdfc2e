import { Injectable } from '@nestjs/common';
import { ContentBlob, type Json, parseJson } from '@mandate/encoding';
import {
  type AuthoritySource,
  completeItem,
  countReclassified,
  type CellError,
  doubtsByRow,
  errorAt,
  type FoundItem,
  type KnownItem,
  matchItems,
  namesakesOf,
  type PlacedItem,
  wordsOf,
} from '@mandate/list-files';
import { type AuthorityItem, AuthorityItemSchema } from '@mandate/lists';
import type { EntityManager } from 'typeorm';
import type { NewDraftChange } from '@mandate/drafting';
import { type ItemHead, ItemsService } from '../lists/items.service.ts';
import { StandingService } from '../lists/standing.service.ts';
import { LogService } from '../log/log.service.ts';
import {
  countsOf,
  doubtfulOf,
  doubtsOf,
  isChange,
  type Matched,
  missingOf,
  pairsOf,
  type Outcome,
  placesOf,
  reclassifiedOf,
  sheetsOf,
  toDraftChange,
  unreadOf,
} from './authority-outcomes.ts';
import type { MissingReport } from './import-report.ts';
import { ImportsRepository } from './imports.repository.ts';
import { LeftoverItemsService } from './leftover-items.service.ts';
import type { ListPlan, PlanOptions } from './list-plan.ts';

/** Contents that are fetched together. */
const BATCH = 250;

type Placed = Pick<Matched, 'source' | 'found'>;
type DoubtsIn = ReadonlyMap<AuthoritySource, ReturnType<typeof doubtsByRow>>;

/** The files of one organ's list, held against what is listed of it. */
@Injectable()
export class AuthorityPlanService {
  constructor(
    private readonly items: ItemsService,
    private readonly standing: StandingService,
    private readonly log: LogService,
    private readonly repository: ImportsRepository,
    private readonly leftovers: LeftoverItemsService,
  ) {}

  /** Under `lockForChange` what it says stays true until the end of the transaction. */
  async plan(
    tx: EntityManager,
    organ: string,
    sources: readonly AuthoritySource[],
    options: PlanOptions,
  ): Promise<ListPlan> {
    const heads = await this.items.heads({ organ }, tx);
    const { matched: named, cellErrors } = await this.match(tx, organ, sources, heads);
    const matched = await this.leftovers.pair(tx, { matched: named, heads, unread: unreadOf(sources) });
    const doubtsIn: DoubtsIn = new Map(
      sources.map((source) => [source, doubtsByRow(source.sheets, source.items)]),
    );
    const outcomes: Outcome[] = [];
    for (let from = 0; from < matched.length; from += BATCH)
      outcomes.push(...(await this.compare(tx, organ, matched.slice(from, from + BATCH), doubtsIn, options)));
    const changes = outcomes.filter(isChange);
    const standings = await this.standing.of(
      tx,
      'authority-item',
      changes.flatMap(({ before }) => (before ? [{ key: before.key, day: options.effectiveDate }] : [])),
    );
    return {
      counts: countsOf(outcomes),
      reclassified: options.reclassify === true ? undefined : reclassifiedOf(outcomes),
      sheets: sheetsOf(sources, outcomes),
      cellErrors,
      unchanged: placesOf(outcomes),
      doubtful: doubtfulOf(changes),
      listed: heads.filter(({ state }) => state !== 'cancelled'),
      missing: missingOf(organ, heads, outcomes, sources),
      pairs: pairsOf(organ, outcomes),
      items: outcomes.flatMap((outcome) =>
        outcome.is === 'invalid' ? [] : [{ key: outcome.before?.key, item: outcome.item }],
      ),
      changes: function* () {
        for (const change of changes) yield toDraftChange(change, standings, options);
      },
      cancel: (missing) => this.cancel(tx, missing, options),
    };
  }

  /** Each found item with the listed one it is beyond doubt: by the key that a template gives, else by its name. */
  private async match(
    tx: EntityManager,
    organ: string,
    sources: readonly AuthoritySource[],
    heads: readonly ItemHead[],
  ): Promise<{ matched: Matched[]; cellErrors: Map<AuthoritySource, CellError[]> }> {
    const byKey = new Map(heads.map((head) => [head.key, head]));
    const free = new Map(byKey);
    const all = sources.flatMap((source) => source.items.map((found) => ({ source, found })));
    const given = new Map<FoundItem, ItemHead>();
    const cellErrors = new Map<AuthoritySource, CellError[]>();
    for (const { source, found } of all) {
      if (found.key === undefined) continue;
      const head = free.get(found.key);
      if (head) {
        given.set(found, head);
        free.delete(found.key);
      } else if (found.keyPlace) {
        const message = byKey.has(found.key)
          ? `标识 ${found.key} 前面已经用过。`
          : `本机关没有标识为 ${found.key} 的事项；新事项请留空。`;
        cellErrors.set(source, [...(cellErrors.get(source) ?? []), errorAt(found.keyPlace, message)]);
      }
    }
    const open = all.filter(({ found }) => found.key === undefined);
    const matches = await this.byName(tx, organ, { open, heads: [...free.values()] });
    open.forEach(({ found }, n) => {
      const head = byKey.get(matches[n]?.key ?? '');
      if (head) given.set(found, head);
    });
    return { matched: all.map((one) => ({ ...one, before: given.get(one.found) })), cellErrors };
  }

  private async byName(
    tx: EntityManager,
    organ: string,
    { open, heads }: { readonly open: readonly Placed[]; readonly heads: readonly ItemHead[] },
  ): Promise<(KnownItem | undefined)[]> {
    const places = await this.repository.sources(tx, organ);
    const items = open.map(({ source, found }): PlacedItem => {
      const { content } = found;
      return {
        file: source.file,
        sheet: found.sheet,
        serial: found.serial,
        name: found.name,
        category: found.category,
        ...(!('issue' in content) && { words: () => wordsOf(content) }),
      };
    });
    const known = heads.map((head): KnownItem => {
      const { file, sheet, serial } = places.get(head.key) ?? {};
      return { ...head, cancelled: head.state === 'cancelled', file, sheet, serial };
    });
    const namesakes = new Set(namesakesOf(items, known));
    if (namesakes.size === 0) return matchItems(items, known);
    const blobs = heads.flatMap(({ key, blob }) => (namesakes.has(key) ? [blob] : []));
    const listed = await this.listed(tx, blobs);
    const words = new Map(
      heads.flatMap(({ key, blob }) => {
        const item = listed.get(blob);
        return item ? [[key, wordsOf(item)] as const] : [];
      }),
    );
    return matchItems(
      items,
      known.map((item) => ({ ...item, words: words.get(item.key) })),
    );
  }

  /** Where the content differs from what is listed, what is listed completes it. */
  private async compare(
    tx: EntityManager,
    organ: string,
    batch: readonly Matched[],
    doubtsIn: DoubtsIn,
    { reclassify }: PlanOptions,
  ): Promise<readonly Outcome[]> {
    const read = batch.map((one) => {
      const { content } = one.found;
      if ('issue' in content) return { one, issue: content.issue };
      const item: AuthorityItem = { ...content, organ };
      // What is new is compared with nothing.
      return { one, item, blob: one.before && ContentBlob.of(item) };
    });
    const listed = await this.listed(
      tx,
      read.flatMap(({ one: { before }, blob }) =>
        before === undefined || blob?.name === before.blob ? [] : [before.blob],
      ),
    );
    return read.map(({ one, issue, item, blob }): Outcome => {
      if (item === undefined) return { ...one, is: 'invalid', issue };
      const { before, source, found } = one;
      if (before === undefined || blob === undefined)
        return { ...one, is: 'new', item, doubts: doubtsOf(one, doubtsIn.get(source)?.(found) ?? []) };
      const was = listed.get(before.blob);
      const content = complete(blob, item, was, source.says, reclassify);
      const reclassified = was === undefined ? 0 : countReclassified(item, was);
      if (content.name === before.blob) return { ...one, is: 'unchanged', before, item, reclassified };
      const doubts = doubtsOf(one, doubtsIn.get(source)?.(found) ?? []);
      const ranksOnly =
        reclassify === true && complete(blob, item, was, source.says, false).name === before.blob;
      return { ...one, is: 'changed', before, item, doubts, reclassified, ranksOnly, content };
    });
  }

  private async listed(
    tx: EntityManager,
    names: readonly string[],
  ): Promise<ReadonlyMap<string, AuthorityItem>> {
    const blobs = await this.log.blobs(tx, names);
    return new Map(blobs.map(({ hash, bytes }) => [hash, AuthorityItemSchema.parse(parseJson(bytes))]));
  }

  private async cancel(
    tx: EntityManager,
    missing: readonly MissingReport[],
    { effectiveDate, reason }: PlanOptions,
  ): Promise<readonly NewDraftChange[]> {
    const standings = await this.standing.of(
      tx,
      'authority-item',
      missing.map(({ key }) => ({ key, day: effectiveDate })),
    );
    const hashes = [...standings.values()].map(({ blob }) => blob);
    const blobs = new Map(
      (await this.log.blobs(tx, hashes)).map(({ hash, bytes }) => [hash, parseJson(bytes)]),
    );
    return missing.flatMap(({ key }): NewDraftChange[] => {
      const blob = standings.get(key)?.blob ?? '';
      // Of register authority-item, so an object.
      const item = blobs.get(blob) as Record<string, Json> | undefined;
      if (!item) return [];
      return [
        {
          register: 'authority-item',
          key,
          kind: 'cancelled',
          value: { ...item, state: 'cancelled' },
          baseBlob: blob,
          reason: reason ?? '本机关现行权责清单中已无此事项',
        },
      ];
    });
  }
}

/** A redacted blob completes nothing. */
function complete(
  blob: ContentBlob,
  item: AuthorityItem,
  listed: AuthorityItem | undefined,
  says: AuthoritySource['says'],
  reclassify: boolean | undefined,
): ContentBlob {
  if (listed === undefined) return blob;
  return ContentBlob.of(completeItem(item, listed, says, reclassify));
}
