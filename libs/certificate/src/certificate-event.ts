import { encodeHex, parseHex, sha256, concatBytes, utf8 } from '@mandate/encoding';
import * as z from 'zod';

/**
 * An entry of the certificates log (formats §2.12). No name, no identifier, nothing guessable: the subject is a
 * commitment that only the holder of the certificate can open.
 */
export const CertificateEventSchema = z.strictObject({
  v: z.literal(1),
  event: z.enum(['issue', 'revoke']),
  /** SHA-256 over salt and identifier, hex: see `subjectCommitment` */
  subject: z.string().regex(/^[0-9a-f]{64}$/),
  /** SHA-256 over the two signed ranges of the PDF (ByteRange digest), hex; only with `issue` */
  document: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  /** hash of the leaf of the list entry it was issued under, hex; only with `issue` */
  mandate: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  /** when the event takes effect, UTC to the second */
  time: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
  /** reason code of a revocation, e.g. `withdrawn` */
  reason: z.string().max(40).optional(),
});

export type CertificateEvent = z.infer<typeof CertificateEventSchema>;

/** @param salt 32 bytes in hex @returns SHA-256(salt ‖ identifier in UTF-8), hex */
export function subjectCommitment(salt: string, identifier: string): string {
  return encodeHex(sha256(concatBytes(parseHex(salt), utf8(identifier))));
}
