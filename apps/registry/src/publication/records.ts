import { parseJson } from '@mandate/encoding';
import { type ItemSummary, type ListEntry, ListEntrySchema } from '@mandate/lists';
import { type IndexedEntry, isKeyOf, type ItemLeaves, leafOf } from '@mandate/published';

// What the data files say follows from the entries alone, and is worked out here; how it is written says
// @mandate/published. The audit works it out anew, by nothing of this file.

/**
 * Raised with every change to what the record files hold: what was published in another form is written anew, all of it.
 */
export const RECORDS_FORMAT = '2';

const OwnEntrySchema = ListEntrySchema.refine(
  ({ register, key }) => isKeyOf(register, key),
  'not a key of its register',
);

/** A key of a register with its entries, and what the newest of them that still has content says. */
export interface RegisterRecord<T> {
  readonly key: string;
  readonly value: T;
  readonly entries: IndexedEntry[];
}

/** Items in force or suspended, and how many of each category. */
export interface ItemCounts {
  readonly items: number;
  readonly categories: Record<string, number>;
}

/**
 * Canonical JSON of a leaf of the lists log, as this registry writes it: nothing is passed over.
 * @throws ZodError | EncodingError
 */
export function parseListEntry(leaf: Uint8Array): ListEntry {
  return OwnEntrySchema.parse(parseJson(leaf));
}

/** Entries by key, each key's oldest first, keys in order of their text. */
export function byKey(entries: readonly IndexedEntry[]): readonly (readonly [string, IndexedEntry[]])[] {
  const keys = new Map<string, IndexedEntry[]>();
  for (const one of [...entries].sort((a, b) => a.index - b.index)) {
    const of = keys.get(one.entry.key);
    if (of === undefined) keys.set(one.entry.key, [one]);
    else of.push(one);
  }
  return [...keys].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The same, each entry as the log has it. */
export function leavesByKey(entries: readonly IndexedEntry[]): readonly ItemLeaves[] {
  return byKey(entries).map(([key, history]) => [
    key,
    history.map(({ index, entry }) => ({ index, leaf: leafOf(entry) })),
  ]);
}

/** Items whose content was redacted are in no count. */
export function countItems(items: readonly Pick<ItemSummary, 'category' | 'state'>[]): ItemCounts {
  const categories: Record<string, number> = {};
  let listed = 0;
  for (const { category, state } of items) {
    if (category === undefined || state === 'cancelled') continue;
    categories[category] = (categories[category] ?? 0) + 1;
    listed += 1;
  }
  return { items: listed, categories };
}
