import { encodeHex, parseBase64, sha256 } from '@mandate/encoding';
import { SignatureError, verifyChain, type SignedPdf } from '@mandate/signature';
import { isUsableAt, type TrustList } from '@mandate/trust';
import { fails, holds } from './facts.ts';
import type { CertificateDocument } from './read-document.ts';
import type { Fact } from './verdict.ts';

/** Whether any organ of the trust list signs with this certificate: then the file came from this registry. */
export function isListedSigner(pdf: SignedPdf, trust: TrustList): boolean {
  const hash = encodeHex(sha256(pdf.signerCertificate));
  return trust.organs.some((organ) => organ.certificates.some((listed) => listed.sha256 === hash));
}

/**
 * Whether the organ that the certificate names signed it, with a key that was its own then (formats §8.3, §5.7). It goes by
 * the name it has on the list or had before, for certificates outlive the names of organs.
 * @param issuedAt the time of the issue event; from the log where it is proven
 */
export async function judgeIssuer(
  { certificate, pdf }: CertificateDocument,
  trust: TrustList,
  issuedAt: Date,
): Promise<Fact<'issuer'>> {
  const { issuer } = certificate;
  const organ = trust.organs.find(({ key }) => key === issuer.organ);
  if (organ === undefined) return fails('issuer', 'organ-not-listed', { organ: issuer.organ });
  if (organ.name !== issuer.name && !organ.formerNames?.includes(issuer.name))
    return fails('issuer', 'organ-name-differs', { listed: organ.name, certificate: issuer.name });
  const hash = encodeHex(sha256(pdf.signerCertificate));
  // Listed for exactly this organ: a sister organ's key of the same authority is a stranger's.
  const listed = organ.certificates.find(({ sha256 }) => sha256 === hash);
  const evidence = { organ: organ.key, name: organ.name, certificate: hash, at: issuedAt.toISOString() };
  if (listed === undefined) return fails('issuer', 'certificate-not-listed', evidence);
  const period = { notBefore: listed.notBefore, notAfter: listed.notAfter, revokedAt: listed.revokedAt };
  switch (isUsableAt(listed, issuedAt)) {
    case 'revoked':
      return fails('issuer', 'certificate-revoked', { ...evidence, ...period });
    case 'outside':
      return fails('issuer', 'certificate-not-valid-then', { ...evidence, ...period });
    case 'usable':
  }
  const roots = trust.authorities.map(({ der }) => parseBase64(der));
  try {
    const { signer } = await verifyChain(pdf.signerCertificate, pdf.chain, roots, issuedAt);
    return holds('issuer', {
      ...evidence,
      subject: signer.subject,
      authority: signer.issuer,
      trustList: { version: trust.version, issued: trust.issued, rootKey: trust.rootKey },
    });
  } catch (error) {
    if (!(error instanceof SignatureError)) throw error;
    const code = /^certificate-(expired|not-yet-valid)$/.test(error.code)
      ? 'certificate-not-valid-then'
      : 'chain-broken';
    return fails('issuer', code, { ...evidence, reason: error.code });
  }
}
