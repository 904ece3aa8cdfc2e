import { parseCms, type CmsParts } from './cms-structure.ts';
import { DerError, parsePaddedDer } from './der.ts';
import { SignatureError } from './errors.ts';
import { parsePdfFile } from './pdf-file.ts';
import { getSignature } from './pdf-signature.ts';
import { StructureError } from './pdf-values.ts';
import { fillContents } from './sign-pdf.ts';

/**
 * Puts a log proof into the reserved room of /Contents, as the one unsigned attribute of the CMS: byte range, length and
 * digest of the file stay, and so does its signature. An earlier proof is replaced.
 * @throws SignatureError `unsuitable-pdf` for a file signPdf did not write, `no-room`
 */
export function stapleProof(pdf: Uint8Array, proof: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(pdf);
  try {
    const { contents } = getSignature(parsePdfFile(bytes));
    const parts: CmsParts = parseCms(parsePaddedDer(contents.bytes).bytes);
    return fillContents(bytes, contents, { ...parts, proof: new Uint8Array(proof) });
  } catch (cause) {
    if (!(cause instanceof StructureError) && !(cause instanceof DerError)) throw cause;
    throw new SignatureError('unsuitable-pdf', `not a file of ours: ${cause.message}`, { cause });
  }
}
