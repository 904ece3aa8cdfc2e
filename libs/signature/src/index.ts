export { SignatureError, type SignatureErrorCode } from './errors.ts';

/** What can sign for an organ. The private key stays behind `sign`: node:crypto, PKCS#11 or a remote service. */
export interface Signer {
  /** DER, the signer's certificate first, its chain after; the root may be left out. */
  readonly certificates: readonly Uint8Array[];
  readonly algorithm: 'rsa-sha256' | 'ecdsa-p256-sha256';
  /** Signs these bytes (not their hash): RSASSA-PKCS1-v1_5 with SHA-256, or ECDSA with SHA-256 as DER `Ecdsa-Sig-Value`. */
  sign(toBeSigned: Uint8Array): Promise<Uint8Array>;
}

export interface SignPdfOptions {
  readonly signer: Signer;
  /** The claimed time: goes into /M only. */
  readonly signedAt: Date;
  readonly reason?: string;
  readonly location?: string;
  /** Name of the organ as readers show it (/Name). */
  readonly name?: string;
  readonly fieldName?: string;
  /** Where readers may click the seal: page index from 0, PDF points from the lower left. Without it the field is invisible. */
  readonly widget?: { page: number; x: number; y: number; width: number; height: number };
  /** Room for the CMS including the stapled proof, bytes of DER. 16,384 unless told. */
  readonly reservedBytes?: number;
}

/** @throws SignatureError `unsuitable-pdf` | `invalid-signer` | `no-room` */
export declare function signPdf(
  pdf: Uint8Array,
  options: SignPdfOptions,
): Promise<{
  pdf: Uint8Array<ArrayBuffer>;
  /** SHA-256 over the two byte ranges: the name under which registry and log know the document. */
  documentDigest: Uint8Array<ArrayBuffer>;
}>;

/**
 * Puts a log proof into the reserved room of /Contents. Byte range, length and digest of the file stay; an earlier proof is replaced.
 * @throws SignatureError `unsuitable-pdf` for a file signPdf did not write, `no-room`
 */
export declare function stapleProof(pdf: Uint8Array, proof: Uint8Array): Uint8Array<ArrayBuffer>;

/** A file that is exactly what signPdf writes and whose signature holds. Whose key that is, verifyChain says. */
export interface SignedPdf {
  /** Offsets in bytes: [0, start of /Contents, end of /Contents, rest]. The ranges and the gap make up the whole file. */
  readonly byteRange: readonly [number, number, number, number];
  readonly documentDigest: Uint8Array<ArrayBuffer>;
  readonly signerCertificate: Uint8Array<ArrayBuffer>;
  /** The other certificates of the CMS, in no order: input for verifyChain, not yet trusted. */
  readonly chain: readonly Uint8Array<ArrayBuffer>[];
  readonly algorithm: Signer['algorithm'];
  /** /M: what the signer claims. */
  readonly signedAt: Date;
  readonly reason?: string;
  readonly location?: string;
  readonly name?: string;
  /** The stapled proof. Not covered by the signature: worth what the log's key in it says. */
  readonly proof?: Uint8Array<ArrayBuffer>;
  /** The attached certificate.json, inflated. Covered by the signature. */
  readonly attachment?: Uint8Array<ArrayBuffer>;
}

/** @throws SignatureError `unreadable` | `unsigned` | `altered` | `foreign-structure` | `unsupported-signature` */
export declare function readSignedPdf(file: Uint8Array): Promise<SignedPdf>;

/** What verifyChain found. */
export interface VerifiedChain {
  /** DER, signer first, trusted certificate last. */
  readonly path: readonly Uint8Array[];
  readonly signer: CertificateSummary;
}

export interface CertificateSummary {
  /** RFC 4514 style, e.g. `CN=…, O=…` */
  readonly subject: string;
  readonly issuer: string;
  /** Lower-case hex. */
  readonly serialNumber: string;
  readonly validFrom: Date;
  readonly validUntil: Date;
  /** SHA-256 of the DER, lower-case hex. */
  readonly fingerprint: string;
}

/**
 * Path from the signer's certificate to a trusted one at a time (RFC 5280 §6, without revocation: that is the trust list's).
 * A signer's certificate that is itself trusted is a path of one.
 * @throws SignatureError `untrusted-root` | `broken-chain` | `certificate-expired` | `certificate-not-yet-valid` |
 * `wrong-key-usage` | `weak-algorithm` | `invalid-certificate`
 */
export declare function verifyChain(
  signer: Uint8Array,
  chain: readonly Uint8Array[],
  roots: readonly Uint8Array[],
  at: Date,
): Promise<VerifiedChain>;

/** @throws SignatureError `invalid-certificate` */
export declare function parseCertificate(der: Uint8Array): CertificateSummary;

export {
  addProof,
  DataIntegrityError,
  didKey,
  ed25519PublicKey,
  encodePublicKey,
  isEd25519Signature,
  keyFingerprint,
  parsePublicKey,
  signEd25519,
  verifyProof,
  type Ed25519Signer,
  type JsonObject,
  type ProofOptions,
} from './data-integrity.ts';
