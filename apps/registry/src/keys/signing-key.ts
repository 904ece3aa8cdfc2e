import { createHash, X509Certificate } from 'node:crypto';
import { encodeBase64 } from '@mandate/encoding';
import { z } from 'zod';

const Time = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);

/** The blob of register `signing-key`: which certificate signs for which organ, so that every change of keys is in the log. */
export const SigningKeySchema = z.strictObject({
  schema: z.literal('signing-key/1'),
  organ: z.string(),
  /** SHA-256 of the DER, hex; also the key of the record */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** X.509, base64 of the DER */
  certificate: z.string(),
  notBefore: Time,
  notAfter: Time,
  revokedAt: Time.optional(),
  revocationReason: z.string().max(200).optional(),
  sample: z.literal(true).optional(),
});

export type SigningKey = z.infer<typeof SigningKeySchema>;

/** X.509 certificate of an organ → what the list says of it. */
export function toSigningKey(organ: string, der: Uint8Array, sample: boolean): SigningKey {
  const certificate = new X509Certificate(der);
  return SigningKeySchema.parse({
    schema: 'signing-key/1',
    organ,
    sha256: createHash('sha256').update(der).digest('hex'),
    certificate: encodeBase64(der),
    notBefore: toSeconds(certificate.validFromDate),
    notAfter: toSeconds(certificate.validToDate),
    ...(sample ? { sample: true } : {}),
  });
}

function toSeconds(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
