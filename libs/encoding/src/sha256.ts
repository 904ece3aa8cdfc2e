import { sha256 as digest } from '@noble/hashes/sha2.js';

type Digest = (bytes: Uint8Array) => Uint8Array;

let chosen: Digest = digest;

/** Where the place has an own SHA-256 that answers at once; a list of thousands of items is hashed some ten times faster. */
export function useNativeSha256(native: Digest | undefined): void {
  chosen = native ?? digest;
}

/**
 * SHA-256, 32 bytes. In plain JavaScript unless `useNativeSha256` gave another: `crypto.subtle` is asynchronous, which a
 * Merkle tree cannot afford, and absent from pages served without TLS.
 */
export function sha256(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(chosen(bytes));
}
