import { CATEGORY_CODES } from '@mandate/codes';
import { ByteReader } from './bytes.ts';
import { readColumn } from './columns.ts';
import { SearchIndexError } from './errors.ts';

/** Where the index lies below the site's root; all other paths are below it. */
export const INDEX_FOLDER = 'search/index';
export const MANIFEST_FILE = 'manifest.json';
export const COLUMNS_FILE = 'columns.bin';
export const READINGS_FILE = 'readings.bin';
/** Documents whose names stand in one file. */
export const NAMES_PER_FILE = 4;

/** The four indexes: names and what is near them, how names are said, whole names and codes, all other text. */
export const INDEXES = ['names', 'readings', 'exact', 'text'] as const;
export type IndexName = (typeof INDEXES)[number];

export function shardPath(index: IndexName, shard: number): string {
  return `${index}/${shard.toString(16)}.bin`;
}

export function namesPath(file: number): string {
  return `documents/${file}.json`;
}

/** What a reader has to know before anything else; `search/index/manifest.json`. */
export interface Manifest {
  readonly version: 1;
  /** of everything that is indexed */
  readonly digest: string;
  /** documents are numbered from 0 */
  readonly documents: number;
  /** each part has 2^bits files */
  readonly bits: Readonly<Record<IndexName, number>>;
  /** organs, then negative lists */
  readonly sources: readonly Source[];
  readonly regions: readonly RegionName[];
  /** digits of levels that occur together */
  readonly levels: readonly string[];
  /** letters of sections that occur together */
  readonly sections: readonly string[];
}
/** `kind` organ or negative list; `region` empty where it is not known */
export type Source = readonly [key: string, name: string, region: string, kind: 'o' | 'n'];
export type RegionName = readonly [code: string, name: string, parent: string];

/** Values of the column `category`: 0 for none, else the place in the order of print and one. */
export function categoryNumber(code: string): number {
  return CATEGORY_CODES.findIndex((one) => one === code) + 1;
}

/** Values of the column `state`. */
export const STATES = ['in-force', 'suspended', 'cancelled', 'redacted'] as const;
export type ShownState = (typeof STATES)[number];
export const CANCELLED = 2;

/** 1 国家级 … 6 村级: the codes of levels, as lists say them. */
export const LEVEL_DIGITS = ['1', '2', '3', '4', '5', '6'] as const;

/** Bits of the column `list`. */
export const LIST_BITS = { authority: 1, duty: 2, negative: 4 } as const;
export type ListName = keyof typeof LIST_BITS;

export const COLUMNS = ['source', 'category', 'state', 'level', 'section', 'list'] as const;
/** A number for every document and column. */
export type Columns = Readonly<Record<(typeof COLUMNS)[number], Uint16Array>>;

/** @throws SearchIndexError `malformed` */
export function parseManifest(text: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new SearchIndexError('malformed', 'the manifest is not JSON', { cause });
  }
  // Looked at member by member below; what is read of it later is text and numbers only.
  const manifest = value as Partial<Manifest> | null;
  const { version, documents, bits, sources, regions, levels, sections } = manifest ?? {};
  if (version !== 1) throw new SearchIndexError('stale', 'another version of the index');
  if (
    !Number.isSafeInteger(documents) ||
    (documents ?? -1) < 0 ||
    typeof bits !== 'object' ||
    !INDEXES.every((part) => isBits(bits[part])) ||
    !isRows(sources, 4) ||
    !isRows(regions, 3) ||
    !isTexts(levels) ||
    !isTexts(sections)
  ) {
    throw new SearchIndexError('malformed', 'the manifest is damaged');
  }
  // Just looked at.
  return manifest as Manifest;
}

/** @throws SearchIndexError `malformed` */
export function parseColumns(bytes: Uint8Array, manifest: Manifest): Columns {
  const from = new ByteReader(bytes);
  const { documents, sources, levels, sections } = manifest;
  const read = (limit: number): Uint16Array => readColumn(from, documents, limit);
  const columns = {
    source: read(sources.length),
    category: read(CATEGORY_CODES.length + 1),
    state: read(STATES.length),
    level: read(levels.length),
    section: read(sections.length),
    list: read(8),
  };
  if (!from.done) throw new SearchIndexError('malformed', 'bytes too many');
  return columns;
}

function isBits(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 20;
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

function isRows(value: unknown, width: number): boolean {
  return Array.isArray(value) && value.every((row) => isTexts(row) && row.length === width);
}
