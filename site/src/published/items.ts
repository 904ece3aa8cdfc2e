import { canonicalBytes, encodeHex, sha256, concatBytes } from '@mandate/encoding';
import { ListEntrySchema, type AuthorityItem, type ListEntry } from '@mandate/lists';
import { z } from 'zod';
import { findItemBlob } from './blobs.ts';
import { PublishedError } from './errors.ts';
import { parsePublished } from './files.ts';

const ItemsSchema = z.object({
  organ: z.string(),
  items: z.array(
    z.object({
      key: z.string().regex(/^[0-9A-Za-z-]+\.\d{5}$/),
      entries: z.array(z.object({ index: z.number().int(), entry: ListEntrySchema })).min(1),
    }),
  ),
});

/** One entry of an item and what it says. */
export interface ItemVersion {
  /** leaf index in the lists log */
  readonly index: number;
  readonly entry: ListEntry;
  /** absent when redacted */
  readonly item: AuthorityItem | undefined;
}

export interface ItemHistory {
  readonly key: string;
  readonly organ: string;
  /** five digits */
  readonly number: string;
  readonly current: ItemVersion;
  /** oldest first, the current one last */
  readonly versions: readonly ItemVersion[];
}

// Pages come organ by organ, so one organ in memory is enough however large the registry grows.
let loaded: { organ: string; items: ReadonlyMap<string, ItemHistory> } | undefined;

/** All items of an organ with their whole history, by number. @throws PublishedError */
export function getItems(organ: string): ReadonlyMap<string, ItemHistory> {
  if (loaded?.organ !== organ) loaded = { organ, items: readItems(organ) };
  return loaded.items;
}

/** @throws PublishedError `malformed-file` for an item that is not in the organ's file */
export function getItem(organ: string, number: string): ItemHistory {
  const item = getItems(organ).get(number);
  if (!item) throw new PublishedError('malformed-file', `no item ${organ}.${number}`);
  return item;
}

function readItems(organ: string): ReadonlyMap<string, ItemHistory> {
  const file = parsePublished(`data/items/${organ}.json`, ItemsSchema);
  return new Map(
    file.items.map(({ key, entries }) => {
      const number = key.slice(-5);
      const versions = entries.map(({ index, entry }) => ({ index, entry, item: findItemBlob(entry.blob) }));
      const current = versions.at(-1);
      if (!current) throw new PublishedError('malformed-file', `no entry for ${key}`);
      return [number, { key, organ, number, versions, current }];
    }),
  );
}

/** Hash of the leaf (RFC 6962 §2.1), hex. */
export function leafHash(entry: ListEntry): string {
  return encodeHex(sha256(concatBytes(Uint8Array.of(0), canonicalBytes(entry))));
}
