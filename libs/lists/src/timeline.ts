import type { ListEntry } from './list-entry.ts';

// Two questions (formats §2.13): what was in force on a day, and what the list said on a day. An entry's effective
// date answers the one, the time at which the registry took it in the other.

/** An entry with its place in the log. */
export interface PlacedEntry {
  readonly index: number;
  readonly entry: Pick<ListEntry, 'effectiveDate' | 'time'>;
}

/**
 * The entry of a key that is in force on a day: of those whose effective date has come, the one with the latest date; of
 * several with that date, the one listed last, which corrects the others. An entry that is scheduled is thus not undone
 * by an edit listed after it that takes effect before it.
 *
 * @param entries all entries of one key, in any order
 * @param day `YYYY-MM-DD`
 */
export function entryInForceOn<
  T extends { readonly index: number; readonly entry: Pick<ListEntry, 'effectiveDate'> },
>(entries: readonly T[], day: string): T | undefined {
  let found: T | undefined;
  for (const one of entries) {
    if (one.entry.effectiveDate > day) continue;
    const later =
      found === undefined ||
      one.entry.effectiveDate > found.entry.effectiveDate ||
      (one.entry.effectiveDate === found.entry.effectiveDate && one.index > found.index);
    if (later) found = one;
  }
  return found;
}

/** Those entries that the registry had taken in by an instant: what the list could say then. @param time ISO, UTC to the second */
export function entriesListedBy<T extends PlacedEntry>(entries: readonly T[], time: string): readonly T[] {
  return entries.filter(({ entry }) => entry.time <= time);
}

/** The newest entry that the registry had taken in by an instant: what the list said then, in force or scheduled. */
export function entryListedAt<T extends PlacedEntry>(entries: readonly T[], time: string): T | undefined {
  return entriesListedBy(entries, time).reduce<T | undefined>(
    (last, one) => (last === undefined || one.index > last.index ? one : last),
    undefined,
  );
}

/** The last second of a day of the registry's calendar (Asia/Shanghai): what `entryListedAt` is asked for a whole day. */
export function endOfDay(day: string): string {
  return `${day}T15:59:59Z`;
}
