import { Injectable } from '@nestjs/common';
import { parseJson } from '@mandate/encoding';
import {
  AuthorityItemSchema,
  compareItems,
  compareLists,
  compareNegativeItems,
  type FieldChange,
  type ListDifference,
  type ListedHistory,
  type ListedVersion,
  type ListEntry,
  ListEntrySchema,
  type ListMoment,
  type MovedResponsibility,
  NegativeListItemSchema,
} from '@mandate/lists';
import { DataSource } from 'typeorm';
import { LogService } from '../log/log.service.ts';
import { ListReaderService, type PageQuery } from './list-reader.service.ts';
import { ListsError } from './lists.errors.ts';
import { type ChangeWindow, ListVersionsRepository } from './list-versions.repository.ts';

type ComparedRegister = 'authority-item' | 'negative-list-item';

export interface ComparedDays {
  /** `YYYY-MM-DD` */
  readonly from: string;
  readonly to: string;
  /** what was in force on the days, or what the list said at their ends */
  readonly by: 'in-force' | 'listed';
}

/** An entry that led from the one day to the other. */
interface Step extends ListedVersion {
  readonly reason: string;
  readonly document?: string | undefined;
}

/** An item that is not the same on both days. */
export interface ItemDifference {
  readonly key: string;
  /** `recorded`: first recorded between the two days, and so no new power */
  readonly change: 'added' | 'recorded' | 'removed' | 'changed';
  readonly name: string | undefined;
  readonly formerName: string | undefined;
  /** index of the entry that counted on the day; absent where there was none, or it had been cancelled */
  readonly before: number | undefined;
  readonly after: number | undefined;
  readonly steps: readonly Step[];
  /** redline of what changed, in reading order */
  readonly fields: readonly FieldChange[];
}

export interface ListsDifference {
  readonly differences: readonly ItemDifference[];
  readonly moved: readonly MovedResponsibility[];
  /** cursor of the page that follows; a page may be short, or empty, and still have one after it */
  readonly next: string | undefined;
}

/** What differs between two days: of an item, of an organ, of a whole list. Of published entries only. */
@Injectable()
export class ComparisonService {
  constructor(
    private readonly source: DataSource,
    private readonly logs: LogService,
    private readonly reader: ListReaderService,
    private readonly versions: ListVersionsRepository,
  ) {}

  /** @throws ListsError `item-not-found` | `invalid-period` */
  async compareItem(register: ComparedRegister, key: string, days: ComparedDays): Promise<ListsDifference> {
    verifyPeriod(days);
    await this.reader.one(register, key, {});
    return { ...(await this.compareKeys(register, [key], days)), next: undefined };
  }

  /**
   * @param owner organ or negative list; undefined for all items
   * @throws ListsError `organ-not-found` | `negative-list-not-found` | `invalid-period`
   */
  async compareAll(
    register: ComparedRegister,
    owner: string | undefined,
    query: ComparedDays & PageQuery,
  ): Promise<ListsDifference> {
    verifyPeriod(query);
    if (owner !== undefined)
      await this.reader.one(register === 'authority-item' ? 'organ' : 'negative-list', owner, {});
    const after = this.reader.verifyCursor(register, query.cursor);
    const found = await this.versions.changedKeys(register, windowOf(query), owner, {
      after,
      limit: query.limit + 1,
    });
    const keys = found.slice(0, query.limit);
    const compared = await this.compareKeys(register, keys, query);
    return { ...compared, next: found.length > query.limit ? keys.at(-1) : undefined };
  }

  private async compareKeys(
    register: ComparedRegister,
    keys: readonly string[],
    { from, to, by }: ComparedDays,
  ): Promise<Omit<ListsDifference, 'next'>> {
    const rows = await this.versions.histories(register, keys);
    const histories = [...Map.groupBy(rows, ({ key }) => key)].map(
      ([key, versions]): ListedHistory<Step> => ({ key, versions: versions.map(toStep) }),
    );
    const moment = (day: string): ListMoment => ({ kind: by, day });
    const { added, recorded, removed, changed, moved } = compareLists(histories, moment(from), moment(to));
    const contents = await this.contentsOf(changed);
    const differences = [
      ...added.map((one) => toDifference(one, 'added', [])),
      ...recorded.map((one) => toDifference(one, 'recorded', [])),
      ...removed.map((one) => toDifference(one, 'removed', [])),
      ...changed.map((one) => toDifference(one, 'changed', compareContents(register, contents, one))),
    ];
    return { differences: differences.sort((a, b) => (a.key < b.key ? -1 : 1)), moved };
  }

  private async contentsOf(differences: readonly ListDifference[]): Promise<ReadonlyMap<string, Uint8Array>> {
    const names = new Set(
      differences.flatMap(({ before, after }) => [before?.blob ?? [], after?.blob ?? []].flat()),
    );
    const blobs = await this.logs.blobs(this.source.manager, [...names]);
    return new Map(blobs.map(({ hash, bytes }) => [hash, bytes]));
  }
}

function compareContents(
  register: ComparedRegister,
  contents: ReadonlyMap<string, Uint8Array>,
  { before, after }: ListDifference,
): readonly FieldChange[] {
  const [was, is] = [contents.get(before?.blob ?? ''), contents.get(after?.blob ?? '')];
  if (was === undefined || is === undefined) return []; // redacted
  return register === 'authority-item'
    ? compareItems(AuthorityItemSchema.parse(parseJson(was)), AuthorityItemSchema.parse(parseJson(is)))
    : compareNegativeItems(
        NegativeListItemSchema.parse(parseJson(was)),
        NegativeListItemSchema.parse(parseJson(is)),
      );
}

function toDifference(
  { key, before, after, isRenamed, steps }: ListDifference<Step>,
  change: ItemDifference['change'],
  fields: readonly FieldChange[],
): ItemDifference {
  return {
    key,
    change,
    name: (change === 'removed' ? before : after)?.name,
    formerName: isRenamed ? before?.name : undefined,
    before: change === 'added' || change === 'recorded' ? undefined : before?.index,
    after: change === 'removed' ? undefined : after?.index,
    steps,
    fields,
  };
}

function toStep({
  index,
  leaf,
  name,
  state,
}: {
  index: number;
  leaf: Uint8Array;
  name: string | null;
  state: string | null;
}): Step {
  const { time, effectiveDate, blob, kind, related, reason, document }: ListEntry = ListEntrySchema.parse(
    parseJson(leaf),
  );
  return {
    index,
    time,
    effectiveDate,
    blob,
    kind,
    related,
    reason,
    document,
    name: name ?? undefined,
    state: state === 'in-force' || state === 'suspended' || state === 'cancelled' ? state : undefined,
  };
}

function verifyPeriod({ from, to }: ComparedDays): void {
  if (from > to) throw new ListsError('invalid-period', 'from 不能晚于 to：请先写较早的一天。');
}

/** Only keys with an entry between the two days can differ. */
function windowOf({ from, to, by }: ComparedDays): ChangeWindow {
  if (by === 'in-force') return { by: 'effective_date', after: from, until: to };
  const end = (day: string): Date => new Date(`${day}T23:59:59.999+08:00`);
  return { by: 'listed_at', after: end(from), until: end(to) };
}
