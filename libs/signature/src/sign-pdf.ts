import { concatBytes, encodeHex, sha256, utf8 } from '@mandate/encoding';
import { signedBytes } from './byte-ranges.ts';
import { parseX509 } from './certificate.ts';
import { findOrder, isRoot } from './chain.ts';
import { encodeCms, encodeSignedAttributes, parseAlgorithm, type CmsParts } from './cms-structure.ts';
import { DerError } from './der.ts';
import { SignatureError } from './errors.ts';
import type { SignatureClaims } from './pdf-field.ts';
import { parsePdfFile } from './pdf-file.ts';
import { encodeByteRange, getSignaturePlaces } from './pdf-signature.ts';
import { StructureError, type PdfString } from './pdf-values.ts';
import { readSignedPdf } from './read-signed-pdf.ts';
import type { Signer } from './signer.ts';

export interface SignPdfOptions extends SignatureClaims {
  readonly signer: Signer;
  /** Room for the CMS including the stapled proof, bytes of DER. 16,384 unless told. */
  readonly reservedBytes?: number;
}

/**
 * Certifies a PDF (PAdES-BASELINE-B, EN 319 142-1; DocMDP 1): what it returns, readSignedPdf has accepted.
 * The same document, options and signature give the same bytes.
 * @param pdf unsigned, unencrypted, with at least one page
 * @returns the file, and the SHA-256 over its two byte ranges: the name under which registry and log know the document
 * @throws SignatureError `unsuitable-pdf` | `invalid-signer` | `no-room`
 */
export async function signPdf(
  pdf: Uint8Array,
  options: SignPdfOptions,
): Promise<{ pdf: Uint8Array<ArrayBuffer>; documentDigest: Uint8Array<ArrayBuffer> }> {
  const certificates = await checkSigner(options.signer);
  const room = options.reservedBytes ?? 16_384;
  // With a writer of PDFs behind it, which whoever only verifies does not wait for.
  const { addSignatureField } = await import('./pdf-field.ts');
  const prepared = await addSignatureField(pdf, options, room);
  const { bytes, contents } = fillByteRange(prepared);
  const documentDigest = sha256(signedBytes(bytes, rangesAround(bytes, contents)));
  const [signerCertificate = new Uint8Array(), ...chain] = certificates;
  const signedAttributes = encodeSignedAttributes(documentDigest, signerCertificate);
  const signature = new Uint8Array(await options.signer.sign(signedAttributes.slice()));
  const { algorithm } = options.signer;
  const signed = fillContents(bytes, contents, {
    signerCertificate,
    chain,
    algorithm,
    signedAttributes,
    signature,
  });
  await proveReadable(signed);
  return { pdf: signed, documentDigest };
}

/** Writes a CMS into its room, lower-case hex, zeros after. @throws SignatureError `no-room` */
export function fillContents(
  file: Uint8Array,
  contents: PdfString,
  parts: CmsParts,
): Uint8Array<ArrayBuffer> {
  const cms = encodeCms(parts);
  const room = contents.bytes.length;
  if (cms.length > room)
    throw new SignatureError('no-room', `signature of ${cms.length} bytes, room for ${room}`);
  const filled = new Uint8Array(file);
  filled.set(utf8(encodeHex(concatBytes(cms, new Uint8Array(room - cms.length)))), contents.start + 1);
  return filled;
}

async function checkSigner(signer: Signer): Promise<Uint8Array<ArrayBuffer>[]> {
  try {
    const [first, ...others] = signer.certificates.map(parseX509);
    if (!first) throw new SignatureError('invalid-signer', 'a signer without certificate');
    if (parseAlgorithm(first.der) !== signer.algorithm)
      throw new SignatureError('invalid-signer', `the key of the certificate is not for ${signer.algorithm}`);
    const path = await findOrder(
      first,
      others.filter((certificate) => !isRoot(certificate)),
    );
    if (!path) throw new SignatureError('invalid-signer', 'the certificates of the signer are not one chain');
    return path.map(({ der }) => der);
  } catch (cause) {
    if (cause instanceof SignatureError && cause.code !== 'invalid-certificate') throw cause;
    if (!(cause instanceof DerError) && !(cause instanceof SignatureError)) throw cause;
    throw new SignatureError('invalid-signer', cause.message, { cause });
  }
}

function fillByteRange(prepared: Uint8Array<ArrayBuffer>) {
  try {
    const { byteRange, contents } = getSignaturePlaces(parsePdfFile(prepared));
    const { start, end } = byteRange;
    const bytes = new Uint8Array(prepared);
    bytes.set(utf8(encodeByteRange(rangesAround(bytes, contents), end - start)), start);
    return { bytes, contents };
  } catch (cause) {
    if (!(cause instanceof StructureError)) throw cause;
    throw new SignatureError('unsuitable-pdf', cause.message, { cause });
  }
}

function rangesAround(bytes: Uint8Array, { start, end }: PdfString) {
  return [0, start, end, bytes.length - end] as const;
}

/** A signature by a wrong key, or a page our own reader refuses, must never leave the house. */
async function proveReadable(signed: Uint8Array): Promise<void> {
  try {
    await readSignedPdf(signed);
  } catch (cause) {
    if (!(cause instanceof SignatureError) || cause.code === 'no-webcrypto') throw cause;
    const code = cause.code === 'altered' ? 'invalid-signer' : 'unsuitable-pdf';
    throw new SignatureError(code, `the signed file would be refused: ${cause.message}`, { cause });
  }
}
