import { LogError } from './errors.ts';
import { emptyRoot } from './merkle.ts';
import { checkIndex, checkSize, splitPoint } from './tree-size.ts';
import { foldRange, rangePositions, type LeafRange } from './range.ts';
import { readHashes, type HashReader } from './stored-hash.ts';

/** Root of the first `size` leaves. */
export async function rootHash(size: number, read: HashReader): Promise<Uint8Array> {
  checkSize(size);
  if (size === 0) return emptyRoot();
  const [root] = await hashRanges([{ start: 0, end: size }], read);
  if (root === undefined) throw new LogError('invalid-hash', 'no root');
  return root;
}

/** Audit path of a leaf, its sibling first (RFC 6962 §2.1.1). */
export async function proveInclusion(index: number, size: number, read: HashReader): Promise<Uint8Array[]> {
  checkIndex(index, size);
  const path: LeafRange[] = [];
  let [start, end] = [0, size];
  while (end - start > 1) {
    const middle = start + splitPoint(end - start);
    if (index < middle) {
      path.push({ start: middle, end });
      end = middle;
    } else {
      path.push({ start, end: middle });
      start = middle;
    }
  }
  return hashRanges(path.reverse(), read);
}

/** Proof that the first `oldSize` leaves are the same in both trees (RFC 6962 §2.1.2). Empty for equal sizes. */
export async function proveConsistency(
  oldSize: number,
  newSize: number,
  read: HashReader,
): Promise<Uint8Array[]> {
  checkSize(newSize);
  checkSize(oldSize);
  // A tree without leaves is part of every tree: there is nothing to prove, and RFC 6962 has no such proof.
  if (oldSize === 0 || oldSize > newSize) {
    throw new LogError('out-of-range', `no consistency proof leads from ${oldSize} to ${newSize} leaves`);
  }
  const path: LeafRange[] = [];
  let [start, end] = [0, newSize];
  // SUBPROOF(m, D[n], b): go down to the subtree that ends where the old tree ended.
  while (end !== oldSize) {
    const middle = start + splitPoint(end - start);
    if (oldSize <= middle) {
      path.push({ start: middle, end });
      end = middle;
    } else {
      path.push({ start, end: middle });
      start = middle;
    }
  }
  // b = true: that subtree is the whole old tree, whose root the verifier has.
  if (start !== 0) path.push({ start, end });
  return hashRanges(path.reverse(), read);
}

/** The hashes of several ranges with a single read. */
async function hashRanges(ranges: readonly LeafRange[], read: HashReader): Promise<Uint8Array[]> {
  const positions = ranges.map(rangePositions);
  const hashes = await readHashes(read, positions.flat());
  let taken = 0;
  return positions.map(({ length }) => {
    const hash = foldRange(hashes.slice(taken, (taken += length)));
    if (hash === undefined) throw new LogError('out-of-range', 'an empty range has no hash');
    return hash;
  });
}
