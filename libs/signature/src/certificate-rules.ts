import { BasicConstraints, ExtKeyUsage, type Certificate, type Extension } from 'pkijs';
import { parseDer } from './der.ts';
import type { X509 } from './certificate.ts';
import { SignatureError } from './errors.ts';

const BASIC_CONSTRAINTS = '2.5.29.19';
const KEY_USAGE = '2.5.29.15';
const EXTENDED_KEY_USAGE = '2.5.29.37';
/** Extensions read here, or that say nothing about whether a signature counts: names, key identifiers, policies. */
const UNDERSTOOD = new Set([
  BASIC_CONSTRAINTS,
  KEY_USAGE,
  EXTENDED_KEY_USAGE,
  ...['14', '17', '18', '32', '35'].map((arc) => `2.5.29.${arc}`),
]);
/** Bits of KeyUsage (RFC 5280 §4.2.1.3), from the most significant of the first byte. */
const DIGITAL_SIGNATURE = 0x80;
const CONTENT_COMMITMENT = 0x40;
const KEY_CERT_SIGN = 0x04;
/** Any purpose, signing of documents (RFC 9336, Microsoft, Adobe), and what authorities give instead: mail, client. */
const DOCUMENT_PURPOSES = new Set(
  `2.5.29.37.0 1.3.6.1.5.5.7.3.36 1.3.6.1.4.1.311.10.3.12 1.2.840.113583.1.1.5
  1.3.6.1.5.5.7.3.4 1.3.6.1.5.5.7.3.2`.split(/\s+/),
);
/** RSA and ECDSA with SHA-256, SHA-384, SHA-512. */
const SIGNATURE_ALGORITHMS = new Set(
  `1.2.840.113549.1.1.11 1.2.840.113549.1.1.12 1.2.840.113549.1.1.13
  1.2.840.10045.4.3.2 1.2.840.10045.4.3.3 1.2.840.10045.4.3.4`.split(/\s+/),
);
const RSA_KEY = '1.2.840.113549.1.1.1';
const EC_KEY = '1.2.840.10045.2.1';
const MIN_RSA_BYTES = 256;

/** Both ends count. @throws SignatureError `certificate-not-yet-valid` | `certificate-expired` */
export function checkValidity({ certificate }: X509, at: Date): void {
  // Negated, so that a time that is no number passes neither.
  if (!(at >= certificate.notBefore.value))
    throw new SignatureError('certificate-not-yet-valid', 'used before its validity');
  if (!(at <= certificate.notAfter.value))
    throw new SignatureError('certificate-expired', 'used after its validity');
}

/** May this key sign documents? @throws SignatureError */
export function checkSigner({ certificate }: X509): void {
  checkCommon(certificate);
  const usage = keyUsageBits(certificate);
  if (usage === undefined || (usage & (DIGITAL_SIGNATURE | CONTENT_COMMITMENT)) === 0)
    throw new SignatureError('wrong-key-usage', 'the key is not for signatures');
  if (constraintsOf(certificate)?.cA)
    throw new SignatureError('wrong-key-usage', 'the key of an authority signs no documents');
  const purposes = find(certificate, EXTENDED_KEY_USAGE)?.parsedValue as unknown;
  if (purposes === undefined) return;
  if (!(purposes instanceof ExtKeyUsage) || !purposes.keyPurposes.some((id) => DOCUMENT_PURPOSES.has(id)))
    throw new SignatureError('wrong-key-usage', 'the key is for another purpose than documents');
}

/** May this key sign certificates, with `below` authorities between it and the signer? @throws SignatureError */
export function checkIssuer({ certificate }: X509, below: number): void {
  checkCommon(certificate);
  const constraints = constraintsOf(certificate);
  if (!constraints?.cA)
    throw new SignatureError('broken-chain', 'issued by a certificate that is no authority');
  const limit = constraints.pathLenConstraint;
  if (limit !== undefined && !(typeof limit === 'number' && limit >= below))
    throw new SignatureError('broken-chain', 'more authorities than the path length allows');
  const usage = keyUsageBits(certificate);
  if (usage !== undefined && (usage & KEY_CERT_SIGN) === 0)
    throw new SignatureError('wrong-key-usage', 'the key of the issuer is not for certificates');
}

function checkCommon(certificate: Certificate): void {
  const seen = new Set<string>();
  for (const { extnID, critical } of certificate.extensions ?? []) {
    if (seen.has(extnID)) throw new SignatureError('invalid-certificate', `extension ${extnID} twice`);
    seen.add(extnID);
    // RFC 5280 §4.2: what is critical and not understood refuses the certificate.
    if (critical && !UNDERSTOOD.has(extnID))
      throw new SignatureError('invalid-certificate', `unknown critical extension ${extnID}`);
  }
  if (!SIGNATURE_ALGORITHMS.has(certificate.signatureAlgorithm.algorithmId))
    throw new SignatureError('weak-algorithm', 'certificate signed with a weak or unknown algorithm');
  const { algorithm, subjectPublicKey } = certificate.subjectPublicKeyInfo;
  if (algorithm.algorithmId === EC_KEY) return;
  if (algorithm.algorithmId !== RSA_KEY || rsaBytes(subjectPublicKey.valueBlock.valueHexView) < MIN_RSA_BYTES)
    throw new SignatureError('weak-algorithm', 'RSA key below 2,048 bits, or a key of another kind');
}

function rsaBytes(publicKey: Uint8Array): number {
  const modulus = derOf(publicKey).children[0]?.content ?? new Uint8Array();
  return modulus[0] === 0 ? modulus.length - 1 : modulus.length;
}

function constraintsOf(certificate: Certificate): BasicConstraints | undefined {
  const extension = find(certificate, BASIC_CONSTRAINTS);
  if (!extension) return undefined;
  const value = extension.parsedValue as unknown;
  if (!(value instanceof BasicConstraints))
    throw new SignatureError('invalid-certificate', 'basic constraints cannot be read');
  return value;
}

/** First byte of the bit string; undefined without the extension. */
function keyUsageBits(certificate: Certificate): number | undefined {
  const extension = find(certificate, KEY_USAGE);
  return extension && (derOf(extension.extnValue.valueBlock.valueHexView).content[1] ?? 0);
}

function derOf(bytes: Uint8Array) {
  try {
    return parseDer(bytes);
  } catch (cause) {
    throw new SignatureError('invalid-certificate', 'a part of the certificate is not DER', { cause });
  }
}

function find(certificate: Certificate, id: string): Extension | undefined {
  return certificate.extensions?.find(({ extnID }) => extnID === id);
}
