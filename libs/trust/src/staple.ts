import { CertificateEventSchema, type CertificateEvent } from '@mandate/certificate';
import { canonicalBytes, EncodingError, equalBytes, fromUtf8, parseJson, utf8 } from '@mandate/encoding';
import { encodeTlogProof, LogError, parseTlogProof, type TlogProof } from '@mandate/transparency-log';
import { isInstant } from './checks.ts';

/** Stapled bytes that are no proof of an issue event. */
export class StapleError extends Error {
  override readonly name = 'StapleError';
  readonly code = 'invalid-staple';
}

export interface Staple {
  readonly event: CertificateEvent;
  /** the leaf of the certificates log: canonical bytes of the event */
  readonly leaf: Uint8Array;
  /** the tlog-proof, for verifyTlogProof */
  readonly proof: string;
}

/**
 * What is stapled to a signed PDF: a C2SP tlog-proof whose `extra` line carries the leaf, “additional data necessary to
 * reconstruct the record hash”. So the file stays a tlog-proof to every other reader, and the verifier learns the time
 * of the event without asking anybody. `extra` is signed by nobody: the proof itself shows whether it is the leaf.
 */
export function encodeStaple(event: CertificateEvent, proof: TlogProof): Uint8Array<ArrayBuffer> {
  return utf8(encodeTlogProof({ ...proof, extra: canonicalBytes(event) }));
}

/** Reads only; whether the leaf is in the log, verifyTlogProof says. @throws StapleError */
export function parseStaple(bytes: Uint8Array): Staple {
  try {
    const proof = fromUtf8(bytes);
    const leaf = parseTlogProof(proof).extra;
    if (leaf === undefined) throw new StapleError('the proof carries no leaf');
    const event = CertificateEventSchema.safeParse(parseJson(leaf));
    if (!event.success) throw new StapleError('the leaf is no certificate event', { cause: event.error });
    if (!isInstant(event.data.time)) throw new StapleError('the event has no real time');
    if (!equalBytes(canonicalBytes(event.data), leaf)) throw new StapleError('the leaf is not canonical');
    return { event: event.data, leaf, proof };
  } catch (cause) {
    if (cause instanceof EncodingError || cause instanceof LogError)
      throw new StapleError('no tlog-proof', { cause });
    throw cause;
  }
}
