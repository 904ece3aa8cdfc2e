import { candidateOf, DRAFT_REGISTERS, type Draft, type DraftChange, DraftError } from '@mandate/drafting';
import { blobName, canonicalBytes, type Json } from '@mandate/encoding';
import { type ChangeKind, entryInForceOn, type FieldChange, type ListEntry } from '@mandate/lists';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ListsService } from '../lists/lists.service.ts';
import { DraftsRepository, type OtherDraft } from './drafts.repository.ts';

export interface ComparedChange {
  readonly number: number;
  readonly key: string | undefined;
  readonly kind: ChangeKind;
  readonly name: string;
  /** what will be in force when the change takes effect; what is listed where nothing is */
  readonly listed: { readonly entry: ListEntry; readonly value: Json } | undefined;
  /** entries that take effect after the change and so take its place */
  readonly later: readonly { readonly effectiveDate: string; readonly reason: string }[];
  /** the list has changed since the change was written */
  readonly stale: boolean;
  /** what differs; of what is new, all that it says */
  readonly fields: readonly FieldChange[];
  /** what is doubtful in it, and the row of the file from which it was read */
  readonly doubts: DraftChange['doubts'];
  readonly place: DraftChange['place'];
  /** drafts under way that change the same */
  readonly others: readonly OtherDraft[];
}

/** What a draft would change, beside what the lists say now. */
@Injectable()
export class DraftComparisonService {
  constructor(
    private readonly repository: DraftsRepository,
    private readonly lists: ListsService,
  ) {}

  async compare(
    tx: EntityManager,
    draft: Draft,
    page: { after: number; limit: number; doubtful?: boolean | undefined },
  ): Promise<readonly ComparedChange[]> {
    const compared: ComparedChange[] = [];
    for (const change of await this.repository.changes(tx, draft.id, page))
      compared.push(await this.compareChange(tx, draft, change));
    return compared;
  }

  /** @throws DraftError `change-not-found` */
  async one(
    tx: EntityManager,
    draft: Draft,
    number: number,
  ): Promise<{ change: DraftChange; comparison: ComparedChange }> {
    const found = await this.repository.findChange(tx, draft.id, number);
    if (found === undefined || found.removed)
      throw new DraftError('change-not-found', `这份草稿没有第 ${number.toString()} 项。`);
    return { change: found.change, comparison: await this.compareChange(tx, draft, found.change) };
  }

  private async compareChange(tx: EntityManager, draft: Draft, change: DraftChange): Promise<ComparedChange> {
    const { number, register, key, kind, baseBlob, doubts, place } = change;
    const rules = DRAFT_REGISTERS[register];
    const { content } = candidateOf(number, change);
    const day = change.effectiveDate ?? draft.effectiveDate;
    const listed = key === undefined ? [] : await this.lists.history(tx, register, key);
    // What is published stands in the list by now: it is held against what stood there before it.
    const isPublished = draft.state === 'published';
    const own = blobName(canonicalBytes(change.value));
    const history = isPublished
      ? listed.slice(
          0,
          listed.findLastIndex(({ entry }) => entry.blob === own),
        )
      : listed;
    const newest = history.at(-1);
    const placed = history.map(({ entry, value }, index) => ({ index, entry, value }));
    const record = entryInForceOn(placed, day) ?? newest;
    return {
      number,
      key,
      kind,
      name: content.name,
      listed: record && { entry: record.entry, value: record.value },
      later: history.flatMap(({ entry: { effectiveDate, reason } }) =>
        effectiveDate > day ? [{ effectiveDate, reason }] : [],
      ),
      stale: !isPublished && newest?.entry.blob !== baseBlob,
      fields:
        (record === undefined ? rules?.tell(content.value) : rules?.compare(record.value, content.value)) ??
        [],
      doubts,
      place,
      others: key === undefined ? [] : await this.repository.otherDrafts(tx, draft.id, { register, key }),
    };
  }
}
