import { concatBytes } from '@mandate/encoding';
import { LogError } from './errors.ts';
import { HASH_BYTES, hashNode } from './merkle.ts';
import { MAX_SIZE, checkIndex, checkSize } from './tree-size.ts';
import { readHashes, storedHashPosition, type HashReader, type NodeCoordinate } from './stored-hash.ts';

/** Hashes in a full tile, entries in a full bundle (tlog-tiles, "Merkle Tree"). */
export const TILE_WIDTH = 256;
/** Levels of the tree that one tile covers: 2^8 = 256. */
export const TILE_HEIGHT = 8;

/** `width` hashes of the tree at height 8 × `level`, from hash `index` × 256 on. */
export interface Tile {
  readonly level: number;
  readonly index: number;
  readonly width: number;
}

/** Width of tile `index` at `level` in a tree of `size` leaves; 0 where the tree has no such tile. */
export function tileWidth(level: number, index: number, size: number): number {
  checkSize(size);
  const hashes = Math.floor(size / TILE_WIDTH ** level);
  return Math.max(0, Math.min(TILE_WIDTH, hashes - index * TILE_WIDTH));
}

/**
 * The tiles a tree of `newSize` leaves has and one of `oldSize` leaves had not: full ones never come twice, so they
 * are never rewritten. Bottom level first. The level-0 tiles are also the list of entry bundles to write.
 */
export function tilesFor(oldSize: number, newSize: number): Tile[] {
  checkSize(oldSize);
  checkSize(newSize);
  const tiles: Tile[] = [];
  for (let level = 0; TILE_WIDTH ** level <= newSize; level += 1) {
    const from = Math.floor(Math.floor(oldSize / TILE_WIDTH ** level) / TILE_WIDTH);
    for (let index = from; ; index += 1) {
      const width = tileWidth(level, index, newSize);
      if (width === 0) break;
      if (width !== tileWidth(level, index, oldSize)) tiles.push({ level, index, width });
    }
  }
  return tiles;
}

/** The partial tiles along the right edge of a tree, top level first: together they hold every peak. */
export function edgeTiles(size: number): Tile[] {
  const tiles: Tile[] = [];
  for (let level = 0; TILE_WIDTH ** level <= size; level += 1) {
    const index = Math.floor(Math.floor(size / TILE_WIDTH ** level) / TILE_WIDTH);
    const width = tileWidth(level, index, size);
    if (width > 0) tiles.unshift({ level, index, width });
  }
  return tiles;
}

/** Bytes of a tile from stored hashes. */
export async function encodeTile({ level, index, width }: Tile, read: HashReader): Promise<Uint8Array> {
  checkIndex(width - 1, TILE_WIDTH);
  const first = index * TILE_WIDTH;
  const positions = Array.from({ length: width }, (_, i) =>
    storedHashPosition(level * TILE_HEIGHT, first + i),
  );
  return concatBytes(...(await readHashes(read, positions)));
}

/** Bytes → the hashes of a tile of that width. @throws LogError `invalid-tile` */
export function parseTile(bytes: Uint8Array, width: number): Uint8Array[] {
  if (bytes.length !== width * HASH_BYTES) {
    throw new LogError('invalid-tile', `a tile of ${width} hashes has ${width * HASH_BYTES} bytes`);
  }
  return Array.from({ length: width }, (_, i) => bytes.slice(i * HASH_BYTES, (i + 1) * HASH_BYTES));
}

/** Where a node's hash can be computed from: a tile and the run of its hashes below the node. */
export function tileOfNode({ level, index }: NodeCoordinate): {
  level: number;
  index: number;
  first: number;
  count: number;
} {
  const count = 2 ** (level % TILE_HEIGHT);
  const start = index * count;
  return {
    level: Math.floor(level / TILE_HEIGHT),
    index: Math.floor(start / TILE_WIDTH),
    first: start % TILE_WIDTH,
    count,
  };
}

/** Hash over a run of hashes whose number is a power of two. */
export function foldComplete(hashes: readonly Uint8Array[]): Uint8Array {
  const [left, ...others] = hashes;
  if (left === undefined) throw new LogError('out-of-range', 'nothing to hash');
  if (others.length === 0) return left;
  const middle = hashes.length / 2;
  return hashNode(foldComplete(hashes.slice(0, middle)), foldComplete(hashes.slice(middle)));
}

/** Largest tile level: nothing above can exist. */
export const MAX_TILE_LEVEL = Math.floor(Math.log2(MAX_SIZE) / TILE_HEIGHT);
