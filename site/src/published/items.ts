import { canonicalBytes, encodeHex, sha256, concatBytes } from '@mandate/encoding';
import { ListEntrySchema, type AuthorityItem, type ListEntry } from '@mandate/lists';
import { z } from 'zod';
import { findItemBlob } from './blobs.ts';
import { versionShownOn } from './day.ts';
import { PublishedError } from './errors.ts';
import { parsePublished } from './files.ts';
import { getSettings } from './settings.ts';

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
  /** absent when redacted; its blob is read when it is asked for */
  readonly item: AuthorityItem | undefined;
}

export interface ItemHistory {
  readonly key: string;
  readonly organ: string;
  /** five digits */
  readonly number: string;
  /** in force on the day of the pages (`getSettings().day`); before its first day the first scheduled one */
  readonly current: ItemVersion;
  /** in the order of the log, oldest first; those whose day has not come are scheduled */
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
  const { day } = getSettings();
  const file = parsePublished(`data/items/${organ}.json`, ItemsSchema);
  return new Map(
    file.items.map(({ key, entries }) => {
      const number = key.slice(-5);
      const versions = entries.map(versionOf);
      const current = versionShownOn(versions, day);
      if (!current) throw new PublishedError('malformed-file', `no entry for ${key}`);
      return [number, { key, organ, number, versions, current }];
    }),
  );
}

/** An organ has many versions and a page needs a few: each blob is read at its first use. */
function versionOf({ index, entry }: { index: number; entry: ListEntry }): ItemVersion {
  let read: { item: AuthorityItem | undefined } | undefined;
  return {
    index,
    entry,
    get item() {
      read ??= { item: findItemBlob(entry.blob) };
      return read.item;
    },
  };
}

/** Hash of the leaf (RFC 6962 §2.1), hex. */
export function leafHash(entry: ListEntry): string {
  return encodeHex(sha256(concatBytes(Uint8Array.of(0), canonicalBytes(entry))));
}
