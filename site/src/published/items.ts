import { canonicalBytes, encodeHex, sha256, concatBytes } from '@mandate/encoding';
import { ListEntrySchema, type AuthorityItem, type ListEntry } from '@mandate/lists';
import { z } from 'zod';
import { findItemBlob } from './blobs.ts';
import { versionShownOn } from './day.ts';
import { PublishedError } from './errors.ts';
import { digestOf, parsePublished, stateOn } from './files.ts';
import { defineInput, recordRead, remembered, withoutRecording } from './reads.ts';
import { getSettings } from './settings.ts';
import { findSummary } from './summaries.ts';

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

// Pages come organ by organ, so a few organs in memory are enough however large the registry grows.
const readItems = remembered((organ: string): ReadonlyMap<string, ItemHistory> => {
  const { day } = getSettings();
  const file = parsePublished(itemsPath(organ), ItemsSchema);
  return new Map(
    file.items.map(({ key, entries }) => {
      const number = key.slice(-5);
      const versions = entries.map(versionOf);
      const current = versionShownOn(versions, day);
      if (!current) throw new PublishedError('malformed-file', `no entry for ${key}`);
      return [number, { key, organ, number, versions, current }];
    }),
  );
}, 4);

/** All items of an organ with their whole history, by number. @throws PublishedError */
export function getItems(organ: string): ReadonlyMap<string, ItemHistory> {
  // Which blobs were redacted is written there.
  recordRead(`file:data/summaries/${organ}.json`);
  return readItems(organ);
}

/** @throws PublishedError `malformed-file` for an item that is not in the organ's file */
export function getItem(organ: string, number: string): ItemHistory {
  recordRead(`item:${organ}.${number}`);
  const item = withoutRecording(() => readItems(organ)).get(number);
  if (!item) throw new PublishedError('malformed-file', `no item ${organ}.${number}`);
  return item;
}

defineInput('item', (key) => {
  const at = key.lastIndexOf('.');
  const item = readItems(key.slice(0, at)).get(key.slice(at + 1));
  if (item === undefined) return { digest: 'none' };
  const redacted = new Set(
    findSummary(key)?.versions.flatMap(({ index, name }) => (name === undefined ? index : [])),
  );
  const entries = item.versions.map(({ index, entry }) => ({ index, entry, redacted: redacted.has(index) }));
  return stateOn(
    digestOf(JSON.stringify(entries)),
    entries.map(({ entry }) => entry.effectiveDate),
  );
});

function itemsPath(organ: string): string {
  return `data/items/${organ}.json`;
}

/** An organ has many versions and a page needs a few: each blob is read when it is asked for. */
function versionOf({ index, entry }: { index: number; entry: ListEntry }): ItemVersion {
  return {
    index,
    entry,
    get item() {
      return withoutRecording(() => readLately(entry.blob));
    },
  };
}

/** The pages of an item come side by side. */
const readLately = remembered(findItemBlob, 100);

/** Hash of the leaf (RFC 6962 §2.1), hex. */
export function leafHash(entry: ListEntry): string {
  return encodeHex(sha256(concatBytes(Uint8Array.of(0), canonicalBytes(entry))));
}
