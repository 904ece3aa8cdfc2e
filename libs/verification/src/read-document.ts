import {
  CertificateFormatError,
  issuerCode,
  parseCertificateJson,
  type Certificate,
} from '@mandate/certificate';
import { CodeError, parseCertificateIdentifier } from '@mandate/codes';
import { canonicalBytes, EncodingError, equalBytes, parseJson } from '@mandate/encoding';
import { readSignedPdf, SignatureError, type SignedPdf } from '@mandate/signature';
import { fails, unknown } from './facts.ts';
import type { Fact, FactCode } from './verdict.ts';

export interface CertificateDocument {
  readonly kind: 'certificate';
  readonly pdf: SignedPdf;
  readonly certificate: Certificate;
}

/** Signed in our form, but what was signed is no certificate that this program reads. */
export interface OtherDocument {
  readonly kind: 'other';
  readonly pdf: SignedPdf;
  readonly code: FactCode<'integrity'>;
}

/** Not to be gone by: the facts say why. */
export interface RefusedDocument {
  readonly kind: 'refused';
  readonly facts: readonly Fact[];
}

/** What a file is, by itself (formats chapter 5): whether it is whole, and what it says. Nothing is asked of anybody. */
export async function readDocument(
  file: Uint8Array,
): Promise<CertificateDocument | OtherDocument | RefusedDocument> {
  let pdf: SignedPdf;
  try {
    pdf = await readSignedPdf(file);
  } catch (error) {
    return { kind: 'refused', facts: refusalOf(error) };
  }
  const certificate = readCertificate(pdf.attachment);
  return typeof certificate === 'string'
    ? { kind: 'other', pdf, code: certificate }
    : { kind: 'certificate', pdf, certificate };
}

function refusalOf(error: unknown): readonly Fact[] {
  // What the reader did not foresee must not pass, nor crash a page: such a file is unreadable.
  if (!(error instanceof SignatureError))
    return [fails('integrity', 'unreadable', { reason: String(error) })];
  const evidence = { reason: error.message };
  switch (error.code) {
    case 'unsigned':
    case 'altered':
      return [fails('integrity', error.code, evidence)];
    case 'no-webcrypto':
      return [unknown('integrity', 'no-webcrypto')];
    // By somebody, in a form no registry of this kind writes.
    case 'foreign-structure':
    case 'unsupported-signature':
      return [unknown('integrity', 'foreign-signature', evidence), fails('issuer', 'foreign-signature')];
    default:
      return [fails('integrity', 'unreadable', evidence)];
  }
}

function readCertificate(attachment: Uint8Array | undefined): Certificate | FactCode<'integrity'> {
  if (attachment === undefined) return 'attachment-missing';
  let certificate: Certificate;
  try {
    const json = parseJson(attachment);
    // Two readers of one JSON may differ where a name stands twice or a number has two spellings: one form only.
    if (!equalBytes(canonicalBytes(json), attachment)) return 'attachment-not-canonical';
    certificate = parseCertificateJson(json);
  } catch (error) {
    if (error instanceof EncodingError) return 'attachment-invalid';
    if (!(error instanceof CertificateFormatError)) throw error;
    return error.code === 'newer-format' ? 'newer-format' : 'attachment-invalid';
  }
  if (!hasRealDays(certificate)) return 'attachment-invalid';
  return isIdentifierOf(certificate) ? certificate : 'identifier-invalid';
}

/** The identifier must name the type and the issuer that the certificate names. */
function isIdentifierOf(certificate: Certificate): boolean {
  try {
    const { type, issuer } = parseCertificateIdentifier(certificate.identifier);
    return type === certificate.type.code && issuer === issuerCode(certificate.issuer.organ);
  } catch (error) {
    if (error instanceof CodeError) return false;
    throw error;
  }
}

function hasRealDays({ issueDate, validFrom, validUntil }: Certificate): boolean {
  return (
    validFrom <= validUntil &&
    [issueDate, validFrom, validUntil].every((day) => {
      const time = Date.parse(`${day}T00:00:00Z`);
      // 2026-02-30 would silently become another day.
      return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
    })
  );
}
