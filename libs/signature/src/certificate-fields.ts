import { equalBytes } from '@mandate/encoding';
import { DerError, parseDer, type DerNode } from './der.ts';
import { Tag } from './der-write.ts';

/** Parts of an X.509 certificate as encoded: names compare as bytes, and a CMS repeats them as bytes. */
export interface CertificateFields {
  readonly serialNumber: DerNode;
  readonly signatureAlgorithm: DerNode;
  readonly issuer: DerNode;
  readonly subject: DerNode;
  readonly publicKeyAlgorithm: DerNode;
}

/** @throws DerError for anything but one v3 certificate in DER (RFC 5280 §4.1). */
export function parseCertificateFields(der: Uint8Array): CertificateFields {
  const [tbs, outerAlgorithm, signature] = parseDer(der).children;
  const [version, serialNumber, signatureAlgorithm, issuer, , subject, publicKey] = tbs?.children ?? [];
  const publicKeyAlgorithm = publicKey?.children[0];
  if (
    version?.tag !== Tag.context0 ||
    serialNumber?.tag !== Tag.integer ||
    signatureAlgorithm?.tag !== Tag.sequence ||
    issuer?.tag !== Tag.sequence ||
    subject?.tag !== Tag.sequence ||
    publicKeyAlgorithm?.tag !== Tag.sequence ||
    outerAlgorithm?.tag !== Tag.sequence ||
    signature?.tag !== Tag.bitString
  )
    throw new DerError('not an X.509 v3 certificate');
  // The outer algorithm is not signed; RFC 5280 §4.1.1.2 wants it to repeat the inner one.
  if (!equalBytes(outerAlgorithm.bytes, signatureAlgorithm.bytes) || signature.content[0] !== 0)
    throw new DerError('certificate with two signature algorithms');
  return { serialNumber, signatureAlgorithm, issuer, subject, publicKeyAlgorithm };
}
