import { type CertificateEvent, isInstant } from '@mandate/certificate';
import { canonicalBytes, EncodingError, equalBytes, fromUtf8, utf8 } from '@mandate/encoding';
import { leafOf, parseCertificateEvent, PublishedFormatError } from '@mandate/published';
import { encodeTlogProof, LogError, parseTlogProof, type TlogProof } from '@mandate/transparency-log';

/** Stapled bytes that are no proof of an issue event. */
export class StapleError extends Error {
  override readonly name = 'StapleError';
  /** `newer-format`: a proof file or an event of a later version (formats §9.5) */
  readonly code: 'invalid-staple' | 'newer-format';

  constructor(code: StapleError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export interface StapledProof {
  /** the leaf of the certificates log: canonical bytes of the event */
  readonly leaf: Uint8Array;
  /** the tlog-proof, for verifyTlogProof */
  readonly proof: string;
}

export interface Staple extends StapledProof {
  readonly event: CertificateEvent;
}

/**
 * What is stapled to a signed PDF (formats §5.5): a C2SP tlog-proof whose `extra` line carries the leaf, “additional data necessary to
 * reconstruct the record hash”. So the file stays a tlog-proof to every other reader, and the verifier learns the time
 * of the event without asking anybody. `extra` is signed by nobody: the proof itself shows whether it is the leaf.
 */
export function encodeStaple(event: CertificateEvent, proof: TlogProof): Uint8Array<ArrayBuffer> {
  return utf8(encodeTlogProof({ ...proof, extra: canonicalBytes(event) }));
}

/** Reads only; whether the leaf is in the log, verifyTlogProof says. @throws StapleError */
export function parseStaple(bytes: Uint8Array): Staple {
  const staple = parseStapledProof(bytes);
  return { ...staple, event: parseStapledEvent(staple.leaf) };
}

/** Leaf and proof alone, for whoever asks the log before he reads what the leaf says. @throws StapleError */
export function parseStapledProof(bytes: Uint8Array): StapledProof {
  try {
    const proof = fromUtf8(bytes);
    const leaf = parseTlogProof(proof).extra;
    if (leaf === undefined) throw new StapleError('invalid-staple', 'the proof carries no leaf');
    return { leaf, proof };
  } catch (cause) {
    if (!(cause instanceof EncodingError || cause instanceof LogError)) throw cause;
    const isNewer = cause instanceof LogError && cause.code === 'newer-format';
    throw new StapleError(isNewer ? 'newer-format' : 'invalid-staple', 'no tlog-proof', { cause });
  }
}

/** Members of the event that are not known are passed over (formats §9.3). @throws StapleError */
export function parseStapledEvent(leaf: Uint8Array): CertificateEvent {
  try {
    const event = parseCertificateEvent(leaf);
    if (!isInstant(event.time)) throw new StapleError('invalid-staple', 'the event has no real time');
    if (!equalBytes(leafOf(event), leaf))
      throw new StapleError('invalid-staple', 'the leaf is not canonical');
    return event;
  } catch (cause) {
    if (!(cause instanceof PublishedFormatError)) throw cause;
    const code = cause.code === 'newer-format' ? 'newer-format' : 'invalid-staple';
    throw new StapleError(code, 'the leaf is no certificate event', { cause });
  }
}
