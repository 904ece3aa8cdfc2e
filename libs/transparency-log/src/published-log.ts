import { equalBytes } from '@mandate/encoding';
import { verifyCheckpoint, type Checkpoint, type LogIdentity } from './checkpoint.ts';
import { parseEntryBundle } from './entry-bundle.ts';
import { LogError } from './errors.ts';
import { emptyRoot, hashLeaf } from './merkle.ts';
import { checkIndex } from './tree-size.ts';
import { foldRange, rangeNodes } from './range.ts';
import { storedHashCoordinate, type HashReader, type NodeCoordinate } from './stored-hash.ts';
import {
  TILE_HEIGHT,
  TILE_WIDTH,
  edgeTiles,
  foldComplete,
  parseTile,
  tileOfNode,
  tileWidth,
} from './tile.ts';
import { entryBundlePath, tilePath } from './tile-path.ts';

/** Reads one published file of a log, `path` below its prefix (`checkpoint`, `tile/0/000`). Rejects when it cannot. */
export type FetchFile = (path: string) => Promise<Uint8Array>;

/** What a reader must know of a tree: how many leaves, under which root. */
export interface TreeHead {
  readonly size: number;
  readonly root: Uint8Array;
}

/**
 * A log read from its published files, which are trusted for nothing: every hash and every leaf handed out has been
 * checked against the root of the checkpoint. A file that is missing is `unavailable`, a false one `hash-mismatch`.
 */
export class PublishedLog {
  readonly head: TreeHead;
  readonly #fetch: FetchFile;
  /** Tiles that have been verified, by path. A failure is forgotten, so that a later call may try again. */
  readonly #tiles = new Map<string, Promise<Uint8Array[]>>();
  #edge: Promise<Map<string, Uint8Array[]>> | undefined;

  constructor(fetch: FetchFile, head: TreeHead) {
    this.#fetch = fetch;
    this.head = head;
  }

  /** Fetches the checkpoint and verifies its signature. */
  static async open(
    fetch: FetchFile,
    identity: LogIdentity,
  ): Promise<{ log: PublishedLog; checkpoint: Checkpoint }> {
    const checkpoint = verifyCheckpoint(await fetchFile(fetch, 'checkpoint'), identity);
    return { log: new PublishedLog(fetch, checkpoint), checkpoint };
  }

