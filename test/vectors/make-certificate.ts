import {
  encodeQrPayload,
  issuerCode,
  qrKeyId,
  subjectCommitment,
  type Certificate,
  type CertificateEvent,
} from '@mandate/certificate';
import { renderCertificate } from '@mandate/certificate-pdf';
import { formatCertificateIdentifier } from '@mandate/codes';
import { blobName, canonicalBytes, encodeHex, fromUtf8, sha256, utf8 } from '@mandate/encoding';
import { signEd25519, signPdf } from '@mandate/signature';
import { hashLeaf } from '@mandate/transparency-log';
import { pageFonts, subset } from '../support/certificate-page.ts';
import type { makeTestAuthority } from '../support/test-authority.ts';
import { ITEM, ORGAN, ORGAN_NAME, PUBLIC_URL, testKey, type, type Act } from './tiny-registry.ts';

/** When the sample certificate is issued. */
export const ISSUED = '2026-06-15T02:00:00Z';

/** @param act the entry it is issued under. @param proof tlog-proof of that entry */
export function certificateUnder(act: Act, proof: string): Certificate {
  return {
    schema: 'certificate/1',
    identifier: formatCertificateIdentifier({
      type: type.code,
      issuer: issuerCode(ORGAN),
      serial: '7Q2M9X4K1Z8T5B3C',
      version: '001',
    }),
    number: 'JY202600000001',
    type: { code: type.code, name: type.name, blob: blobName(canonicalBytes(type)) },
    issuer: { organ: ORGAN, name: ORGAN_NAME },
    holder: { name: '示例市晨光小吃店', code: '92430102MA4L2Q7X6P', codeType: '099' },
    issueDate: '2026-06-15',
    validFrom: '2026-06-15',
    validUntil: '2031-06-14',
    face: [{ name: 'KZ_JYCS', label: '经营场所', value: '示例市和平路18号一层' }],
    mandate: {
      key: ITEM,
      name: '食品经营许可',
      category: '01',
      entry: fromUtf8(canonicalBytes(act.entry)),
      proof,
    },
    salt: encodeHex(sha256(utf8('salt of the sample certificate of the vectors'))),
    status: { list: `${PUBLIC_URL}/data/status/revocation-1.json`, index: 4711 },
    sample: true,
  };
}

export function qrOf(certificate: Certificate): string {
  const { privateKey, publicKey } = testKey('qr');
  const claim = {
    identifier: certificate.identifier,
    validFrom: certificate.validFrom,
    validUntil: certificate.validUntil,
    statusIndex: certificate.status.index,
    dataDigest: encodeHex(sha256(canonicalBytes(certificate))),
    keyId: qrKeyId(sha256(publicKey)),
  };
  return encodeQrPayload(claim, PUBLIC_URL, (message) => signEd25519(message, { privateKey }));
}

export async function drawAndSign(
  certificate: Certificate,
  { signer }: ReturnType<typeof makeTestAuthority>,
): Promise<{ pdf: Uint8Array; documentDigest: Uint8Array }> {
  const page = await renderCertificate(certificate, {
    type,
    fonts: await pageFonts(),
    subset,
    qr: qrOf(certificate),
    checkAddress: `${PUBLIC_URL}/verify/`,
    now: new Date(ISSUED),
  });
  return signPdf(page, { signer, signedAt: new Date(ISSUED), name: certificate.issuer.name });
}

export function issueEvent(certificate: Certificate, documentDigest: Uint8Array): CertificateEvent {
  return {
    v: 1,
    event: 'issue',
    subject: subjectCommitment(certificate.salt, certificate.identifier),
    document: encodeHex(documentDigest),
    mandate: encodeHex(hashLeaf(utf8(certificate.mandate.entry))),
    time: ISSUED,
  };
}
