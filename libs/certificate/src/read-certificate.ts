import { EncodingError, fromUtf8, parseJson, type Json } from '@mandate/encoding';
import * as z from 'zod';
import { CertificateEventSchema, type CertificateEvent } from './certificate-event.ts';
import { CertificateSchema, type Certificate } from './certificate.ts';

/** Certificate data that cannot be read, or not by a program of this age. */
export class CertificateFormatError extends Error {
  override readonly name = 'CertificateFormatError';
  /** `newer-format`: written by a later version than this reader knows (formats §9.2) */
  readonly code: 'newer-format' | 'invalid-certificate' | 'invalid-event';

  constructor(code: CertificateFormatError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

const NEWER = '格式比本程序新，请更新程序';

const Members = z.record(z.string(), z.unknown()).catch({});

/**
 * The JSON of a certificate. It is closed: one member that is not known might narrow what it says, so it grows by
 * versions alone (formats §9.4).
 * @throws CertificateFormatError `newer-format` | `invalid-certificate`
 */
export function parseCertificateJson(json: Json): Certificate {
  const { schema } = Members.parse(json);
  if (typeof schema === 'string' && /^certificate\/([2-9]|[1-9]\d{1,5})$/.test(schema))
    throw new CertificateFormatError('newer-format', `证照的${NEWER}`);
  const { data, error } = CertificateSchema.safeParse(json);
  if (data === undefined)
    throw new CertificateFormatError('invalid-certificate', z.prettifyError(error), { cause: error });
  return data;
}

const ReadEventSchema = CertificateEventSchema.strip();
const EVENTS: readonly string[] = CertificateEventSchema.shape.event.options;

/**
 * What a leaf of the certificates log says of one certificate. In every version, a leaf about it carries the 64 digits of
 * its commitment (formats §9.3): so a reader knows which of the leaves that it does not understand it may pass over.
 * Members that are not known are passed over: the leaf hash is that of the leaf's own bytes, never of what comes back.
 * @param subject `subjectCommitment` of the certificate
 * @returns undefined for a leaf that is not about this certificate
 * @throws CertificateFormatError for one that is: `newer-format` for a later version and for a word of event that is not
 * known, else `invalid-event`
 */
export function findEventOf(leaf: Uint8Array, subject: string): CertificateEvent | undefined {
  if (!utf8Text(leaf).includes(subject)) return undefined;
  let json: Json;
  try {
    json = parseJson(leaf);
  } catch (cause) {
    if (!(cause instanceof EncodingError)) throw cause;
    throw new CertificateFormatError('invalid-event', '不是证照事件', { cause });
  }
  const event = parseEvent(json);
  return event.subject === subject ? event : undefined;
}

/** Empty for bytes that are no text: no leaf of any version, which is for the audit to name. */
function utf8Text(bytes: Uint8Array): string {
  try {
    return fromUtf8(bytes);
  } catch (cause) {
    if (cause instanceof EncodingError) return '';
    throw cause;
  }
}

function parseEvent(json: Json): CertificateEvent {
  const { v, event } = Members.parse(json);
  const isNewer = typeof v === 'number' && Number.isSafeInteger(v) && v > 1;
  if (isNewer || (v === 1 && typeof event === 'string' && !EVENTS.includes(event)))
    throw new CertificateFormatError('newer-format', `证照事件的${NEWER}`);
  const { data, error } = ReadEventSchema.safeParse(json);
  if (data === undefined)
    throw new CertificateFormatError('invalid-event', z.prettifyError(error), { cause: error });
  return data;
}
