import {
  AuthorityItemSchema,
  NegativeListItemSchema,
  type AuthorityItem,
  type Edition,
  type ListedHistory,
  type ListedVersion,
  type NegativeListItem,
} from '@mandate/lists';
import {
  blobPath,
  EDITIONS_PATH,
  fetchSource,
  findItemEntries,
  itemsPath,
  negativeItemsPath,
  parseBlob,
  parseEditionsFile,
  parseItemKey,
  parseNegativeItemsFile,
  parseSummariesFile,
  PublishedFormatError,
  SourceError,
  summariesPath,
  type IndexedEntry,
} from '@mandate/published';
import type * as z from 'zod';

/** A published file that is not to be had, or not what it should be. */
export class ReadError extends Error {
  override readonly name = 'ReadError';
  readonly code: 'unavailable' | 'malformed' | 'newer-format' | 'wrong-blob';
  readonly path: string;

  constructor(code: ReadError['code'], path: string, options?: ErrorOptions) {
    super(`${code}: ${path}`, options);
    this.code = code;
    this.path = path;
  }

  /** Whether there is no such file: of a content, it was withdrawn. */
  get isAbsent(): boolean {
    return this.cause instanceof SourceError && this.cause.code === 'not-found';
  }
}

/** A version as comparisons show it: with why it came. */
export interface Version extends ListedVersion {
  readonly reason: string;
  readonly document?: string | undefined;
  /** key of the edition it came with */
  readonly edition?: string | undefined;
}

export interface PublishedEdition {
  readonly edition: Edition;
  /** leaf index of its entry: it holds what was listed before */
  readonly index: number;
}

/** Items of an organ with all their versions; no blob is read. */
export async function readSummaries(organ: string): Promise<ListedHistory<Version>[]> {
  const { items } = await readFile(summariesPath(organ), parseSummariesFile);
  return items;
}

/** Entries of one item, or undefined where the organ has none of that key. */
export async function findItem(key: string): Promise<ListedHistory<Version> | undefined> {
  const entries = await readFile(itemsPath(parseItemKey(key).list), (file) => findItemEntries(file, key));
  return entries && { key, versions: entries.map(versionOf) };
}

/** Items of a negative list; `contents` holds what the versions say that a comparison needs. */
export async function readNegativeItems(list: string): Promise<ListedHistory<Version>[]> {
  const { items } = await readFile(negativeItemsPath(list), parseNegativeItemsFile);
  return items.map(({ key, entries }) => ({ key, versions: entries.map(versionOf) }));
}

export async function readEditions(list: string): Promise<PublishedEdition[]> {
  const editions = await readFile(EDITIONS_PATH, parseEditionsFile);
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

function versionOf({ index, entry }: IndexedEntry): Version {
  const { time, effectiveDate, blob, reason, kind, document, related, edition } = entry;
  return { index, time, effectiveDate, blob, reason, kind, document, related, edition };
}

async function findContent<T>(blob: string, schema: z.ZodType<T, T>): Promise<T | undefined> {
  try {
    return await readFile(blobPath(blob), (bytes) => parseBlob(blob, bytes, schema));
  } catch (error) {
    if (error instanceof ReadError && error.isAbsent) return undefined;
    throw error;
  }
}

async function readFile<T>(path: string, parse: (bytes: Uint8Array) => T): Promise<T> {
  try {
    return parse(await fetchSource(location.origin).read(path));
  } catch (cause) {
    if (cause instanceof SourceError)
      throw new ReadError(cause.code === 'too-large' ? 'malformed' : 'unavailable', `/${path}`, { cause });
    if (!(cause instanceof PublishedFormatError)) throw cause;
    switch (cause.code) {
      case 'newer-format':
      case 'wrong-blob':
        throw new ReadError(cause.code, `/${path}`, { cause });
      case 'invalid':
      case 'invalid-key':
        throw new ReadError('malformed', `/${path}`, { cause });
    }
  }
}
