import { fromUtf8, utf8 } from '@mandate/encoding';
import type { Register } from '@mandate/lists';
import * as z from 'zod';
import { EntriesSchema, type IndexedLeaf } from './entries.ts';
import { findItemKey } from './keys.ts';
import { parseAs } from './reading.ts';

const Histories = z.array(z.strictObject({ key: z.string(), entries: EntriesSchema }));

/** `data/items/<organ key>.json` */
const ItemsFileSchema = z
  .strictObject({ schema: z.literal('items/1').optional(), organ: z.string(), items: Histories })
  .refine(({ organ, items }) => areOf('authority-item', organ, items), 'an item that is not the organ’s');

/** `data/negative/<list key>.json` */
const NegativeItemsFileSchema = z
  .strictObject({ schema: z.literal('negative-items/1').optional(), list: z.string(), items: Histories })
  .refine(({ list, items }) => areOf('negative-list-item', list, items), 'an item that is not the list’s');

/** All entries of the items of one list: items in order of their keys, each item's entries oldest first. */
export type ItemsFile = z.infer<typeof ItemsFileSchema>;
export type NegativeItemsFile = z.infer<typeof NegativeItemsFileSchema>;
/** An item with its entries. */
export type ItemRecord = ItemsFile['items'][number];

/** @throws PublishedFormatError */
export function parseItemsFile(bytes: Uint8Array): ItemsFile {
  return parseAs(ItemsFileSchema, bytes, 'the items of an organ');
}

/** @throws PublishedFormatError */
export function parseNegativeItemsFile(bytes: Uint8Array): NegativeItemsFile {
  return parseAs(NegativeItemsFileSchema, bytes, 'the items of a negative list');
}

/** An item with its entries as the log has them, oldest first. */
export type ItemLeaves = readonly [key: string, entries: readonly IndexedLeaf[]];

/**
 * Leaves are canonical already, so they are put together as they are: an organ of some ten thousand items is not
 * parsed and canonicalised again for each change of one.
 * @param items in order of their keys
 */
export function encodeItemsFile(organ: string, items: readonly ItemLeaves[]): Uint8Array<ArrayBuffer> {
  return utf8(`{"items":${histories(items)},"organ":${JSON.stringify(organ)}}`);
}

/** @param items in order of their keys */
export function encodeNegativeItemsFile(list: string, items: readonly ItemLeaves[]): Uint8Array<ArrayBuffer> {
  return utf8(`{"items":${histories(items)},"list":${JSON.stringify(list)}}`);
}

function histories(items: readonly ItemLeaves[]): string {
  const texts = items.map(([key, entries]) => {
    const listed = entries.map(({ index, leaf }) => `{"entry":${fromUtf8(leaf)},"index":${index}}`);
    return `{"entries":[${listed.join(',')}],"key":${JSON.stringify(key)}}`;
  });
  return `[${texts.join(',')}]`;
}

function areOf(register: Register, list: string, items: z.infer<typeof Histories>): boolean {
  return items.every(({ key, entries }) => {
    const item = findItemKey(key);
    return (
      item?.register === register &&
      item.list === list &&
      entries.every(({ entry }) => entry.key === key && entry.register === register)
    );
  });
}
