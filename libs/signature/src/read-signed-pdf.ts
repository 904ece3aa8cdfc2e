import { encodeHex, equalBytes, sha256, utf8 } from '@mandate/encoding';
import { signedBytes } from './byte-ranges.ts';
import { parseX509 } from './certificate.ts';
import { findOrder } from './chain.ts';
import { encodeSignedAttributes, parseCms } from './cms-structure.ts';
import { checkCms } from './cms-verify.ts';
import { DerError, parsePaddedDer } from './der.ts';
import { SignatureError } from './errors.ts';
import { judgeOtherPdf } from './other-pdf.ts';
import { decodeText, findAttachment } from './pdf-attachment.ts';
import { parsePdfFile } from './pdf-file.ts';
import { getSignature } from './pdf-signature.ts';
import { StructureError, type PdfDict, type PdfString } from './pdf-values.ts';
import type { SignatureAlgorithm } from './signer.ts';

/** formats §5.2. Ours have some 100 KB; of more, a hostile one would take gigabytes and minutes (32 MiB of empty strings). */
export const MAX_PDF_BYTES = 4 * 1024 * 1024;

/** A file that is exactly what signPdf writes and whose signature holds. Whose key that is, verifyChain says. */
export interface SignedPdf {
  /** Offsets in bytes: [0, start of /Contents, end of /Contents, rest]. The ranges and the gap make up the whole file. */
  readonly byteRange: readonly [number, number, number, number];
  /** SHA-256 over the two ranges. */
  readonly documentDigest: Uint8Array<ArrayBuffer>;
  readonly signerCertificate: Uint8Array<ArrayBuffer>;
  /** The signer's issuer first, without the root. Each holds the one before it; verifyChain says who holds the last. */
  readonly chain: readonly Uint8Array<ArrayBuffer>[];
  readonly algorithm: SignatureAlgorithm;
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

/**
 * Reads one of our files. What a lenient reader opens and this one does not fully understand is refused.
 * @throws SignatureError `unreadable` | `unsigned` | `altered` | `foreign-structure` | `unsupported-signature` | `no-webcrypto`
 */
export async function readSignedPdf(file: Uint8Array): Promise<SignedPdf> {
  if (file.length > MAX_PDF_BYTES) throw new SignatureError('unreadable', 'larger than 4 MiB');
  const bytes = new Uint8Array(file);
  try {
    return await readOwnPdf(bytes);
  } catch (cause) {
    if (!(cause instanceof StructureError)) throw cause;
    // Not what signPdf writes. It will not be accepted any more; find out what it is, to say so.
    throw await judgeOtherPdf(bytes, cause, isOwnPdf);
  }
}

/**
 * @throws StructureError for a file of another build; SignatureError `altered` once the build is ours and the signature
 * does not fit, for nobody else writes this build
 */
async function readOwnPdf(bytes: Uint8Array<ArrayBuffer>): Promise<SignedPdf> {
  const file = parsePdfFile(bytes);
  const { byteRange, contents, dict } = getSignature(file);
  const content = signedBytes(bytes, byteRange);
  const documentDigest = sha256(content);
  const { parts, path } = await verifyCms(contents, content, documentDigest);
  // Outside the signature, so it has one spelling only.
  if (!equalBytes(utf8(`<${encodeHex(contents.bytes)}>`), bytes.subarray(contents.start, contents.end)))
    throw new SignatureError('altered', '/Contents is spelled in another way');
  const attachment = await findAttachment(file, 'certificate.json');
  return {
    byteRange,
    documentDigest,
    signerCertificate: parts.signerCertificate,
    chain: path.slice(1).map(({ der }) => der),
    algorithm: parts.algorithm,
    ...readClaims(dict),
    ...(parts.proof ? { proof: parts.proof } : {}),
    ...(attachment ? { attachment } : {}),
  };
}

async function isOwnPdf(bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
  try {
    await readOwnPdf(bytes);
    return true;
  } catch (cause) {
    if (cause instanceof StructureError || cause instanceof SignatureError) return false;
    throw cause;
  }
}

/** @throws SignatureError `altered` */
async function verifyCms(contents: PdfString, content: Uint8Array<ArrayBuffer>, documentDigest: Uint8Array) {
  try {
    const cms = parsePaddedDer(contents.bytes).bytes;
    const parts = parseCms(cms);
    // Says at once: this content, this signer's certificate (ESS), nothing else under the signature.
    const expected = encodeSignedAttributes(documentDigest, parts.signerCertificate);
    if (!equalBytes(expected, parts.signedAttributes))
      throw new SignatureError('altered', 'the signed attributes are of another document or signer');
    if ((await checkCms(cms, content)) !== 'holds')
      throw new SignatureError('altered', 'the signature does not hold');
    const path = await findOrder(parseX509(parts.signerCertificate), parts.chain.map(parseX509));
    if (!path) throw new SignatureError('altered', 'the certificates are not one chain');
    return { parts, path };
  } catch (cause) {
    if (cause instanceof DerError) throw new SignatureError('altered', `CMS: ${cause.message}`, { cause });
    if (cause instanceof SignatureError && cause.code === 'invalid-certificate')
      throw new SignatureError('altered', 'a certificate cannot be read', { cause });
    throw cause;
  }
}

/** What the signer says of itself; under the signature, but only a claim. @throws StructureError */
function readClaims({ entries }: PdfDict) {
  const [date, reason, location, name] = ['M', 'Reason', 'Location', 'Name'].map((key) => {
    const value = entries.get(key);
    return value?.kind === 'string' ? decodeText(value.bytes) : undefined;
  });
  const digits = /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(date ?? '')?.slice(1);
  const [year, month, day, hour, minute, second] = digits ?? [];
  const signedAt = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  // EN 319 142-1 §6.3: the claimed signing time shall be in /M.
  if (Number.isNaN(signedAt.getTime())) throw new StructureError('no signing time in UTC');
  return {
    signedAt,
    ...(reason !== undefined ? { reason } : {}),
    ...(location !== undefined ? { location } : {}),
    ...(name !== undefined ? { name } : {}),
  };
}
