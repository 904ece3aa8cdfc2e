import { SearchIndexError } from '../codec/errors.ts';
import { MAX_LISTS, readShard, shardOf, type Shard } from '../codec/shards.ts';
import type { Postings } from '../codec/postings.ts';
import {
  COLUMNS_FILE,
  INDEX_FOLDER,
  MANIFEST_FILE,
  NAMES_PER_FILE,
  namesPath,
  parseColumns,
  parseManifest,
  READINGS_FILE,
  shardPath,
  type Columns,
  type IndexName,
  type Manifest,
} from '../codec/manifest.ts';
import { parseReadings, type Readings } from '../words/readings.ts';

/** Bytes of a file by its path below the root of the site. @throws SearchIndexError `unreachable` | `stale` (not there) */
export type LoadFile = (path: string, signal: AbortSignal) => Promise<Uint8Array>;

export interface DocumentName {
  /** empty where the content was redacted */
  readonly name: string;
  /** end of the address: number of the item, code of the negative-list item */
  readonly tail: string;
}

export type Lists = readonly (Postings | undefined)[];
const NOWHERE: Lists = Array.from({ length: MAX_LISTS }, () => undefined);

/** The files of one index, each loaded once and only when asked for. */
export class IndexFiles {
  readonly manifest: Manifest;
  readonly columns: Columns;
  readonly #shelf: Shelf;

  private constructor(shelf: Shelf, manifest: Manifest, columns: Columns) {
    this.#shelf = shelf;
    this.manifest = manifest;
    this.columns = columns;
  }

  /** @throws SearchIndexError */
  static async open(load: LoadFile, signal: AbortSignal): Promise<IndexFiles> {
    const shelf = new Shelf(load);
    const [text, columns] = await Promise.all([
      shelf.get(MANIFEST_FILE, (bytes) => new TextDecoder().decode(bytes), signal),
      shelf.get(COLUMNS_FILE, (bytes) => bytes, signal),
    ]);
    const manifest = parseManifest(text);
    return new IndexFiles(shelf, manifest, parseColumns(columns, manifest));
  }

  /** Posting lists of terms, in their order; empty ones for a term that is nowhere. @throws SearchIndexError */
  lists(part: IndexName, terms: readonly number[], signal: AbortSignal): Promise<Lists[]> {
    const bits = this.manifest.bits[part];
    return Promise.all(
      terms.map(async (term) => {
        const path = shardPath(part, shardOf(term, bits));
        const shard = await this.#shelf.get(path, (bytes) => this.#shard(bytes), signal);
        return shard.get(term) ?? NOWHERE;
      }),
    );
  }

  /** @throws SearchIndexError */
  names(documents: readonly number[], signal: AbortSignal): Promise<DocumentName[]> {
    return Promise.all(
      documents.map(async (document) => {
        const path = namesPath(Math.floor(document / NAMES_PER_FILE));
        const names = await this.#shelf.get(path, parseNames, signal);
        const found = names[document % NAMES_PER_FILE];
        if (found === undefined) throw new SearchIndexError('stale', 'no name for a document');
        return found;
      }),
    );
  }

  /** @throws SearchIndexError */
  readings(signal: AbortSignal): Promise<Readings> {
    return this.#shelf.get(READINGS_FILE, parseReadings, signal);
  }

  #shard(bytes: Uint8Array): Shard {
    return readShard(bytes, this.manifest.documents);
  }
}

interface Loading {
  readonly value: Promise<unknown>;
  readonly stop: AbortController;
  waiting: number;
}

/** What was loaded, and what is being loaded: that is stopped when nobody waits for it any more. */
class Shelf {
  readonly #load: LoadFile;
  readonly #files = new Map<string, Loading>();

  constructor(load: LoadFile) {
    this.#load = load;
  }

  async get<T>(path: string, parse: (bytes: Uint8Array) => T, signal: AbortSignal): Promise<T> {
    signal.throwIfAborted();
    const file = this.#files.get(path) ?? this.#start(path, parse);
    file.waiting += 1;
    const leave = (): void => {
      file.waiting -= 1;
      if (file.waiting > 0) return;
      file.stop.abort();
      if (this.#files.get(path) === file) this.#files.delete(path);
    };
    signal.addEventListener('abort', leave, { once: true });
    try {
      // A path is always read by the same parser.
      const value = (await file.value) as T;
      signal.throwIfAborted();
      // Whoever has it keeps it: from here on nobody's leaving takes it away.
      file.waiting = Number.POSITIVE_INFINITY;
      return value;
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }

  #start(path: string, parse: (bytes: Uint8Array) => unknown): Loading {
    const stop = new AbortController();
    const value = this.#load(`${INDEX_FOLDER}/${path}`, stop.signal).then(parse);
    const file = { value, stop, waiting: 0 };
    this.#files.set(path, file);
    // What failed may be tried again.
    value.catch(() => {
      if (this.#files.get(path) === file) this.#files.delete(path);
    });
    return file;
  }
}

function parseNames(bytes: Uint8Array): DocumentName[] {
  let rows: unknown;
  try {
    rows = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new SearchIndexError('malformed', 'names are not JSON', { cause });
  }
  if (!Array.isArray(rows)) throw new SearchIndexError('malformed', 'names are damaged');
  return rows.map((row: unknown): DocumentName => {
    const [name, tail] = Array.isArray(row) ? row.map(String) : [];
    if (name === undefined || tail === undefined || !/^\d{1,9}$/.test(tail)) {
      throw new SearchIndexError('malformed', 'names are damaged');
    }
    return { name, tail };
  });
}
