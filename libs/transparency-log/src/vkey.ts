import {
  concatBytes,
  encodeBase64,
  encodeHex,
  equalBytes,
  sha256,
  utf8,
  EncodingError,
} from '@mandate/encoding';
import { parseBase64 } from '@mandate/encoding';
import { LogError } from './errors.ts';

/** Signature type Ed25519 (signed-note, "Signature types"). */
const ED25519 = 0x01;

/** A key that verifies notes. Name and id together say which signature is its. */
export interface VerifierKey {
  /** e.g. `registry.example/lists`; without white space and plus */
  readonly name: string;
  /** 4 bytes */
  readonly id: Uint8Array;
  /** 32 bytes (RFC 8032) */
  readonly publicKey: Uint8Array;
}

/** @throws LogError `invalid-key` for a name or a public key that no note may carry. */
export function verifierKey(name: string, publicKey: Uint8Array): VerifierKey {
  if (!isKeyName(name))
    throw new LogError('invalid-key', 'a key name is not empty and has no blank and no plus');
  if (publicKey.length !== 32) throw new LogError('invalid-key', 'an Ed25519 public key has 32 bytes');
  // signed-note, "Ed25519 signatures": SHA-256(name || 0x0A || 0x01 || public key)[:4]
  const id = sha256(concatBytes(utf8(`${name}\n`), Uint8Array.of(ED25519), publicKey)).slice(0, 4);
  return { name, id, publicKey };
}

/** signed-note, "Verifier keys": `<name>+<id, hex>+<type and public key, base64>`. */
export function encodeVerifierKey({ name, id, publicKey }: VerifierKey): string {
  return `${name}+${encodeHex(id)}+${encodeBase64(concatBytes(Uint8Array.of(ED25519), publicKey))}`;
}

/** @throws LogError `invalid-key`, also for a key of another signature type or an id that is not the key's. */
export function parseVerifierKey(text: string): VerifierKey {
  const match = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]{1,100})$/.exec(text);
  const [, name, id, material] = match ?? [];
  if (name === undefined || material === undefined)
    throw new LogError('invalid-key', 'expected name+id+base64');
  const bytes = findBase64(material);
  if (bytes?.[0] !== ED25519) throw new LogError('invalid-key', 'not an Ed25519 key');
  const key = verifierKey(name, bytes.subarray(1));
  if (encodeHex(key.id) !== id) throw new LogError('invalid-key', 'the id is not that of the key');
  return key;
}

export function sameKey(a: VerifierKey, b: Pick<VerifierKey, 'name' | 'id'>): boolean {
  return a.name === b.name && equalBytes(a.id, b.id);
}

/** signed-note, "Format": not empty, no Unicode space, no plus. Control characters could break a line open. */
export function isKeyName(name: string): boolean {
  return name.isWellFormed() && /^[^+\p{White_Space}\p{Cc}]+$/u.test(name);
}

/** Standard base64 in its one spelling, else `undefined`. */
export function findBase64(text: string): Uint8Array | undefined {
  try {
    return parseBase64(text);
  } catch (cause) {
    if (cause instanceof EncodingError) return undefined;
    throw cause;
  }
}
