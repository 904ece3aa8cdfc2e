import { EncodingError, fromUtf8, parseJson, type Json } from '@mandate/encoding';
import * as z from 'zod';
import { CertificateEventSchema, type CertificateEvent } from './certificate-event.ts';
import { CertificateTypeSchema } from './certificate-type.ts';
import { CertificateSchema, type Certificate } from './certificate.ts';
import { CertificateFormatError, isNewerSchema, isNewerVersion } from './newer-format.ts';

// How a reader takes what a later version may have written. Writers ask the schemas, which let nothing unknown through.

const NEWER = '格式比本程序新，请更新程序';

const Members = z.record(z.string(), z.unknown()).catch({});

/**
 * The JSON of a certificate. It is closed: one member that is not known might narrow what it says, so it grows by
 * versions alone (formats §9.5).
 * @throws CertificateFormatError `newer-format` | `invalid-certificate`
 */
export function parseCertificateJson(json: Json): Certificate {
  if (isNewerSchema(Members.parse(json)['schema'], 'certificate/1'))
    throw new CertificateFormatError('newer-format', `证照的${NEWER}`);
  const { data, error } = CertificateSchema.safeParse(json);
  if (data === undefined)
    throw new CertificateFormatError('invalid-certificate', z.prettifyError(error), { cause: error });
  return data;
}

const PermittingTypeSchema = CertificateTypeSchema.pick({ schema: true, code: true, name: true })
  .extend({ mandate: CertificateTypeSchema.shape.mandate.strip() })
  .strip();

/** What a verifier asks of a certificate type; every CertificateType has it. */
export type PermittingType = z.infer<typeof PermittingTypeSchema>;

/**
 * Content of register `certificate-type` → under which powers it may be issued, whatever else it holds (formats §9.4).
 * @throws CertificateFormatError `newer-format` | `invalid-type`
 */
export function parsePermittingType(json: Json): PermittingType {
  if (isNewerSchema(Members.parse(json)['schema'], 'certificate-type/1'))
    throw new CertificateFormatError('newer-format', `证照类型的${NEWER}`);
  const { data, error } = PermittingTypeSchema.safeParse(json);
  if (data === undefined)
    throw new CertificateFormatError('invalid-type', z.prettifyError(error), { cause: error });
  return data;
}

const ReadEventSchema = CertificateEventSchema.strip();
const EVENTS: readonly string[] = CertificateEventSchema.shape.event.options;

/**
 * An event of the certificates log. Members that are not known are passed over: the leaf hash is that of the leaf's own
 * bytes, never of what comes back.
 * @throws CertificateFormatError `newer-format` for a later version and for a word of event that is not known |
 * `invalid-event`
 */
export function parseCertificateEvent(json: Json): CertificateEvent {
  const { v, event } = Members.parse(json);
  if (isNewerVersion(v, 1) || (v === 1 && typeof event === 'string' && !EVENTS.includes(event)))
    throw new CertificateFormatError('newer-format', `证照事件的${NEWER}`);
  const { data, error } = ReadEventSchema.safeParse(json);
  if (data === undefined)
    throw new CertificateFormatError('invalid-event', z.prettifyError(error), { cause: error });
  return data;
}

/**
 * What a leaf of the certificates log says of one certificate. In every version, a leaf about it carries the 64 digits of
 * its commitment (formats §9.3): so a reader knows which of the leaves that it does not understand it may pass over.
 * @param subject `subjectCommitment` of the certificate
 * @returns undefined for a leaf that is not about this certificate
 * @throws CertificateFormatError `newer-format` | `invalid-event` for one that is
 */
export function findEventOf(leaf: Uint8Array, subject: string): CertificateEvent | undefined {
  let event: CertificateEvent;
  try {
    if (!fromUtf8(leaf).includes(subject)) return undefined;
    event = parseCertificateEvent(parseJson(leaf));
  } catch (cause) {
    if (!(cause instanceof EncodingError)) throw cause;
    throw new CertificateFormatError('invalid-event', '不是证照事件', { cause });
  }
  return event.subject === subject ? event : undefined;
}
