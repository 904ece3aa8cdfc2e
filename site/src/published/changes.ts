import { kindOf, type ChangeKind, type ItemState } from '@mandate/lists';
import {
  NEGATIVE_LISTS_PATH,
  negativeItemsPath,
  negativeListAddress,
  organAddress,
} from '@mandate/published';
import { dayOf } from '../text/format.ts';
import { editionNumberOf } from '../text/recorded.ts';
import { negativeVersionAddress } from './editions.ts';
import { digestOf } from './files.ts';
import { getNegativeItems, getNegativeLists } from './negative.ts';
import { findOrgan, getOrgans } from './organs.ts';
import { defineInput, recordRead, remembered, withoutRecording } from './reads.ts';
import { getSummaries, itemAddress, REDACTED_NAME, summaryFiles } from './summaries.ts';

/** One entry about one item of a list. */
export interface Change {
  /** leaf index in the lists log */
  readonly index: number;
  readonly time: string;
  readonly effectiveDate: string;
  readonly kind: ChangeKind;
  /** of the item, at that entry */
  readonly name: string;
  /** where its history says what changed */
  readonly href: string;
  readonly list: ChangedList;
  readonly reason: string;
  readonly document: string | undefined;
  /** number of the edition it came with */
  readonly edition: string | undefined;
}

/** An organ's list or a negative list. */
export interface ChangedList {
  readonly key: string;
  readonly name: string;
  readonly href: string;
}

/** Entries of a list that take effect on one day for one reason; what was first recorded, by itself. */
export interface ChangeGroup {
  readonly isFirstRecording: boolean;
  /** number of the edition, of a first recording */
  readonly edition: string | undefined;
  /** from which they hold, `YYYY-MM-DD` */
  readonly day: string;
  /** Beijing day on which the registry took them in */
  readonly recorded: string;
  readonly reason: string;
  readonly document: string | undefined;
  readonly list: ChangedList;
  /** how many there are */
  readonly total: number;
  /** newest first, no more than a page names */
  readonly changes: readonly Change[];
}

/** More changes of a group than this are told by their number alone: an organ's first list has hundreds. */
export const MOST_NAMED = 200;

/** Changes of an organ's list, oldest first. */
export function changesOfOrgan(key: string): Change[] {
  const list = { key, name: findOrgan(key)?.organ.name ?? key, href: organAddress(key) };
  return getSummaries(key)
    .flatMap((item) =>
      item.versions.map(({ index, time, effectiveDate, kind, name, reason, document, edition }): Change => ({
        index,
        time,
        effectiveDate,
        kind,
        name: name ?? REDACTED_NAME,
        href: `${itemAddress(item)}#entry-${index}`,
        list,
        reason,
        document,
        edition: editionNumberOf(edition),
      })),
    )
    .sort(byIndex);
}

/** Changes of a negative list, oldest first. */
export function changesOfNegativeList(key: string): Change[] {
  const record = getNegativeLists().find((list) => list.key === key);
  const list = { key, name: record?.list.name ?? key, href: negativeListAddress(key) };
  return [...getNegativeItems(key).values()]
    .flatMap((history) => {
      let before: ItemState | 'none' = 'none';
      return history.versions.map(({ index, entry, item }): Change => {
        const kind = entry.kind ?? kindOf(before, item?.state ?? 'in-force');
        before = item?.state ?? 'in-force';
        const { time, effectiveDate, reason, document } = entry;
        const name = item?.name ?? REDACTED_NAME;
        const href = negativeVersionAddress(history, index);
        const edition = editionNumberOf(entry.edition);
        return { index, time, effectiveDate, kind, name, href, list, reason, document, edition };
      });
    })
    .sort(byIndex);
}

/** Changes of all lists, list by list. */
export function* eachChange(): Generator<Change> {
  for (const { key } of getOrgans()) yield* changesOfOrgan(key);
  for (const { key } of getNegativeLists()) yield* changesOfNegativeList(key);
}

/** The newest of some changes, newest first. */
export function newestOf<C extends Change>(changes: Iterable<C>, count: number): C[] {
  let newest: C[] = [];
  for (const change of changes) {
    newest.push(change);
    // Cut now and then: a registry has more changes than a page should ever hold.
    if (newest.length >= 20 * count) newest = newest.sort((a, b) => b.index - a.index).slice(0, count);
  }
  return newest.sort((a, b) => b.index - a.index).slice(0, count);
}

