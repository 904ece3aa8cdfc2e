export { parseCertificate, type X509Summary } from './certificate.ts';
export { SignatureError, type SignatureErrorCode } from './errors.ts';
export { MAX_PDF_BYTES, readSignedPdf, type SignedPdf } from './read-signed-pdf.ts';
export { signPdf, type SignPdfOptions } from './sign-pdf.ts';
export type { SignatureAlgorithm, Signer } from './signer.ts';
export { stapleProof } from './staple-proof.ts';
export { verifyChain, type VerifiedChain } from './verify-chain.ts';
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
