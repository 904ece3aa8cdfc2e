import { ContentInfo, SignedData, SignedDataVerifyError } from 'pkijs';
import { getCryptoEngine } from './crypto-engine.ts';
import { parseDer } from './der.ts';

/**
 * - `holds`: some key signed exactly this content.
 * - `broken`: content or signature is not what was signed.
 * - `unsupported`: cannot be said here.
 */
export type CmsVerdict = 'holds' | 'broken' | 'unsupported';

const DIGESTS = new Set(['1', '2', '3'].map((arc) => `2.16.840.1.101.3.4.2.${arc}`));
/** RSA PKCS#1 v1.5 (plain and by digest), RSA-PSS, ECDSA; with SHA-256 and longer. */
const SIGNATURES = new Set(
  `1.2.840.113549.1.1.1 1.2.840.113549.1.1.11 1.2.840.113549.1.1.12 1.2.840.113549.1.1.13 1.2.840.113549.1.1.10
  1.2.840.10045.4.3.2 1.2.840.10045.4.3.3 1.2.840.10045.4.3.4`.split(/\s+/),
);

/** Checks the first signature of any detached CMS in DER over this content: the mathematics, not whose key it is. */
export async function checkCms(der: Uint8Array, content: Uint8Array<ArrayBuffer>): Promise<CmsVerdict> {
  const engine = getCryptoEngine();
  const signedData = parseSignedData(der);
  const signer = signedData?.signerInfos[0];
  // Content inside the CMS would be checked instead of the file.
  if (!signer || signedData.encapContentInfo.eContent) return 'unsupported';
  if (!DIGESTS.has(signer.digestAlgorithm.algorithmId)) return 'unsupported';
  if (!SIGNATURES.has(signer.signatureAlgorithm.algorithmId)) return 'unsupported';
  try {
    const holds = await signedData.verify({ signer: 0, data: content.buffer }, engine);
    return holds ? 'holds' : 'broken';
  } catch (error) {
    // pkijs has one code, 15, for a wrong digest and for whatever else was thrown on the way.
    const digestDiffers =
      error instanceof SignedDataVerifyError && error.message.includes("digest doesn't match");
    return digestDiffers ? 'broken' : 'unsupported';
  }
}

function parseSignedData(der: Uint8Array): SignedData | undefined {
  try {
    parseDer(der);
    const info = ContentInfo.fromBER(der.slice());
    if (info.contentType !== ContentInfo.SIGNED_DATA) return undefined;
    // pkijs declares the content as any; SignedData checks its shape itself and throws.
    return new SignedData({ schema: info.content as unknown });
  } catch {
    return undefined;
  }
}
