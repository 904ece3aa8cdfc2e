import { encodeBase64 } from '@mandate/encoding';
import { LogError } from './errors.ts';
import { HASH_BYTES } from './merkle.ts';
import { verifyNote } from './note.ts';
import { checkSize, parseDecimal } from './tree-size.ts';
import { findBase64, parseVerifierKey } from './vkey.ts';

/** https://c2sp.org/tlog-checkpoint: a log's promise of one tree for one size. */
export interface Checkpoint {
  /** which log, e.g. `registry.example/lists` */
  readonly origin: string;
  readonly size: number;
  /** 32 bytes */
  readonly root: Uint8Array;
}

/** What a verifier knows of a log beforehand. */
export interface LogIdentity {
  readonly origin: string;
  /** signed-note verifier key of the log, see `parseVerifierKey` */
  readonly vkey: string;
}

/** Checkpoint → text of the note to sign. @throws LogError `invalid-checkpoint` | `out-of-range` */
export function encodeCheckpoint({ origin, size, root }: Checkpoint): string {
  checkSize(size);
  const text = `${origin}\n${size}\n${encodeBase64(root)}\n`;
  parseCheckpoint(text);
  return text;
}

/**
 * Text of a note → checkpoint. Extension lines are allowed by the format and passed over.
 * @throws LogError `invalid-checkpoint`
 */
export function parseCheckpoint(text: string): Checkpoint {
  const lines = text.split('\n');
  if (lines.pop() !== '' || lines.includes('')) throw invalid('lines are empty or unfinished');
  const [origin, size, root] = lines;
  if (origin === undefined || size === undefined || root === undefined)
    throw invalid('fewer than three lines');
  const hash = findBase64(root);
  if (hash?.length !== HASH_BYTES) throw invalid('the root is not the base64 of a hash');
  return { origin, size: parseDecimal(size, 'invalid-checkpoint'), root: hash };
}

/**
 * Signed note → checkpoint of that log. A checkpoint of another log, signed by the same key, is refused.
 * @throws LogError `invalid-note` | `invalid-key` | `unknown-signer` | `bad-signature` | `invalid-checkpoint` | `wrong-origin`
 */
export function verifyCheckpoint(note: string | Uint8Array, { origin, vkey }: LogIdentity): Checkpoint {
  const checkpoint = parseCheckpoint(verifyNote(note, [parseVerifierKey(vkey)]).text);
  if (checkpoint.origin !== origin) {
    throw new LogError('wrong-origin', `a checkpoint of ${checkpoint.origin}, not of ${origin}`);
  }
  return checkpoint;
}

function invalid(message: string): LogError {
  return new LogError('invalid-checkpoint', message);
}
