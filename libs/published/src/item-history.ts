import type { Json } from '@mandate/encoding';
import { ListEntrySchema, type ListEntry, type Register } from '@mandate/lists';
import { EntriesSchema, type IndexedEntry } from './entries.ts';
import { PublishedFormatError } from './errors.ts';
import { parseAs, parsePublishedJson, readAs } from './reading.ts';

// One key out of a file that holds thousands: the rest of the file is looked at no closer than to find it.

const UNREAD = { unread: ['kind'] } as const;

/** An entry of one key with its leaf index; why it came is left unread, so a change of a kind not known yet is one too. */
export interface HistoryEntry {
  readonly index: number;
  readonly entry: Omit<ListEntry, 'kind'> & { readonly kind?: unknown };
}

/**
 * Entries of one item out of `data/items/<organ key>.json`, oldest first.
 * @returns undefined where the file has no item of this key
 * @throws PublishedFormatError
 */
export function findItemHistory(bytes: Uint8Array, key: string): readonly HistoryEntry[] | undefined {
  return readHistory(findItem(bytes, key), 'authority-item', key, UNREAD);
}

/** The same for readers that say why each entry came. @throws PublishedFormatError */
export function findItemEntries(bytes: Uint8Array, key: string): readonly IndexedEntry[] | undefined {
  return readHistory(findItem(bytes, key), 'authority-item', key);
}

/** Entries of one certificate type out of `data/types.json`, as above. @throws PublishedFormatError */
export function findTypeHistory(bytes: Uint8Array, code: string): readonly HistoryEntry[] | undefined {
  const records = recordsOf(bytes, 'types', 'types');
  return readHistory(
    records.find((record) => record['code'] === code),
    'certificate-type',
    code,
    UNREAD,
  );
}

/** A leaf of the lists log, as the entries above are read. @throws PublishedFormatError */
export function parseHistoryEntry(leaf: Uint8Array): HistoryEntry['entry'] {
  return parseAs(ListEntrySchema, leaf, 'a leaf of the lists log', UNREAD);
}

type Properties = Readonly<Record<string, Json | undefined>>;

function recordsOf(bytes: Uint8Array, kind: string, member: string): readonly Properties[] {
  const file = parsePublishedJson(bytes, kind);
  if (!isObject(file)) throw invalid(kind);
  const { schema } = file;
  if (schema !== undefined && schema !== `${kind}/1`) {
    const newer = typeof schema === 'string' && /^[a-z-]+\/([2-9]|[1-9]\d{1,8})$/.test(schema);
    if (newer && schema.startsWith(`${kind}/`))
      throw new PublishedFormatError('newer-format', `${kind}: ${schema}`);
    throw invalid(kind);
  }
  const records = file[member];
  if (!Array.isArray(records)) throw invalid(kind);
  // Array.isArray gives any[]; its elements are JSON as the rest.
  return (records as readonly Json[]).filter(isObject);
}

function findItem(bytes: Uint8Array, key: string): Properties | undefined {
  return recordsOf(bytes, 'items', 'items').find((record) => record['key'] === key);
}

function readHistory(
  record: Properties | undefined,
  register: Register,
  key: string,
  options?: typeof UNREAD,
): readonly IndexedEntry[] | undefined {
  if (record === undefined) return undefined;
  const entries = readAs(EntriesSchema, record['entries'], `entries of ${key}`, options);
  if (!entries.every(({ entry }) => entry.register === register && entry.key === key))
    throw invalid(`entries of ${key}`);
  return entries;
}

function isObject(value: Json | undefined): value is Properties {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(what: string): PublishedFormatError {
  return new PublishedFormatError('invalid', `${what} is not what it should be`);
}
