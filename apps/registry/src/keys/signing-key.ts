import { createHash, X509Certificate } from 'node:crypto';
import { type SigningKey, SigningKeySchema } from '@mandate/certificate';
import { encodeBase64 } from '@mandate/encoding';

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
