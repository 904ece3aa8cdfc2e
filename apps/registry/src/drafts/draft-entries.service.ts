import { chinaDay } from '@mandate/certificate';
import {
  dayOfEffect,
  type Draft,
  type DraftChange,
  DRAFT_REGISTERS,
  entryReason,
  type PublishedChange,
} from '@mandate/drafting';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ListEntry } from '@mandate/lists';
import { type ListChange, ListsService } from '../lists/lists.service.ts';
import type { CheckedChange } from './draft-checks.service.ts';
import { DraftKeysService, type KeyedChange } from './draft-keys.service.ts';
import { DraftTrailRepository } from './draft-trail.repository.ts';
import { DraftsRepository } from './drafts.repository.ts';

const PAGE = 250;

type Keyed = ReadonlyMap<number, KeyedChange>;

/** What a publication knows of the changes of its draft, beside the changes. */
interface Judged {
  /** all of them, as they were held against the lists that have been locked since */
  readonly checked: readonly CheckedChange[];
  /** by number, what a reviewer set aside */
  readonly overruled: ReadonlyMap<number, ListEntry['overruled']>;
}

/** Changes of a draft → entries of the lists. */
@Injectable()
export class DraftEntriesService {
  constructor(
    private readonly repository: DraftsRepository,
    private readonly trail: DraftTrailRepository,
    private readonly lists: ListsService,
    private readonly keys: DraftKeysService,
  ) {}

  async put(
    tx: EntityManager,
    draft: Draft,
    { checked, overruled }: Judged,
  ): Promise<readonly PublishedChange[]> {
    const keyed = await this.keys.of(tx, checked);
    // What others stand on comes first: an organ before its items.
    const changes = [
      ...(await this.putPart(tx, draft, { keyed, overruled, first: true })),
      ...(await this.putPart(tx, draft, { keyed, overruled, first: false })),
    ].sort((a, b) => a.number - b.number);
    await this.trail.insertEntries(tx, draft.id, changes);
    return changes;
  }

  private async putPart(
    tx: EntityManager,
    draft: Draft,
    {
      keyed,
      overruled,
      first,
    }: Pick<Judged, 'overruled'> & { readonly keyed: Keyed; readonly first: boolean },
  ): Promise<readonly PublishedChange[]> {
    const done: PublishedChange[] = [];
    for (let after = 0; ;) {
      const page = await this.repository.changes(tx, draft.id, { after, limit: PAGE });
      const last = page.at(-1);
      if (last === undefined) return done;
      after = last.number;
      const wanted = page.filter(({ register }) => DRAFT_REGISTERS[register]?.first === first);
      const listed = wanted.map((change) => ({
        ...toListChange(draft, change, keyed),
        overruled: overruled.get(change.number),
      }));
      const { entries } = await this.lists.put(tx, listed);
      for (const [n, { number, register, kind, place }] of wanted.entries()) {
        const entry = entries[n];
        const key = keyed.get(number)?.key;
        if (entry === undefined || key === undefined) throw new Error('every change has its key and entry');
        done.push({ number, register, kind, key, entry, ...(place !== undefined && { place }) });
      }
    }
  }
}

function toListChange(draft: Draft, change: DraftChange, keyed: Keyed): ListChange {
  const { number, register, value, content, kind } = change;
  const today = chinaDay(new Date());
  const effectiveDate = dayOfEffect(draft, { change, today });
  const own = /^#(\d+)$/.exec(change.related ?? '')?.[1];
  return {
    register,
    key: keyed.get(number)?.key ?? '',
    value,
    content,
    effectiveDate,
    reason: entryReason(draft, { reason: change.reason ?? draft.reason, effectiveDate, today, kind }),
    organ: keyed.get(number)?.organ,
    kind,
    document: change.document ?? draft.document,
    edition: draft.edition === undefined ? undefined : `${draft.list}.${draft.edition.number}`,
    related: own === undefined ? change.related : keyed.get(Number(own))?.key,
    // Also where the content stays and only day or kind are new.
    always: true,
  };
}
