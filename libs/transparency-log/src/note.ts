import { ed25519 } from '@noble/curves/ed25519.js';
import { concatBytes, encodeBase64, EncodingError, fromUtf8, utf8 } from '@mandate/encoding';
import { LogError } from './errors.ts';
import { findBase64, isKeyName, sameKey, type VerifierKey } from './vkey.ts';

/** A note of the registry has about 300 bytes; with 16 post-quantum signatures, which must be accepted, about 110,000. */
const MAX_NOTE_LENGTH = 1_000_000;
const MAX_SIGNATURES = 64;

export interface NoteSignature {
  readonly name: string;
  /** 4 bytes */
  readonly id: Uint8Array;
  readonly signature: Uint8Array;
}

/** https://c2sp.org/signed-note: text that ends in a newline, and who signed it. */
export interface SignedNote {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** Signs for a key that may live elsewhere (a token, another process). `sign` returns 64 bytes over the message. */
export interface NoteSigner {
  readonly key: VerifierKey;
  sign(message: Uint8Array): Promise<Uint8Array> | Uint8Array;
}

/** A signer over a 32-byte Ed25519 seed in memory. The caller sees to it that `key` is the seed's. */
export function signerFromSeed(key: VerifierKey, seed: Uint8Array): NoteSigner {
  return { key, sign: (message) => ed25519.sign(message, seed) };
}

/** Reads a note and trusts nothing in it. @throws LogError `invalid-note` */
export function parseNote(note: string | Uint8Array): SignedNote {
  if (note.length > MAX_NOTE_LENGTH) throw invalid('the note is too long');
  const whole = typeof note === 'string' ? note : decode(note);
  checkText(whole);
  // The last empty line parts text and signatures; the text itself may hold empty lines.
  const end = whole.lastIndexOf('\n\n');
  if (end < 0 || !whole.endsWith('\n')) throw invalid('no signatures');
  const lines = whole.slice(end + 2, -1).split('\n');
  if (lines.length > MAX_SIGNATURES) throw invalid('too many signatures');
  return { text: whole.slice(0, end + 1), signatures: lines.map(parseSignature) };
}

export function encodeNote({ text, signatures }: SignedNote): string {
  const lines = signatures.map(
    ({ name, id, signature }) => `— ${name} ${encodeBase64(concatBytes(id, signature))}\n`,
  );
  return `${text}\n${lines.join('')}`;
}

/** Text → note with one signature. @throws LogError `invalid-note` | `bad-signature` when the signer does not hold the key. */
export async function signNote(text: string, signer: NoteSigner): Promise<string> {
  checkText(text);
  if (!text.endsWith('\n')) throw invalid('the text does not end in a newline');
  const signature = await signer.sign(utf8(text));
  const { name, id } = signer.key;
  const note = encodeNote({ text, signatures: [{ name, id, signature }] });
  // Also finds a faulty token before its signature is stored for good.
  verifyNote(note, [signer.key]);
  return note;
}

/**
 * Verifies every signature by a known key; those of unknown keys are ignored (signed-note, "Signatures").
 * @returns the text, and the keys that signed it: one at least
 * @throws LogError `invalid-note` | `bad-signature` | `unknown-signer`
 */
export function verifyNote(
  note: string | Uint8Array,
  keys: readonly VerifierKey[],
): { text: string; signedBy: VerifierKey[] } {
  const { text, signatures } = parseNote(note);
  const message = utf8(text);
  const signedBy = new Set<VerifierKey>();
  for (const signature of signatures) {
    const key = keys.find((known) => sameKey(known, signature));
    if (key === undefined) continue;
    if (!isSignature(signature.signature, message, key.publicKey)) {
      throw new LogError('bad-signature', `the signature of ${key.name} does not verify`);
    }
    signedBy.add(key);
  }
  if (signedBy.size === 0) throw new LogError('unknown-signer', 'no signature by a known key');
  return { text, signedBy: [...signedBy] };
}

function parseSignature(line: string): NoteSignature {
  const [dash, name, base64, ...more] = line.split(' ');
  const bytes = base64 === undefined ? undefined : findBase64(base64);
  if (dash !== '—' || name === undefined || !isKeyName(name) || more.length > 0) {
    throw invalid('a signature line is malformed');
  }
  // Four bytes are the key's id, so a signature begins with the fifth.
  if (bytes === undefined || bytes.length < 5) throw invalid('a signature is not base64 of id and signature');
  return { name, id: bytes.slice(0, 4), signature: bytes.slice(4) };
}

function isSignature(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  try {
    // RFC 8032 as it stands: without the leniency of ZIP 215, a signature has one spelling.
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false;
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return fromUtf8(bytes);
  } catch (cause) {
    if (cause instanceof EncodingError) throw new LogError('invalid-note', 'not UTF-8', { cause });
    throw cause;
  }
}

function checkText(text: string): void {
  // eslint-disable-next-line no-control-regex -- signed-note, "Format": none below U+0020 but the newline
  if (!text.isWellFormed() || /[\u0000-\u0009\u000b-\u001f]/.test(text)) {
    throw invalid('control characters or malformed text');
  }
}

function invalid(message: string): LogError {
  return new LogError('invalid-note', message);
}
