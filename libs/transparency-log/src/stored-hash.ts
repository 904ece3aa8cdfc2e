import { LogError } from './errors.ts';
import { HASH_BYTES, hashNode } from './merkle.ts';
import { MAX_SIZE, checkIndex, checkSize, countOnes, half, isOdd } from './tree-size.ts';

/**
 * Reads stored hashes by their positions, answers in the order asked. May reject with anything; a wrong number or a
 * wrong length of hashes is refused by the callers here.
 */
export type HashReader = (positions: readonly number[]) => Promise<Uint8Array[]>;

/** The root of a complete subtree: `index` counts the subtrees of 2^level leaves from the left. */
export interface NodeCoordinate {
  readonly level: number;
  readonly index: number;
}

/** Number of hashes stored for a tree of `size` leaves: every leaf and every complete subtree. */
export function storedHashCount(size: number): number {
  checkSize(size);
  return 2 * size - countOnes(size);
}

/**
 * Position of a complete subtree's hash in append order: each leaf is followed at once by the subtrees it completes,
 * smallest first. The numbering of Go's golang.org/x/mod/sumdb/tlog, so hashes are only ever appended.
 */
export function storedHashPosition(level: number, index: number): number {
  const lastLeaf = (index + 1) * 2 ** level - 1;
  if (!Number.isSafeInteger(level) || level < 0) throw new LogError('out-of-range', `no level ${level}`);
  checkIndex(lastLeaf, MAX_SIZE);
  return storedHashCount(lastLeaf) + level;
}

/** The subtree whose hash is stored at `position`. */
export function storedHashCoordinate(position: number): NodeCoordinate {
  checkIndex(position, MAX_SIZE);
  // A leaf n stands at 2n - ones(n), so it lies at most one leaf for each bit right of position / 2.
  let leaf = half(position);
  while (storedHashCount(leaf + 1) <= position) leaf += 1;
  const level = position - storedHashCount(leaf);
  return { level, index: (leaf + 1) / 2 ** level - 1 };
}

/**
 * Hashes to append to storage for the leaf `index`: its own, then each subtree it completes. The first belongs at
 * `storedHashCount(index)`. For many leaves at once use RightEdge, which reads once.
 */
export async function hashesToStore(
  index: number,
  leafHash: Uint8Array,
  read: HashReader,
): Promise<Uint8Array[]> {
  checkIndex(index, MAX_SIZE);
  const siblings: number[] = [];
  for (let level = 0, n = index; isOdd(n); level += 1, n = half(n))
    siblings.push(storedHashPosition(level, n - 1));
  let hash = checkHash(leafHash);
  const hashes = [hash];
  for (const left of await readHashes(read, siblings)) {
    hash = hashNode(left, hash);
    hashes.push(hash);
  }
  return hashes;
}

/** Reads and checks. @throws LogError `invalid-hash` when the storage does not return just what was asked. */
export async function readHashes(read: HashReader, positions: readonly number[]): Promise<Uint8Array[]> {
  if (positions.length === 0) return [];
  const hashes = await read(positions);
  if (hashes.length !== positions.length)
    throw new LogError('invalid-hash', 'storage did not return every hash');
  return hashes.map(checkHash);
}

/** @throws LogError `invalid-hash` */
export function checkHash(hash: Uint8Array): Uint8Array {
  if (hash.length !== HASH_BYTES) throw new LogError('invalid-hash', `a hash has ${HASH_BYTES} bytes`);
  return hash;
}
