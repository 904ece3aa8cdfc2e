import { encodeHex, parseBase64, sha256 } from '@mandate/encoding';
import * as z from 'zod';
import { isInstant } from './days.ts';

/** An instant, UTC to the second, that exists: the trust list repeats it, and its readers refuse 2026-02-30. */
const Time = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
  .refine(isInstant, '没有这个时间');

/** The blob of register `signing-key`: which certificate signs for which organ, so that every change of keys is in the log. */
export const SigningKeySchema = z
  .strictObject({
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
  })
  // What is listed under a hash must be what has it: the trust list repeats both.
  .refine(isNamedByItsHash, { path: ['sha256'], message: '不是证书的 SHA-256' });

export type SigningKey = z.infer<typeof SigningKeySchema>;

function isNamedByItsHash(key: { readonly sha256: string; readonly certificate: string }): boolean {
  try {
    return encodeHex(sha256(parseBase64(key.certificate))) === key.sha256;
  } catch {
    return false;
  }
}
