import { equalBytes, sha256 } from '@mandate/encoding';
import { parseCertificateFields } from './certificate-fields.ts';
import { DerError, parseDer, type DerNode } from './der.ts';
import { element, objectIdentifier, octetString, sequence, setOf, Tag } from './der-write.ts';
import { isEcdsaValue } from './ecdsa-value.ts';
import type { SignatureAlgorithm } from './signer.ts';

const SIGNED_DATA = objectIdentifier('1.2.840.113549.1.7.2');
const DATA = objectIdentifier('1.2.840.113549.1.7.1');
const CONTENT_TYPE = objectIdentifier('1.2.840.113549.1.9.3');
const MESSAGE_DIGEST = objectIdentifier('1.2.840.113549.1.9.4');
const SIGNING_CERTIFICATE_V2 = objectIdentifier('1.2.840.113549.1.9.16.2.47');
/** The stapled C2SP tlog-proof (formats §5.5). */
const LOG_PROOF = objectIdentifier('2.25.23925403023777436945920231662452377410');

const VERSION_1 = element(Tag.integer, Uint8Array.of(1));
// RFC 5754 §2: parameters of SHA-256 and of ECDSA are absent, those of RSA are NULL.
const SHA256 = sequence(objectIdentifier('2.16.840.1.101.3.4.2.1'));
const SIGNATURE_ALGORITHMS: Record<SignatureAlgorithm, Uint8Array<ArrayBuffer>> = {
  'rsa-sha256': sequence(objectIdentifier('1.2.840.113549.1.1.11'), element(Tag.null)),
  'ecdsa-p256-sha256': sequence(objectIdentifier('1.2.840.10045.4.3.2')),
};
const KEY_ALGORITHMS: Record<SignatureAlgorithm, Uint8Array<ArrayBuffer>> = {
  'rsa-sha256': sequence(objectIdentifier('1.2.840.113549.1.1.1'), element(Tag.null)),
  'ecdsa-p256-sha256': sequence(
    objectIdentifier('1.2.840.10045.2.1'),
    objectIdentifier('1.2.840.10045.3.1.7'),
  ),
};

const P256_BYTES = 32;

/** Everything that differs from one of our CMS signatures to the next. */
export interface CmsParts {
  readonly signerCertificate: Uint8Array<ArrayBuffer>;
  readonly chain: readonly Uint8Array<ArrayBuffer>[];
  readonly algorithm: SignatureAlgorithm;
  /** As signed: with the tag of a SET. */
  readonly signedAttributes: Uint8Array<ArrayBuffer>;
  readonly signature: Uint8Array<ArrayBuffer>;
  readonly proof?: Uint8Array<ArrayBuffer>;
}

/**
 * The signed attributes of PAdES-BASELINE-B: content type, message digest, signing-certificate-v2 (RFC 5035, hash
 * algorithm SHA-256 by default, therefore absent). No signing-time: EN 319 142-1 §6.3 wants the time in /M alone.
 */
export function encodeSignedAttributes(documentDigest: Uint8Array, signerCertificate: Uint8Array) {
  const certificateId = sequence(octetString(sha256(signerCertificate)));
  return setOf([
    attribute(CONTENT_TYPE, DATA),
    attribute(MESSAGE_DIGEST, octetString(documentDigest)),
    attribute(SIGNING_CERTIFICATE_V2, sequence(sequence(certificateId))),
  ]);
}

/** CMS SignedData (RFC 5652 §5) with one signer and detached content. One set of parts has exactly one encoding. */
export function encodeCms(parts: CmsParts): Uint8Array<ArrayBuffer> {
  const { issuer, serialNumber } = parseCertificateFields(parts.signerCertificate);
  const signerInfo = sequence(
    VERSION_1,
    sequence(issuer.bytes, serialNumber.bytes),
    SHA256,
    element(Tag.context0, parseDer(parts.signedAttributes).content),
    SIGNATURE_ALGORITHMS[parts.algorithm],
    octetString(parts.signature),
    ...(parts.proof ? [element(Tag.context1, attribute(LOG_PROOF, octetString(parts.proof)))] : []),
  );
  const signedData = sequence(
    VERSION_1,
    setOf([SHA256]),
    sequence(DATA),
    setOf([parts.signerCertificate, ...parts.chain], Tag.context0),
    setOf([signerInfo]),
  );
  return sequence(SIGNED_DATA, element(Tag.context0, signedData));
}

/**
 * Takes one of our CMS signatures apart. Only the signed attributes are under the signature, so all the rest must be,
 * byte for byte, what we would have written: no second SignerInfo, no other algorithm, no loose attribute, nothing after.
 * @throws DerError
 */
export function parseCms(der: Uint8Array): CmsParts {
  const signedData = at(at(parseDer(der), 1), 0);
  const certificates = at(signedData, 3).children;
  const signerInfo = at(at(signedData, 4), 0);
  const [issuer, serialNumber] = [at(at(signerInfo, 1), 0), at(at(signerInfo, 1), 1)];
  const signer = certificates.filter((certificate) => {
    const fields = parseCertificateFields(certificate.bytes);
    return (
      equalBytes(fields.issuer.bytes, issuer.bytes) &&
      equalBytes(fields.serialNumber.bytes, serialNumber.bytes)
    );
  });
  const [signerCertificate] = signer;
  if (!signerCertificate || signer.length > 1)
    throw new DerError('not exactly one certificate of the signer');
  const proof = signerInfo.children[6];
  const parts: CmsParts = {
    signerCertificate: signerCertificate.bytes,
    chain: certificates.filter((certificate) => certificate !== signerCertificate).map(({ bytes }) => bytes),
    algorithm: parseAlgorithm(signerCertificate.bytes),
    signedAttributes: element(Tag.set, at(signerInfo, 3).content),
    signature: at(signerInfo, 5).content,
    ...(proof ? { proof: at(at(at(proof, 0), 1), 0).content } : {}),
  };
  if (!equalBytes(encodeCms(parts), der)) throw new DerError('not in the one form we write');
  if (parts.algorithm === 'ecdsa-p256-sha256' && !isEcdsaValue(parts.signature, P256_BYTES))
    throw new DerError('no ECDSA signature in DER');
  return parts;
}

/** @throws DerError for a certificate whose key is neither RSA nor on P-256. */
export function parseAlgorithm(certificate: Uint8Array): SignatureAlgorithm {
  const { publicKeyAlgorithm } = parseCertificateFields(certificate);
  if (equalBytes(publicKeyAlgorithm.bytes, KEY_ALGORITHMS['rsa-sha256'])) return 'rsa-sha256';
  if (equalBytes(publicKeyAlgorithm.bytes, KEY_ALGORITHMS['ecdsa-p256-sha256'])) return 'ecdsa-p256-sha256';
  throw new DerError('key of another kind than RSA or P-256');
}

function attribute(type: Uint8Array, value: Uint8Array): Uint8Array<ArrayBuffer> {
  return sequence(type, setOf([value]));
}

function at(node: DerNode, index: number): DerNode {
  const child = node.children[index];
  if (!child) throw new DerError('an element is missing');
  return child;
}
