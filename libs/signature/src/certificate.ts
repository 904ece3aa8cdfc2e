import { encodeHex, sha256 } from '@mandate/encoding';
import { Certificate, type RelativeDistinguishedNames } from 'pkijs';
import { parseCertificateFields, type CertificateFields } from './certificate-fields.ts';
import { getCryptoEngine } from './crypto-engine.ts';
import { isEcdsaValue } from './ecdsa-value.ts';
import { SignatureError } from './errors.ts';

/** What people are shown of a certificate. */
export interface X509Summary {
  /** RFC 4514: `CN=…,O=…,C=CN` */
  readonly subject: string;
  readonly issuer: string;
  /** Lower-case hex. */
  readonly serialNumber: string;
  readonly validFrom: Date;
  readonly validUntil: Date;
  /** SHA-256 of the DER, lower-case hex. */
  readonly fingerprint: string;
}

/** A certificate as bytes, as compared bytes and as pkijs reads it. */
export interface X509 {
  readonly der: Uint8Array<ArrayBuffer>;
  readonly fields: CertificateFields;
  readonly certificate: Certificate;
}

/** @throws SignatureError `invalid-certificate` */
export function parseX509(der: Uint8Array): X509 {
  try {
    const bytes = new Uint8Array(der);
    return { der: bytes, fields: parseCertificateFields(bytes), certificate: Certificate.fromBER(bytes) };
  } catch (cause) {
    throw new SignatureError('invalid-certificate', 'not an X.509 v3 certificate in DER', { cause });
  }
}

/** @throws SignatureError `invalid-certificate` */
export function parseCertificate(der: Uint8Array): X509Summary {
  return summarize(parseX509(der));
}

export function summarize({ der, fields, certificate }: X509): X509Summary {
  return {
    subject: nameText(certificate.subject),
    issuer: nameText(certificate.issuer),
    serialNumber: encodeHex(fields.serialNumber.content),
    validFrom: certificate.notBefore.value,
    validUntil: certificate.notAfter.value,
    fingerprint: encodeHex(sha256(der)),
  };
}

/** Does the issuer's key verify the certificate? Also false for a key or algorithm WebCrypto does not know. */
export async function isIssuedBy(subject: X509, issuer: X509): Promise<boolean> {
  const engine = getCryptoEngine();
  try {
    if (!isSpelledForKey(subject.certificate, issuer.certificate)) return false;
    return await subject.certificate.verify(issuer.certificate, engine);
  } catch {
    return false;
  }
}

const EC_KEY = '1.2.840.10045.2.1';

/** The value of an ECDSA signature has one spelling for the issuer's key; that of RSA is a number of fixed length. */
function isSpelledForKey({ signatureValue }: Certificate, { subjectPublicKeyInfo }: Certificate): boolean {
  if (subjectPublicKeyInfo.algorithm.algorithmId !== EC_KEY) return true;
  // 04, then both coordinates of the point: the only form that WebCrypto takes.
  const coordinate = (subjectPublicKeyInfo.subjectPublicKey.valueBlock.valueHexView.length - 1) / 2;
  return isEcdsaValue(signatureValue.valueBlock.valueHexView, coordinate);
}

const ATTRIBUTE_NAMES: Record<string, string> = {
  '2.5.4.3': 'CN',
  '2.5.4.5': 'SERIALNUMBER',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.97': 'organizationIdentifier',
};

/** RFC 4514 §2: last component first, special characters escaped. */
function nameText(name: RelativeDistinguishedNames): string {
  return name.typesAndValues
    .map(({ type, value }) => {
      // Declared a string, but a hostile name may hold any ASN.1 type.
      const text: unknown = value.valueBlock.value;
      const escaped = typeof text === 'string' ? text.replace(/[",;<>+\\]|^[ #]| $/g, '\\$&') : '?';
      return `${ATTRIBUTE_NAMES[type] ?? type}=${escaped}`;
    })
    .reverse()
    .join(',');
}
