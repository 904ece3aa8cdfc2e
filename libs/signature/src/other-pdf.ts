import { parseHex } from '@mandate/encoding';
import { signedBytes } from './byte-ranges.ts';
import { checkCms, type CmsVerdict } from './cms-verify.ts';
import { SignatureError } from './errors.ts';
import type { StructureError } from './pdf-values.ts';

type ByteRange = readonly [number, number, number, number];

/** Signatures looked at; each costs a digest of the file. */
const MAX_SIGNATURES = 4;
const MAX_CONTENTS_DIGITS = 2 * 1024 * 1024;
const HEADER_ROOM = 1024;

/**
 * Says what a file is that signPdf did not write: no PDF, unsigned, one of ours that was changed, or somebody else's.
 * Lenient on purpose, for its answer is always a refusal: it only has to be a fair one.
 */
export async function judgeOtherPdf(
  bytes: Uint8Array<ArrayBuffer>,
  cause: StructureError,
  isOwn: (bytes: Uint8Array<ArrayBuffer>) => Promise<boolean>,
): Promise<SignatureError> {
  const refuse = (code: SignatureError['code'], message: string) =>
    new SignatureError(code, `${message}: ${cause.message}`, { cause });
  if (indexOf(bytes.subarray(0, HEADER_ROOM), '%PDF-', 0) < 0) return refuse('unreadable', 'not a PDF');
  const places = placesOf(bytes, '/ByteRange');
  if (places.length === 0)
    return indexOf(bytes, '/SubFilter', 0) < 0
      ? refuse('unsigned', 'no signature')
      : refuse('altered', 'a signature without its byte range');
  const verdicts: CmsVerdict[] = [];
  for (const place of places) {
    const range = parseByteRange(bytes, place);
    const end = range ? range[2] + range[3] : 0;
    // Ours up to here: whatever follows was added by somebody else, even under a signature of his own.
    if (range && end < bytes.length && (await isOwn(bytes.slice(0, end))))
      return refuse('altered', 'something was added after signing');
    verdicts.push(range ? await checkSignature(bytes, range) : 'broken');
  }
  if (verdicts.includes('holds')) return refuse('foreign-structure', 'signed, but not in our form');
  return verdicts.includes('broken')
    ? refuse('altered', 'the signature does not hold')
    : refuse('unsupported-signature', 'a signature this cannot check');
}

async function checkSignature(bytes: Uint8Array<ArrayBuffer>, range: ByteRange): Promise<CmsVerdict> {
  const cms = parseContents(bytes.subarray(range[1] + 1, range[2] - 1));
  if (!cms) return 'broken';
  return checkCms(cms, signedBytes(bytes, range));
}

/** Undefined unless two ranges inside the file leave out one hex string and nothing but it. */
function parseByteRange(bytes: Uint8Array<ArrayBuffer>, place: number): ByteRange | undefined {
  const text = latin(bytes, place, 120);
  const numbers = /^\/ByteRange\s*\[\s*0\s+(\d{1,9})\s+(\d{1,9})\s+(\d{1,9})\s*\]/.exec(text);
  const [a, b, c] = numbers?.slice(1).map(Number) ?? [];
  if (a === undefined || b === undefined || c === undefined) return undefined;
  if (b < a + 2 || b + c > bytes.length || b - a > MAX_CONTENTS_DIGITS) return undefined;
  return bytes[a] === 0x3c && bytes[b - 1] === 0x3e ? [0, a, b, c] : undefined;
}

/** The DER in a hex string, without its padding; undefined for what is no element at all. */
function parseContents(digits: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | undefined {
  const text = latin(digits, 0, digits.length);
  if (!/^30[0-9A-Fa-f]*$/.test(text) || text.length % 2 !== 0) return undefined;
  const padded = parseHex(text.toLowerCase());
  const lengthBytes = Math.max(0, (padded[1] ?? 0) - 0x80);
  // Indefinite length: left whole, for checkCms to call unsupported.
  if (padded[1] === 0x80 || lengthBytes > 3) return padded;
  let length = lengthBytes === 0 ? (padded[1] ?? 0) : 0;
  for (let i = 0; i < lengthBytes; i += 1) length = length * 256 + (padded[2 + i] ?? 0);
  return padded.slice(0, 2 + lengthBytes + length);
}

function placesOf(bytes: Uint8Array<ArrayBuffer>, text: string): number[] {
  const places: number[] = [];
  for (let place = indexOf(bytes, text, 0); place >= 0; place = indexOf(bytes, text, place + 1)) {
    places.push(place);
    if (places.length === MAX_SIGNATURES) break;
  }
  return places;
}

function indexOf(bytes: Uint8Array, text: string, from: number): number {
  const first = text.charCodeAt(0);
  for (let place = bytes.indexOf(first, from); place >= 0; place = bytes.indexOf(first, place + 1))
    if (latin(bytes, place, text.length) === text) return place;
  return -1;
}

function latin(bytes: Uint8Array, start: number, length: number): string {
  let text = '';
  for (let i = start; i < Math.min(bytes.length, start + length); i += 1)
    text += String.fromCharCode(bytes[i] ?? 0);
  return text;
}
