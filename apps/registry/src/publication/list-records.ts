import { canonicalBytes, type Json } from '@mandate/encoding';
import type { Edition, NegativeList, Region } from '@mandate/lists';
import { byKey, type IndexedEntry, toJson } from './records.ts';

/** A key of a register with its entries, and what the newest of them that still has content says. */
export interface RegisterRecord<T> {
  readonly key: string;
  readonly value: T;
  readonly entries: readonly IndexedEntry[];
}

export function negativePath(list: string): string {
  return `data/negative/${list}.json`;
}

/** @param regions in order of their keys, as those below */
export function encodeRegions(regions: readonly RegisterRecord<Region>[]): Uint8Array {
  return canonicalBytes({
    regions: regions.map(({ key, value, entries }) => ({ key, region: value, entries: entries.map(toJson) })),
  });
}

export function encodeEditions(editions: readonly RegisterRecord<Edition>[]): Uint8Array {
  return canonicalBytes({
    editions: editions.map(({ key, value, entries }) => ({
      key,
      edition: value,
      entries: entries.map(toJson),
    })),
  });
}

/** `items` counts those that are not cancelled. */
export function encodeNegativeLists(
  lists: readonly (RegisterRecord<NegativeList> & { readonly items: number })[],
): Uint8Array {
  return canonicalBytes({
    lists: lists.map(({ key, value, items, entries }) => ({
      key,
      list: value,
      items,
      entries: entries.map(toJson),
    })),
  });
}

/** @param entries all entries of the list's items */
export function encodeNegativeItems(list: string, entries: readonly IndexedEntry[]): Uint8Array {
  return canonicalBytes({
    list,
    items: byKey(entries).map(([key, history]): Json => ({ key, entries: history.map(toJson) })),
  });
}
