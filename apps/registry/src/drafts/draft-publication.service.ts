import { chinaDay } from '@mandate/certificate';
import { type Json } from '@mandate/encoding';
import { type Edition, editionDigest, EditionSchema } from '@mandate/lists';
import { isNegativeListKey } from '@mandate/published';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Account, requireRole } from '../auth/access.ts';
import { ItemsService } from '../lists/items.service.ts';
import { type ListChange, ListsService } from '../lists/lists.service.ts';
import { StandingService } from '../lists/standing.service.ts';
import { requireTimely } from './draft-access.ts';
import { DraftChecksService } from './draft-checks.service.ts';
import { DraftReviewService } from './draft-review.service.ts';
import { parseHeadings } from './draft-schemas.ts';
import { DraftTrailRepository } from './draft-trail.repository.ts';
import type { Draft, DraftChange, PublishedChange, PublishedDraft } from './draft.ts';
import { DraftError } from './drafts.errors.ts';
import { DraftsRepository } from './drafts.repository.ts';

export type PublishedListener = (tx: EntityManager, published: PublishedDraft) => Promise<void>;

const PAGE = 250;
/** What others stand on comes first: an organ before its items. */
const ORDER = [
  ['region', 'organ', 'negative-list'],
  ['authority-item', 'negative-list-item'],
] as const;

/** Approved drafts → entries of the lists. */
@Injectable()
export class DraftPublicationService {
  private readonly listeners: PublishedListener[] = [];

  constructor(
    private readonly repository: DraftsRepository,
    private readonly trail: DraftTrailRepository,
    private readonly reviewing: DraftReviewService,
    private readonly checks: DraftChecksService,
    private readonly lists: ListsService,
    private readonly items: ItemsService,
    private readonly standing: StandingService,
  ) {}

  onPublished(listener: PublishedListener): void {
    this.listeners.push(listener);
  }

  /** @throws DraftError `stale` | `backdated` | `edition-taken` and what the checks throw */
  async publish(
    tx: EntityManager,
    actor: Account,
    id: string,
    version: number,
    words: { comment?: string | undefined; backdatedReason?: string | undefined } = {},
  ): Promise<PublishedDraft> {
    const locked = await this.reviewing.lock(tx, actor, id, version, 'publish');
    requireRole(actor, 'publisher');
    const { backdatedReason = locked.backdatedReason } = words;
    const draft = { ...locked, ...parseHeadings({ ...locked, backdatedReason }) };
    // From here on the lists stay as they are held against the draft, and keys are nobody else's.
    await this.lists.lockForChange(tx);
    const heads = await this.checks.checkWhole(tx, draft, (changes) => requireTimely(draft, changes));
    const keys = await this.keysOf(tx, heads);
    const changes: PublishedChange[] = [];
    for (const registers of ORDER) changes.push(...(await this.put(tx, draft, keys, registers)));
    changes.sort((a, b) => a.number - b.number);
    const edition = draft.edition === undefined ? undefined : await this.putEdition(tx, draft);
    const published: PublishedDraft = {
      draft: await this.reviewing.step(tx, actor, draft, 'publish', words.comment, {
        detail: {
          changes: changes.length,
          ...(words.backdatedReason !== undefined && { backdatedReason: words.backdatedReason }),
        },
      }),
      changes,
      entries: [...changes.map(({ entry }) => entry), ...(edition === undefined ? [] : [edition.entry])],
      keys: changes.map(({ key }) => key),
      ...(edition !== undefined && { edition: edition.key }),
    };
    await this.trail.insertEntries(tx, id, [
      ...(edition === undefined ? [] : [{ number: 0, ...edition }]),
      ...changes,
    ]);
    for (const listener of this.listeners) await listener(tx, published);
    return published;
  }

  /** The keys of all changes by number, new ones for items that have none yet. */
  private async keysOf(
    tx: EntityManager,
    heads: readonly { number: number; key: string | undefined; list: string }[],
  ): Promise<ReadonlyMap<number, string>> {
    const nextOf = new Map<string, () => string>();
    const keys = new Map<number, string>();
    for (const { number, key, list } of heads) {
      if (key !== undefined) {
        keys.set(number, key);
        continue;
      }
      let next = nextOf.get(list);
      if (next === undefined) {
        next = this.items.newKeys(list, await this.standing.ofList(tx, 'authority-item', list));
        nextOf.set(list, next);
      }
      keys.set(number, next());
    }
    return keys;
  }

