import { encodeBase64 } from '@mandate/encoding';
import { verifyCheckpoint, type Checkpoint, type LogIdentity } from './checkpoint.ts';
import { LogError } from './errors.ts';
import { HASH_BYTES, hashLeaf } from './merkle.ts';
import { checkIndex, MAX_SIZE, parseDecimal } from './tree-size.ts';
import { checkHash } from './stored-hash.ts';
import { verifyInclusion } from './verify.ts';
import { findBase64 } from './vkey.ts';

const HEADER = 'c2sp.org/tlog-proof@v1';
/** The same specification, later (formats §9.2). */
const NEWER_HEADER = /^c2sp\.org\/tlog-proof@v([2-9]|[1-9]\d{1,3})$/;
/** A proof has a hash for each level of the tree: at most 50. The checkpoint may carry signatures of many witnesses. */
const MAX_LENGTH = 1_100_000;

/** https://c2sp.org/tlog-proof: all that proves a leaf offline, but the leaf and the log's key. */
export interface TlogProof {
  readonly index: number;
  /** audit path, the leaf's sibling first, 32 bytes each */
  readonly hashes: readonly Uint8Array[];
  /** the signed note, verbatim */
  readonly checkpoint: string;
  /** opaque and not signed by anybody: never a reason to trust */
  readonly extra?: Uint8Array | undefined;
}

/** @throws LogError `out-of-range` | `invalid-hash` */
export function encodeTlogProof({ index, hashes, checkpoint, extra }: TlogProof): string {
  checkIndex(index, MAX_SIZE);
  const lines = [
    HEADER,
    ...(extra === undefined ? [] : [`extra ${encodeBase64(extra)}`]),
    `index ${index}`,
    ...hashes.map((hash) => encodeBase64(checkHash(hash))),
    '',
  ];
  return `${lines.join('\n')}\n${checkpoint}`;
}

/** @throws LogError `invalid-proof-file` | `newer-format`; the checkpoint inside is not looked at. */
export function parseTlogProof(text: string): TlogProof {
  if (text.length > MAX_LENGTH) throw invalid('too long');
  // tlog-proof, "Format": the first empty line parts the proof from the checkpoint.
  const end = text.indexOf('\n\n');
  if (NEWER_HEADER.test(text.slice(0, 40).split('\n')[0] ?? ''))
    throw new LogError('newer-format', 'a proof file of a later version');
  if (end < 0) throw invalid('no checkpoint');
  const [header, ...lines] = text.slice(0, end).split('\n');
  if (header !== HEADER) throw invalid(`does not begin with ${HEADER}`);
  const extra = lines[0]?.startsWith('extra ') ? getBase64(lines.shift()?.slice('extra '.length)) : undefined;
  const [index, ...hashes] = lines;
  if (!index?.startsWith('index ')) throw invalid('no index');
  return {
    index: parseDecimal(index.slice('index '.length), 'invalid-proof-file'),
    hashes: hashes.map((line) => {
      const hash = getBase64(line);
      if (hash.length !== HASH_BYTES) throw invalid('a line is not the base64 of a hash');
      return hash;
    }),
    checkpoint: text.slice(end + 2),
    ...(extra === undefined ? {} : { extra }),
  };
}

/**
 * Verifies that `leaf` stands in the log (tlog-proof, "Verifying a tlog proof").
 * @returns where it stands, and the verified checkpoint that says so
 * @throws LogError with the codes of `parseTlogProof`, `verifyCheckpoint` and `verifyInclusion`
 */
export function verifyTlogProof(
  leaf: Uint8Array,
  text: string,
  identity: LogIdentity,
): { index: number; checkpoint: Checkpoint } {
  const { index, hashes, checkpoint: note } = parseTlogProof(text);
  const checkpoint = verifyCheckpoint(note, identity);
  verifyInclusion({ ...checkpoint, index, leafHash: hashLeaf(leaf), proof: hashes });
  return { index, checkpoint };
}

function getBase64(text: string | undefined): Uint8Array {
  const bytes = text === undefined ? undefined : findBase64(text);
  if (bytes === undefined) throw invalid('a line is not base64');
  return bytes;
}

function invalid(message: string): LogError {
  return new LogError('invalid-proof-file', message);
}
