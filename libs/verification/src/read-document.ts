import { CertificateSchema, issuerCode, type Certificate } from '@mandate/certificate';
import { CodeError, parseCertificateIdentifier } from '@mandate/codes';
import { canonicalBytes, EncodingError, equalBytes, parseJson, type Json } from '@mandate/encoding';
import { readSignedPdf, SignatureError, type SignedPdf } from '@mandate/signature';
import type { FactCode } from './verdict.ts';

/** What a file turned out to be. Nothing was asked of anybody for it. */
export type Reading =
  | { readonly kind: 'certificate'; readonly pdf: SignedPdf; readonly certificate: Certificate }
  /** signed in our form, but what was signed is no certificate of ours */
  | { readonly kind: 'other'; readonly pdf: SignedPdf; readonly code: FactCode<'integrity'> }
  /** signed by somebody, in a form no registry of this kind writes */
  | { readonly kind: 'foreign'; readonly reason: string }
  /** nothing was found out: this machine cannot check signatures */
  | { readonly kind: 'unchecked' }
  | {
      readonly kind: 'broken';
      readonly code: 'unreadable' | 'unsigned' | 'altered';
      readonly reason: string;
    };

export async function readDocument(file: Uint8Array): Promise<Reading> {
  let pdf: SignedPdf;
  try {
    pdf = await readSignedPdf(file);
  } catch (error) {
    return readingOf(error);
  }
  const certificate = findCertificate(pdf.attachment);
  return typeof certificate === 'string'
    ? { kind: 'other', pdf, code: certificate }
    : { kind: 'certificate', pdf, certificate };
}

function readingOf(error: unknown): Reading {
  // What the reader did not foresee must not pass, nor crash a page: such a file is unreadable.
  if (!(error instanceof SignatureError))
    return { kind: 'broken', code: 'unreadable', reason: String(error) };
  switch (error.code) {
    case 'unsigned':
    case 'altered':
      return { kind: 'broken', code: error.code, reason: error.message };
    case 'no-webcrypto':
      return { kind: 'unchecked' };
    case 'foreign-structure':
    case 'unsupported-signature':
      return { kind: 'foreign', reason: error.message };
    default:
      return { kind: 'broken', code: 'unreadable', reason: error.message };
  }
}

function findCertificate(attachment: Uint8Array | undefined): Certificate | FactCode<'integrity'> {
  if (attachment === undefined) return 'attachment-missing';
  let json: Json;
  try {
    json = parseJson(attachment);
    // Two readers of one JSON may differ where a name stands twice or a number has two spellings: one form only.
    if (!equalBytes(canonicalBytes(json), attachment)) return 'attachment-not-canonical';
  } catch (error) {
    if (error instanceof EncodingError) return 'attachment-invalid';
    throw error;
  }
  const { data: certificate } = CertificateSchema.safeParse(json);
  if (certificate === undefined || !hasRealDays(certificate)) return 'attachment-invalid';
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
