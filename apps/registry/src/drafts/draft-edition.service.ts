import { chinaDay } from '@mandate/certificate';
import {
  dayOfEffect,
  type Draft,
  DraftError,
  editionReason,
  entryReason,
  type PublishedChange,
  registersOfList,
} from '@mandate/drafting';
import type { Json } from '@mandate/encoding';
import { type Edition, editionDigest, EditionSchema } from '@mandate/lists';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ListsService } from '../lists/lists.service.ts';
import { StandingService } from '../lists/standing.service.ts';
import { DraftTrailRepository } from './draft-trail.repository.ts';

/** Number of an edition among the entries of its draft; changes have theirs from 1. */
const EDITION = 0;

/** The edition that a draft of a whole list brings. */
@Injectable()
export class DraftEditionService {
  constructor(
    private readonly lists: ListsService,
    private readonly standing: StandingService,
    private readonly trail: DraftTrailRepository,
  ) {}

  /**
   * Binds the list as it stands after the changes of this transaction by its digest. One that brings what is first
   * recorded, and nothing new, is first recorded itself.
   * @param published.changes that were published with it
   * @param published.staying keys of what the source no longer has and the list keeps: the entry says so, and why
   * @returns undefined for a draft of single changes
   * @throws DraftError `edition-taken`
   */
  async put(
    tx: EntityManager,
    draft: Draft,
    {
      changes,
      staying,
    }: {
      readonly changes: readonly Pick<PublishedChange, 'kind'>[];
      readonly staying: ReadonlySet<string>;
    },
  ): Promise<{ key: string; entry: number } | undefined> {
    const { list, edition } = draft;
    if (edition === undefined) return undefined;
    const today = chinaDay(new Date());
    const effectiveDate = dayOfEffect(draft, { change: undefined, today });
    const brings = new Set(changes.map(({ kind }) => kind));
    const kind = brings.has('recorded') && !brings.has('added') ? ('recorded' as const) : undefined;
    const key = `${list}.${edition.number}`;
    if ((await this.standing.everListed(tx, 'edition', [key])).has(key))
      throw new DraftError('edition-taken', `这份清单已有编号为 ${edition.number} 的版本，请换一个编号。`, {
        key,
      });
    const registers = registersOfList(list);
    const records = await this.standing.ofList(tx, registers.items, list);
    const value: Edition = EditionSchema.parse({
      schema: 'edition/1',
      list,
      ...edition,
      date: edition.date ?? effectiveDate,
      ...(draft.document !== undefined && { document: draft.document }),
      items: records.filter(({ state }) => state !== 'cancelled').length,
      digest: editionDigest(records),
      ...((await this.isSample(tx, registers.list, list)) && { sample: true }),
    });
    const { entries } = await this.lists.put(tx, [
      {
        register: 'edition',
        key,
        value,
        effectiveDate,
        reason: entryReason(draft, { reason: editionReason(draft, staying), effectiveDate, today, kind }),
        kind,
        document: draft.document,
        organ: registers.list === 'organ' ? list : undefined,
        edition: key,
      },
    ]);
    const [entry] = entries;
    if (entry === undefined) throw new Error('an edition is always new');
    await this.trail.insertEntries(tx, draft.id, [{ number: EDITION, key, entry }]);
    return { key, entry };
  }

  private async isSample(
    tx: EntityManager,
    register: 'organ' | 'negative-list',
    list: string,
  ): Promise<boolean> {
    const record = (await this.lists.history(tx, register, list)).at(-1);
    // Of one of these registers, so an object.
    return (record?.value as Record<string, Json> | undefined)?.['sample'] === true;
  }
}
