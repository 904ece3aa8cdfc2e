import { sha256 as digest } from '@noble/hashes/sha2.js';

/**
 * SHA-256, 32 bytes. In plain JavaScript on purpose: `crypto.subtle` is asynchronous, which a Merkle tree cannot
 * afford, and absent from pages served without TLS.
 */
export function sha256(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(digest(bytes));
}
