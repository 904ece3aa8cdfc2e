import { kindOf, type ChangeKind, type ItemState } from '@mandate/lists';
import {
  NEGATIVE_LISTS_PATH,
  negativeItemsPath,
  negativeListAddress,
  organAddress,
} from '@mandate/published';
import { dayOf } from '../text/format.ts';
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
}

/** An organ's list or a negative list. */
export interface ChangedList {
  readonly key: string;
  readonly name: string;
  readonly href: string;
}

/** An organ's first list has hundreds: no page names more of a group than this, and no figure is counted from what it names. */
export const MAX_GROUP_CHANGES = 200;

/** Entries of a list that take effect on one day for one reason. */
export interface ChangeGroup {
  /** from which they hold, `YYYY-MM-DD` */
  readonly day: string;
  /** Beijing day on which the registry took them in */
  readonly recorded: string;
  readonly reason: string;
  readonly document: string | undefined;
  readonly list: ChangedList;
  /** how many there are */
  readonly total: number;
  /** the newest of them, newest first, at most `MAX_GROUP_CHANGES` */
  readonly changes: readonly Change[];
}

/** Changes of an organ's list, oldest first. */
export function changesOfOrgan(key: string): Change[] {
  const list = { key, name: findOrgan(key)?.organ.name ?? key, href: organAddress(key) };
  return getSummaries(key)
    .flatMap((item) =>
      item.versions.map(({ index, time, effectiveDate, kind, name, reason, document }): Change => ({
        index,
        time,
        effectiveDate,
        kind,
        name: name ?? REDACTED_NAME,
        href: `${itemAddress(item)}#entry-${index}`,
        list,
        reason,
        document,
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
        return { index, time, effectiveDate, kind, name, href, list, reason, document };
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
export function newestOf(changes: Iterable<Change>, count: number): Change[] {
  let newest: Change[] = [];
  for (const change of changes) {
    newest.push(change);
    // Cut now and then: a registry has more changes than a page should ever hold.
    if (newest.length >= 20 * count) newest = newest.sort((a, b) => b.index - a.index).slice(0, count);
  }
  return newest.sort((a, b) => b.index - a.index).slice(0, count);
}

/** Side by side what came together, what was listed last first. Of all changes that it is given, however many. */
export function groupChanges(changes: Iterable<Change>): ChangeGroup[] {
  const groups = new Map<string, ChangeGroup & { total: number; changes: Change[] }>();
  for (const change of changes) {
    const { list, reason, document, effectiveDate: day } = change;
    const recorded = dayOf(change.time);
    const id = [list.key, day, recorded, reason, document ?? ''].join('\n');
    const group = groups.get(id) ?? { day, recorded, reason, document, list, total: 0, changes: [] };
    groups.set(id, group);
    group.total += 1;
    group.changes.push(change);
    if (group.changes.length >= 4 * MAX_GROUP_CHANGES) keepNewest(group.changes);
  }
  for (const group of groups.values()) keepNewest(group.changes);
  return [...groups.values()].sort((a, b) => (b.changes[0]?.index ?? 0) - (a.changes[0]?.index ?? 0));
}

function keepNewest(changes: Change[]): void {
  changes.sort((a, b) => b.index - a.index);
  changes.length = Math.min(changes.length, MAX_GROUP_CHANGES);
}

/**
 * The month from which a change holds, `2025-07`: that is what a citizen asks for. When the registry took it in stands
 * beside it; a list with a history that is entered on one day would else have one month.
 */
export function monthOf({ effectiveDate }: Pick<Change, 'effectiveDate'>): string {
  return effectiveDate.slice(0, 7);
}

export interface MonthCount {
  readonly month: string;
  readonly kinds: Readonly<Partial<Record<ChangeKind, number>>>;
  readonly total: number;
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
  return { month, kinds, total: changes.length };
}

function byIndex(a: Change, b: Change): number {
  return a.index - b.index;
}
