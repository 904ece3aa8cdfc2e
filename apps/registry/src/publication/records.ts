import { canonicalBytes, encodeBase64, type Json, parseJson } from '@mandate/encoding';
import { type ItemSummary, type ListEntry, ListEntrySchema, type Organ } from '@mandate/lists';
import { z } from 'zod';

// What the data files say follows from the entries alone. Publication writes by these functions, and the audit writes the
// same bytes again from the published log and compares.

/**
 * Raised with every change to what the record files hold: what was published in another form is written anew, all of it.
 */
export const RECORDS_FORMAT = '2';

/** An entry with its leaf index in the lists log. */
export interface IndexedEntry {
  readonly index: number;
  readonly entry: ListEntry;
}

/** Items in force or suspended, and how many of each category. */
export interface ItemCounts {
  readonly items: number;
  readonly categories: Readonly<Record<string, number>>;
}

export interface OrganRecord extends ItemCounts {
  readonly key: string;
  readonly organ: Organ;
  readonly entries: readonly IndexedEntry[];
}

/** Canonical JSON of a leaf of the lists log. @throws ZodError | EncodingError */
export function parseListEntry(leaf: Uint8Array): ListEntry {
  return ListEntrySchema.parse(parseJson(leaf));
}

/** `<organ key>.<5 digits>` → the organ's key; `<list key>.<6 digits>` → the negative list's */
export function ownerOfItem(key: string): string {
  return key.slice(0, Math.max(0, key.lastIndexOf('.')));
}

/** `sha256:<hex>` → path of the blob */
export function blobPath(name: string): string {
  const hex = name.slice('sha256:'.length);
  return `data/blobs/${hex.slice(0, 2)}/${hex}.json`;
}

export function itemsPath(organ: string): string {
  return `data/items/${organ}.json`;
}

/** Entries by key, each key's oldest first, keys in order of their text. */
export function byKey(
  entries: readonly IndexedEntry[],
): readonly (readonly [string, readonly IndexedEntry[]])[] {
  const keys = new Map<string, IndexedEntry[]>();
  for (const one of [...entries].sort((a, b) => a.index - b.index)) {
    const of = keys.get(one.entry.key);
    if (of === undefined) keys.set(one.entry.key, [one]);
    else of.push(one);
  }
  return [...keys].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** @param entries all entries of the organ's items */
export function encodeItems(organ: string, entries: readonly IndexedEntry[]): Uint8Array {
  return canonicalBytes({
    organ,
    items: byKey(entries).map(([key, history]) => ({ key, entries: history.map(toJson) })),
  });
}

/** In the order in which organs came onto the list. */
export function encodeOrgans(organs: readonly OrganRecord[]): Uint8Array {
  const first = ({ entries }: OrganRecord): number => entries[0]?.index ?? 0;
  return canonicalBytes({
    organs: [...organs]
      .sort((a, b) => first(a) - first(b))
      .map(({ key, organ, entries, items, categories }) => ({
        key,
        organ,
        entries: entries.map(toJson),
        items,
        categories,
      })),
  });
}

/** @param types in any order; `type` as the newest blob of the type says */
export function encodeTypes(
  types: readonly { code: string; entries: readonly IndexedEntry[]; type: Json }[],
): Uint8Array {
  return canonicalBytes({
    types: [...types]
      .sort((a, b) => (a.code < b.code ? -1 : 1))
      .map(({ code, entries, type }) => ({ code, entries: entries.map(toJson), type })),
  });
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

/** A published log as `data/registry.json` names it. */
export interface RegistryLog {
  readonly origin: string;
  readonly vkey: string;
  readonly size: number;
  readonly root: Uint8Array;
  readonly checkpoint: string;
}

export interface RegistryFile {
  readonly name: string;
  readonly publicUrl: string;
  readonly rootKey: string;
  readonly rootFingerprint: string;
  readonly logs: { readonly lists: RegistryLog; readonly certificates: RegistryLog };
  readonly asOf: string;
  readonly sample: boolean;
}

export function encodeRegistry({ logs, ...rest }: RegistryFile): Uint8Array {
  const log = ({ origin, vkey, size, root, checkpoint }: RegistryLog): Json => ({
    origin,
    vkey,
    size,
    root: encodeBase64(root),
    checkpoint,
  });
  return canonicalBytes({
    schema: 'registry/1',
    ...rest,
    logs: { lists: log(logs.lists), certificates: log(logs.certificates) },
  });
}

const PublishedLogSchema = z.strictObject({
  origin: z.string(),
  vkey: z.string(),
  size: z.number().int().min(0),
  root: z.string(),
  checkpoint: z.string(),
});

/** `data/registry.json` as it is read back. */
export const RegistryFileSchema = z.strictObject({
  schema: z.literal('registry/1'),
  name: z.string(),
  publicUrl: z.string(),
  rootKey: z.string(),
  rootFingerprint: z.string(),
  logs: z.strictObject({ lists: PublishedLogSchema, certificates: PublishedLogSchema }),
  asOf: z.string(),
  sample: z.boolean(),
});

export function toJson({ index, entry }: IndexedEntry): Json {
  return { index, entry };
}
