/** What can sign for an organ. The private key stays behind `sign`: node:crypto, PKCS#11 or a remote service. */
export interface Signer {
  /** DER, the signer's certificate first, then its issuer, its issuer's issuer …; a root is left out of the file. */
  readonly certificates: readonly Uint8Array[];
  readonly algorithm: SignatureAlgorithm;
  /** Signs these bytes (not their hash): RSASSA-PKCS1-v1_5 with SHA-256, or ECDSA with SHA-256 as DER `Ecdsa-Sig-Value`. */
  sign(toBeSigned: Uint8Array): Promise<Uint8Array>;
}

export type SignatureAlgorithm = 'rsa-sha256' | 'ecdsa-p256-sha256';
