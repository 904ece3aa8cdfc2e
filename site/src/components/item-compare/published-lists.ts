import { encodeHex, parseJson, sha256 } from '@mandate/encoding';
import {
  AuthorityItemSchema,
  EditionSchema,
  ItemSummarySchema,
  ListEntrySchema,
  NegativeListItemSchema,
  type AuthorityItem,
  type Edition,
  type ListedHistory,
  type ListedVersion,
  type NegativeListItem,
} from '@mandate/lists';
import * as z from 'zod';

/** A published file that is not to be had, or not what it should be. */
export class ReadError extends Error {
  override readonly name = 'ReadError';
  readonly code: 'unavailable' | 'malformed' | 'wrong-blob';
  readonly path: string;

  constructor(code: ReadError['code'], path: string) {
    super(`${code}: ${path}`);
    this.code = code;
    this.path = path;
  }
}

/** A version as comparisons show it: with why it came. */
export interface Version extends ListedVersion {
  readonly reason: string;
  readonly document?: string | undefined;
}

export interface PublishedEdition {
  readonly edition: Edition;
  /** leaf index of its entry: it holds what was listed before */
  readonly index: number;
}

const Placed = z.object({ index: z.number().int(), entry: ListEntrySchema });
const ItemsSchema = z.object({
  items: z.array(z.object({ key: z.string(), entries: z.array(Placed).min(1) })),
});
const SummariesSchema = z.object({ items: z.array(ItemSummarySchema) });
const EditionsSchema = z.object({
  editions: z.array(z.object({ key: z.string(), edition: EditionSchema, entries: z.array(Placed).min(1) })),
});
const MAX_BYTES = 200_000_000;

/** Items of an organ with all their versions; no blob is read. */
export async function readSummaries(organ: string): Promise<ListedHistory<Version>[]> {
  const { items } = await readFile(`/data/summaries/${organ}.json`, SummariesSchema);
  return items;
}

/** Entries of one item, or undefined where the organ has none of that key. */
export async function findItem(key: string): Promise<ListedHistory<Version> | undefined> {
  const organ = key.slice(0, key.lastIndexOf('.'));
  const { items } = await readFile(`/data/items/${organ}.json`, ItemsSchema);
  const found = items.find((item) => item.key === key);
  return found && { key, versions: found.entries.map(versionOf) };
}

/** Items of a negative list; `contents` holds what the versions say that a comparison needs. */
export async function readNegativeItems(list: string): Promise<ListedHistory<Version>[]> {
  const { items } = await readFile(`/data/negative/${list}.json`, ItemsSchema);
  return items.map(({ key, entries }) => ({ key, versions: entries.map(versionOf) }));
}

export async function readEditions(list: string): Promise<PublishedEdition[]> {
  const { editions } = await readFile('/data/editions.json', EditionsSchema);
  return editions
    .filter(({ edition }) => edition.list === list)
    .flatMap(({ edition, entries }) => {
      const index = entries.at(-1)?.index;
      return index === undefined ? [] : [{ edition, index }];
    })
    .sort((a, b) => a.index - b.index);
}

/** Content of an item, checked against its name; undefined where it was withdrawn. @throws ReadError */
export function findItemContent(blob: string): Promise<AuthorityItem | undefined> {
  return findContent(blob, AuthorityItemSchema);
}

export function findNegativeContent(blob: string): Promise<NegativeListItem | undefined> {
  return findContent(blob, NegativeListItemSchema);
}

/** Name and state of versions that do not carry them, read from their blobs, a few at a time. */
export async function withContents(
  versions: readonly Version[],
): Promise<Map<string, NegativeListItem | undefined>> {
  const blobs = [...new Set(versions.map(({ blob }) => blob))];
  const contents = new Map<string, NegativeListItem | undefined>();
  const work = blobs.values();
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (const blob of work) contents.set(blob, await findNegativeContent(blob));
    }),
  );
  return contents;
}

function versionOf({ index, entry }: z.infer<typeof Placed>): Version {
  const { time, effectiveDate, blob, reason, kind, document, related } = entry;
  return { index, time, effectiveDate, blob, reason, kind, document, related };
}

async function findContent<T extends z.ZodType>(blob: string, schema: T): Promise<z.infer<T> | undefined> {
  const hex = blob.slice('sha256:'.length);
  const path = `/data/blobs/${hex.slice(0, 2)}/${hex}.json`;
  const bytes = await readBytes(path, { absent: true });
  if (!bytes) return undefined;
  // Better nothing than a comparison with what no entry says.
  if (encodeHex(sha256(bytes)) !== hex) throw new ReadError('wrong-blob', path);
  return parse(path, bytes, schema);
}

async function readFile<T extends z.ZodType>(path: string, schema: T): Promise<z.infer<T>> {
  const bytes = await readBytes(path);
  if (!bytes) throw new ReadError('unavailable', path);
  return parse(path, bytes, schema);
}

async function readBytes(path: string, { absent = false } = {}): Promise<Uint8Array | undefined> {
  let response: Response;
  try {
    // Data files change their content under one name; blobs never do.
    response = await fetch(path, { cache: path.startsWith('/data/blobs/') ? 'default' : 'no-cache' });
  } catch {
    throw new ReadError('unavailable', path);
  }
  if (absent && [404, 410].includes(response.status)) return undefined;
  if (!response.ok) throw new ReadError('unavailable', path);
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes.length > MAX_BYTES) throw new ReadError('malformed', path);
  return bytes;
}

function parse<T extends z.ZodType>(path: string, bytes: Uint8Array, schema: T): z.infer<T> {
  let value: unknown;
  try {
    value = parseJson(bytes);
  } catch {
    throw new ReadError('malformed', path);
  }
  const result = schema.safeParse(value);
  if (!result.success) throw new ReadError('malformed', path);
  return result.data;
}