  /** Verified hashes, for `proveInclusion`, `proveConsistency` and `rootHash` up to the size of the checkpoint. */
  readonly readHashes: HashReader = (positions) =>
    Promise.all(positions.map((position) => this.#node(storedHashCoordinate(position))));

  /** The leaf at `index`, verified. */
  async readLeaf(index: number): Promise<Uint8Array> {
    checkIndex(index, this.head.size);
    const leaf = (await this.readBundle(Math.floor(index / TILE_WIDTH)))[index % TILE_WIDTH];
    if (leaf === undefined) throw new LogError('invalid-tile', 'the bundle lacks the leaf');
    return leaf;
  }

  /** The leaves `bundle` × 256 and up to 255 after it, verified. */
  async readBundle(bundle: number): Promise<Uint8Array[]> {
    const hashes = await this.#tile(0, bundle);
    const path = entryBundlePath(bundle, hashes.length);
    const { bytes, full } = await this.#fetchPartial(path, entryBundlePath(bundle));
    const parsed = inFile(path, () => parseEntryBundle(bytes, full ? TILE_WIDTH : hashes.length));
    const leaves = parsed.slice(0, hashes.length);
    leaves.forEach((leaf, i) => {
      const hash = hashes[i];
      if (hash === undefined || !equalBytes(hashLeaf(leaf), hash)) {
        throw new LogError(
          'hash-mismatch',
          `${path}: leaf ${bundle * TILE_WIDTH + i} is not the one in the tree`,
          { path },
        );
      }
    });
    return leaves;
  }

  async #node(node: NodeCoordinate): Promise<Uint8Array> {
    const { level, index, first, count } = tileOfNode(node);
    const hashes = (await this.#tile(level, index)).slice(first, first + count);
    if (hashes.length < count) throw new LogError('out-of-range', 'the tree has no such hash');
    return foldComplete(hashes);
  }

  #tile(level: number, index: number): Promise<Uint8Array[]> {
    const width = tileWidth(level, index, this.head.size);
    if (width === 0)
      throw new LogError('out-of-range', `a tree of ${this.head.size} leaves has no such tile`);
    const path = tilePath(level, index, width);
    let tile = this.#tiles.get(path);
    if (tile === undefined) {
      tile = width < TILE_WIDTH ? this.#edgeTile(path) : this.#fullTile(level, index);
      this.#tiles.set(path, tile);
      tile.catch(() => this.#tiles.delete(path));
    }
    return tile;
  }

  /** A full tile is verified by the tile above it, which holds its hash. */
  async #fullTile(level: number, index: number): Promise<Uint8Array[]> {
    const path = tilePath(level, index);
    const [bytes, hash] = await Promise.all([
      fetchFile(this.#fetch, path),
      this.#node({ level: (level + 1) * TILE_HEIGHT, index }),
    ]);
    const hashes = inFile(path, () => parseTile(bytes, TILE_WIDTH));
    if (!equalBytes(foldComplete(hashes), hash)) {
      throw new LogError('hash-mismatch', `${path} is not a tile of this tree`, { path });
    }
    return hashes;
  }

  async #edgeTile(path: string): Promise<Uint8Array[]> {
    this.#edge ??= this.#readEdge();
    const edge = this.#edge;
    edge.catch(() => (this.#edge = undefined));
    const tile = (await edge).get(path);
    if (tile === undefined) throw new LogError('out-of-range', `${path} is not on the edge of the tree`);
    return tile;
  }

  /**
   * The partial tiles hold the tree's peaks and nothing else, so together they are verified by the root alone; all
   * other tiles hang below them.
   */
  async #readEdge(): Promise<Map<string, Uint8Array[]>> {
    const { size, root } = this.head;
    const tiles = new Map<string, Uint8Array[]>();
    const peaks: Uint8Array[] = [];
    const read = await Promise.all(
      edgeTiles(size).map(async ({ level, index, width }) => {
        const path = tilePath(level, index, width);
        const { bytes, full } = await this.#fetchPartial(path, tilePath(level, index));
        const hashes = inFile(path, () => parseTile(bytes, full ? TILE_WIDTH : width));
        return { path, width, hashes: hashes.slice(0, width) };
      }),
    );
    for (const { path, width, hashes } of read) {
      tiles.set(path, hashes);
      for (const { level, index } of rangeNodes({ start: 0, end: width })) {
        peaks.push(foldComplete(hashes.slice(index * 2 ** level, (index + 1) * 2 ** level)));
      }
    }
    if (!equalBytes(foldRange(peaks) ?? emptyRoot(), root)) {
      throw new LogError(
        'hash-mismatch',
        'the tiles along the right edge do not lead to the root of the checkpoint',
      );
    }
    return tiles;
  }

  /** tlog-tiles, "Partial Tiles": a log may drop a partial tile once the full one is there. */
  async #fetchPartial(path: string, fullPath: string): Promise<{ bytes: Uint8Array; full: boolean }> {
    try {
      return { bytes: await fetchFile(this.#fetch, path), full: path === fullPath };
    } catch (cause) {
      if (path === fullPath) throw cause;
      const bytes = await fetchFile(this.#fetch, fullPath).catch(() => {
        throw cause;
      });
      return { bytes, full: true };
    }
  }
}

async function fetchFile(fetch: FetchFile, path: string): Promise<Uint8Array> {
  try {
    return await fetch(path);
  } catch (cause) {
    throw new LogError('unavailable', `${path} could not be read`, { cause, path });
  }
}

function inFile<T>(path: string, parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    if (!(cause instanceof LogError)) throw cause;
    throw new LogError(cause.code, `${path}: ${cause.message}`, { cause, path });
  }
}
