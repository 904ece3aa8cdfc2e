import { equalBytes } from '@mandate/encoding';
import { LogError } from './errors.ts';
import { HASH_BYTES, hashNode } from './merkle.ts';
import { checkSize, half, isOdd } from './tree-size.ts';

/**
 * Verifies that the tree of `size` leaves under `root` has `leafHash` at `index` (RFC 9162 §2.1.3.2, which decides
 * the same proofs as RFC 6962).
 * @throws LogError `out-of-range` | `invalid-hash` | `not-included`
 */
export function verifyInclusion(claim: {
  readonly index: number;
  readonly size: number;
  readonly leafHash: Uint8Array;
  readonly root: Uint8Array;
  readonly proof: readonly Uint8Array[];
}): void {
  const { index, size, proof, root } = claim;
  checkSize(size);
  checkSize(index);
  if (index >= size) throw new LogError('out-of-range', `a tree of ${size} leaves has no leaf ${index}`);
  // A leaf "hash" of another length could be a node's two halves, which hash to the same root.
  checkLengths([claim.leafHash, ...proof]);
  let fn = index;
  let sn = size - 1;
  let hash = claim.leafHash;
  for (const sibling of proof) {
    if (sn === 0) throw new LogError('not-included', 'the proof is longer than the tree is high');
    if (isOdd(fn) || fn === sn) {
      hash = hashNode(sibling, hash);
      while (!isOdd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else {
      hash = hashNode(hash, sibling);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  if (sn !== 0) throw new LogError('not-included', 'the proof is shorter than the tree is high');
  if (!equalBytes(hash, root)) throw new LogError('not-included', 'the proof leads to another root');
}

/**
 * Verifies that the tree under `newRoot` begins with all leaves of the tree under `oldRoot` (RFC 9162 §2.1.4.2).
 * An old tree without leaves is refused: it is part of every tree, so its "proof" says nothing.
 * @throws LogError `out-of-range` | `invalid-hash` | `inconsistent`
 */
export function verifyConsistency(claim: {
  readonly oldSize: number;
  readonly newSize: number;
  readonly oldRoot: Uint8Array;
  readonly newRoot: Uint8Array;
  readonly proof: readonly Uint8Array[];
}): void {
  const { oldSize, newSize, oldRoot, newRoot, proof } = claim;
  checkSize(oldSize);
  checkSize(newSize);
  if (oldSize === 0 || oldSize > newSize) {
    throw new LogError('out-of-range', `no consistency proof leads from ${oldSize} to ${newSize} leaves`);
  }
  checkLengths(proof);
  if (oldSize === newSize) {
    if (proof.length > 0) throw new LogError('inconsistent', 'equal sizes need no proof');
    if (!equalBytes(oldRoot, newRoot))
      throw new LogError('inconsistent', 'two trees of one size: the log forked');
    return;
  }
  if (proof.length === 0) throw new LogError('inconsistent', 'the proof is empty');
  let fn = oldSize - 1;
  let sn = newSize - 1;
  while (isOdd(fn)) [fn, sn] = [half(fn), half(sn)];
  // An old tree that is one complete subtree begins with its own root, which the proof leaves out.
  const [first, ...rest] = fn === 0 ? [oldRoot, ...proof] : proof;
  if (first === undefined) throw new LogError('inconsistent', 'the proof is empty');
  let [fr, sr] = [first, first];
  for (const sibling of rest) {
    if (sn === 0) throw new LogError('inconsistent', 'the proof is longer than the tree is high');
    if (isOdd(fn) || fn === sn) {
      fr = hashNode(sibling, fr);
      sr = hashNode(sibling, sr);
      while (!isOdd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else {
      sr = hashNode(sr, sibling);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  if (sn !== 0) throw new LogError('inconsistent', 'the proof is shorter than the tree is high');
  if (!equalBytes(fr, oldRoot)) throw new LogError('inconsistent', 'the proof leads to another old root');
  if (!equalBytes(sr, newRoot)) throw new LogError('inconsistent', 'the proof leads to another new root');
}

function checkLengths(hashes: readonly Uint8Array[]): void {
  if (hashes.some((hash) => hash.length !== HASH_BYTES)) {
    throw new LogError('invalid-hash', `a hash has ${HASH_BYTES} bytes`);
  }
}
