import { signPdf, stapleProof, type SignatureErrorCode } from '@mandate/signature';
import { makeSamplePage } from '../support/sample-page.ts';
import { makeTestAuthority, type TestCertificate } from '../support/test-authority.ts';
import { makeCms, type CmsRecipe } from './cms-recipe.ts';
import { bytesOf, contentsOf, textOf } from './pdf-text.ts';

/** A freshly signed certificate, and an attacker with a certificate of his own. */
export interface Victim {
  /** The signed file with its stapled proof, one character a byte. */
  readonly text: string;
  readonly root: TestCertificate;
  readonly organ: TestCertificate;
  readonly attacker: { readonly root: TestCertificate; readonly organ: TestCertificate };
}

export interface Attack {
  /** Reads on from "refuses …". */
  readonly name: string;
  readonly code: SignatureErrorCode;
  readonly forge: (victim: Victim) => string;
}

/** Enough of a proof to be told apart; what it proves is the business of the log. */
export const PROOF = 'c2sp.org/tlog-proof@v1\n';

export async function makeVictim(page?: Uint8Array): Promise<Victim> {
  const { root, organ, signer } = makeTestAuthority();
  const { pdf } = await signPdf(page ?? (await makeSamplePage()), {
    signer,
    signedAt: new Date('2026-03-04T05:06:07Z'),
    reason: '颁发证书',
  });
  const stapled = stapleProof(pdf, new TextEncoder().encode(PROOF));
  return { text: textOf(stapled), root, organ, attacker: makeTestAuthority() };
}

/** The bytes around a signature. */
export function contentOf(text: string, from = 0): Uint8Array<ArrayBuffer> {
  const { start, end } = contentsOf(text, from);
  return bytesOf(text.slice(0, start) + text.slice(end));
}

/** Puts hex digits into the room of the signature, zeros after. */
export function fillContents(text: string, cms: string, from = 0): string {
  const { start, end } = contentsOf(text, from);
  const digits = Buffer.from(cms, 'latin1')
    .toString('hex')
    .padEnd(end - start - 2, '0');
  return `${text.slice(0, start)}<${digits}>${text.slice(end)}`;
}

export interface Resigning {
  readonly signer: TestCertificate;
  /** Of the CMS. */
  readonly recipe?: Partial<CmsRecipe>;
  /** Offset behind which the signature to be made stands. */
  readonly from?: number;
  /** Bytes at the end that the byte range leaves out, though they are signed. */
  readonly leftOut?: number;
}

/** Signs the whole file anew, with any key and any shape of CMS. */
export function resign(text: string, { signer, recipe, from = 0, leftOut = 0 }: Resigning): string {
  const { start, end } = contentsOf(text, from);
  const place = from + text.slice(from).search(/\/ByteRange \[/);
  const rangeEnd = text.indexOf(']', place) + 1;
  const range = `/ByteRange [ 0 ${start} ${end} ${text.length - end - leftOut}`.padEnd(rangeEnd - place - 1);
  const ranged = `${text.slice(0, place)}${range}]${text.slice(rangeEnd)}`;
  const cms = makeCms({ content: contentOf(ranged, from), signer, certificates: [signer.der], ...recipe });
  return fillContents(ranged, cms, from);
}