/** Side by side what came together, what was listed last first. Each is counted whole, however many there are. */
export function groupChanges(changes: Iterable<Change>): ChangeGroup[] {
  const groups = new Map<string, Grouped>();
  for (const change of changes) {
    const { list, reason, document, effectiveDate: day } = change;
    const recorded = dayOf(change.time);
    const isFirstRecording = change.kind === 'recorded';
    const edition = isFirstRecording ? change.edition : undefined;
    const id = [list.key, day, recorded, reason, document ?? '', isFirstRecording, edition ?? ''].join('\n');
    const group = groups.get(id) ?? {
      ...{ isFirstRecording, edition, day, recorded, reason, document, list },
      total: 0,
      changes: [],
    };
    groups.set(id, group);
    group.total += 1;
    group.changes.push(change);
    if (group.changes.length >= 4 * MOST_NAMED) keepNewest(group);
  }
  for (const group of groups.values()) keepNewest(group);
  return [...groups.values()].sort((a, b) => (b.changes[0]?.index ?? 0) - (a.changes[0]?.index ?? 0));
}

type Grouped = Omit<ChangeGroup, 'total' | 'changes'> & { total: number; changes: Change[] };

function keepNewest(group: Grouped): void {
  group.changes = group.changes.sort((a, b) => b.index - a.index).slice(0, MOST_NAMED);
}

/**
 * What a feed tells one by one: each change, but what was first recorded of a list in one go as a single piece of news
 * (by its first entry), for a list that is recorded is one event and no power of it is new.
 */
export function* eachNews(changes: Iterable<Change>): Generator<Change & { readonly together?: number }> {
  const recordings = new Map<string, Change & { together: number }>();
  for (const change of changes) {
    if (change.kind !== 'recorded') {
      yield change;
      continue;
    }
    const id = [change.list.key, dayOf(change.time), change.edition ?? ''].join('\n');
    const known = recordings.get(id);
    if (known === undefined) recordings.set(id, { ...change, together: 1 });
    else
      recordings.set(id, { ...(change.index < known.index ? change : known), together: known.together + 1 });
  }
  yield* recordings.values();
}

/**
 * The month from which a change holds, `2025-07`: that is what a citizen asks for. When the registry took it in stands
 * beside it; a list with a history that is entered on one day would else have one month. What was first recorded changed
 * nothing in the month of its list: it is told in that of its recording.
 */
export function monthOf({
  kind,
  time,
  effectiveDate,
}: Pick<Change, 'kind' | 'time' | 'effectiveDate'>): string {
  return (kind === 'recorded' ? dayOf(time) : effectiveDate).slice(0, 7);
}

export interface MonthCount {
  readonly month: string;
  readonly kinds: Readonly<Partial<Record<ChangeKind, number>>>;
  /** changes, so without what was first recorded */
  readonly total: number;
  readonly recorded: number;
}

/** All changes of a month, by month; what was read is read once for all months. */
const byMonth = remembered((): ReadonlyMap<string, readonly Change[]> =>
  Map.groupBy(eachChange(), (change) => monthOf(change)),
);

/** Changes that take effect in a month, in the order of the lists. */
export function changesOfMonth(month: string): readonly Change[] {
  recordRead(`month:${month}`);
  return withoutRecording(byMonth).get(month) ?? [];
}

// What happened in a month that is over rarely changes: a name, or a content that is withdrawn.
defineInput(
  'month',
  (month) => ({ digest: digestOf(JSON.stringify(byMonth().get(month) ?? [])) }),
  () => [
    ...summaryFiles(),
    ...getNegativeLists().map(({ key }) => `file:${negativeItemsPath(key)}`),
    `file:${NEGATIVE_LISTS_PATH}`,
  ],
);

/** Months in which anything changed, newest first; their numbers are another question. */
export function getMonthNames(): readonly string[] {
  return [...byMonth().keys()].sort().reverse();
}

/** Months in which anything changed, newest first. */
export const getMonths = remembered((): readonly MonthCount[] =>
  getMonthNames().map((month) => countMonth(month, byMonth().get(month) ?? [])),
);

export function countMonth(month: string, changes: readonly Change[]): MonthCount {
  const kinds: Partial<Record<ChangeKind, number>> = {};
  for (const { kind } of changes) kinds[kind] = (kinds[kind] ?? 0) + 1;
  const { recorded = 0 } = kinds;
  return { month, kinds, total: changes.length - recorded, recorded };
}

function byIndex(a: Change, b: Change): number {
  return a.index - b.index;
}
