import { encodeHex } from '@mandate/encoding';
import type { AuthorityItem, ListEntry } from '@mandate/lists';
import { itemsPath, leafOf, parseItemKey, parseItemsFile, summariesPath } from '@mandate/published';
import { hashLeaf } from '@mandate/transparency-log';
import { findItemBlob } from './blobs.ts';
import { versionShownOn } from './day.ts';
import { PublishedError } from './errors.ts';
import { digestOf, parsePublished, stateOn } from './files.ts';
import { defineInput, recordRead, remembered, withoutRecording } from './reads.ts';
import { getSettings } from './settings.ts';
import { findSummary } from './summaries.ts';

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
  const file = parsePublished(itemsPath(organ), parseItemsFile);
  return new Map(
    file.items.map(({ key, entries }) => {
      const { number } = parseItemKey(key);
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
  recordRead(`file:${summariesPath(organ)}`);
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
  const { list, number } = parseItemKey(key);
  const item = readItems(list).get(number);
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
  return encodeHex(hashLeaf(leafOf(entry)));
}
