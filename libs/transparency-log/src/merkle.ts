import { concatBytes, sha256 } from '@mandate/encoding';

/** Bytes of every hash of the tree (SHA-256). */
export const HASH_BYTES = 32;

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** Hash of a leaf. The prefix keeps a leaf from passing for a node (RFC 6962 §2.1). */
export function hashLeaf(leaf: Uint8Array): Uint8Array<ArrayBuffer> {
  return sha256(concatBytes(LEAF, leaf));
}

/** Hash of an inner node (RFC 6962 §2.1). */
export function hashNode(left: Uint8Array, right: Uint8Array): Uint8Array<ArrayBuffer> {
  return sha256(concatBytes(NODE, left, right));
}

/** Root of the tree without leaves: the hash of nothing (RFC 6962 §2.1). A new array each time: nobody can change it. */
export function emptyRoot(): Uint8Array<ArrayBuffer> {
  return sha256(new Uint8Array());
}