  private async put(
    tx: EntityManager,
    draft: Draft,
    keys: ReadonlyMap<number, string>,
    registers: readonly string[],
  ): Promise<readonly PublishedChange[]> {
    const done: PublishedChange[] = [];
    for (let after = 0; ;) {
      const page = await this.repository.changes(tx, draft.id, { after, limit: PAGE });
      const last = page.at(-1);
      if (last === undefined) return done;
      after = last.number;
      const wanted = page.filter(({ register }) => registers.includes(register));
      const { entries } = await this.lists.put(
        tx,
        wanted.map((change) => toListChange(draft, change, keys)),
      );
      for (const [n, { number, register, kind, place }] of wanted.entries()) {
        const entry = entries[n];
        const key = keys.get(number);
        if (entry === undefined || key === undefined) throw new Error('every change has its key and entry');
        done.push({ number, register, kind, key, entry, ...(place !== undefined && { place }) });
      }
    }
  }

  /** The list as it stands after the changes of this transaction, bound by its digest. */
  private async putEdition(tx: EntityManager, draft: Draft): Promise<{ key: string; entry: number }> {
    const { list, edition } = draft;
    if (edition === undefined) throw new Error('no edition');
    const key = `${list}.${edition.number}`;
    if ((await this.standing.of(tx, 'edition', [{ key, day: '9999-12-31' }])).size > 0)
      throw new DraftError('edition-taken', `这份清单已有编号为 ${edition.number} 的版本，请换一个编号。`, {
        key,
      });
    const negative = isNegativeListKey(list);
    const records = await this.standing.ofList(tx, negative ? 'negative-list-item' : 'authority-item', list);
    const [record] = (await this.lists.history(tx, negative ? 'negative-list' : 'organ', list)).slice(-1);
    // Of one of these registers, so an object.
    const sample = (record?.value as Record<string, Json> | undefined)?.['sample'] === true;
    const value: Edition = EditionSchema.parse({
      schema: 'edition/1',
      list,
      ...edition,
      ...(draft.document !== undefined && { document: draft.document }),
      items: records.filter(({ state }) => state !== 'cancelled').length,
      digest: editionDigest(records),
      ...(sample && { sample: true }),
    });
    const [entry] = (
      await this.lists.put(tx, [
        {
          register: 'edition',
          key,
          value,
          effectiveDate: draft.effectiveDate,
          reason: reasonOf(draft, draft.reason, draft.effectiveDate),
          document: draft.document,
          organ: negative ? undefined : list,
          edition: key,
        },
      ])
    ).entries;
    if (entry === undefined) throw new Error('an edition is always new');
    return { key, entry };
  }
}

function toListChange(draft: Draft, change: DraftChange, keys: ReadonlyMap<number, string>): ListChange {
  const { number, register, value, kind } = change;
  const effectiveDate = change.effectiveDate ?? draft.effectiveDate;
  const own = /^#(\d+)$/.exec(change.related ?? '')?.[1];
  // Of register authority-item, so an object with its organ.
  const organ = register === 'authority-item' ? (value as { organ: string }).organ : undefined;
  return {
    register,
    key: keys.get(number) ?? '',
    value,
    effectiveDate,
    reason: reasonOf(draft, change.reason ?? draft.reason, effectiveDate),
    organ,
    kind,
    document: change.document ?? draft.document,
    edition: draft.edition === undefined ? undefined : `${draft.list}.${draft.edition.number}`,
    related: own === undefined ? change.related : keys.get(Number(own)),
    // Also where the content stays and only day or kind are new.
    always: true,
  };
}

function reasonOf({ backdatedReason }: Draft, reason: string, effectiveDate: string): string {
  const backdated = backdatedReason !== undefined && effectiveDate < chinaDay(new Date());
  return backdated ? `${reason}（追溯生效：${backdatedReason}）` : reason;
}
