import { parseCertificateIdentifier, formatCertificateIdentifier, CodeError } from '@mandate/codes';
import {
  concatBytes,
  encodeBase32,
  encodeHex,
  EncodingError,
  equalBytes,
  parseBase32,
  parseHex,
  utf8,
} from '@mandate/encoding';

/** A code that is not one of ours, or a claim that does not fit into one. */
export class QrError extends Error {
  override readonly name = 'QrError';
  /** `newer-format`: a version of the code that this reader does not know (formats §7.4) */
  readonly code: 'invalid-qr' | 'newer-format' | 'invalid-claim' | 'too-long';

  constructor(code: QrError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** What the QR code of a certificate says (formats §7.2). */
export interface QrClaim {
  /** GB/T 36904 */
  readonly identifier: string;
  /** first and last day of validity */
  readonly validFrom: string;
  readonly validUntil: string;
  /** place in the status list, below 2^24 */
  readonly statusIndex: number;
  /** SHA-256 of the certificate's canonical JSON, hex: the digest of the file cannot be known before its page is drawn */
  readonly dataDigest: string;
  /** first 8 bytes of the SHA-256 of the signer's raw public key, hex */
  readonly keyId: string;
}

export interface QrPayload {
  readonly claim: QrClaim;
  /** what was signed */
  readonly message: Uint8Array;
  /** Ed25519, 64 bytes */
  readonly signature: Uint8Array;
}

const VERSION = 1;
const SIGNATURE_BYTES = 64;
const DAY_MS = 86_400_000;
/** A signature over a code must never pass for one over anything else, nor the other way round. */
const DOMAIN = utf8('mandate qr v1\n');
/** `1` marks the length of base-36 digits with zeros in front. */
const RADIX = 36n;

/** Of versions to come; beyond, the first byte is no version of a code of ours. */
const LAST_VERSION = 15;
/** Address and payload of any version: every one carries a signature, and no QR code holds more than 4,296 letters. */
const FORM = /^(?:https?:\/\/[^\s#]{1,200}\/V\/#|#)?([A-Z2-7]{150,4296})$/i;
/** Letters of the largest payload of version 1. */
const MAXIMUM_LETTERS = 420;
/** What QR version 12 at level M holds. */
const MAXIMUM_BITS = 2_320;

/**
 * @param publicUrl root of the public site
 * @param sign Ed25519 by the key of `keyId`
 * @returns `HTTPS://HOST/V/#PAYLOAD`; to be drawn with the segments found automatically (mixed mode) at level M
 * @throws QrError `invalid-claim` | `too-long`
 */
export function encodeQrPayload(
  claim: QrClaim,
  publicUrl: string,
  sign: (message: Uint8Array) => Uint8Array,
): string {
  const body = encodeClaim(claim);
  const signature = sign(concatBytes(DOMAIN, body));
  if (signature.length !== SIGNATURE_BYTES)
    throw new QrError('invalid-claim', 'an Ed25519 signature has 64 bytes');
  const url = new URL('V/', publicUrl.endsWith('/') ? publicUrl : `${publicUrl}/`);
  const text = `${url.origin.toUpperCase()}${url.pathname}#${encodeBase32(concatBytes(body, signature))}`;
  if (qrBits(text) > MAXIMUM_BITS)
    throw new QrError('too-long', '二维码内容超过版本 12（M 级）的容量：请使用更短的公开网址');
  parseQrPayload(text);
  return text;
}

/**
 * Text of a code, or only what stands behind its `#` → payload. Nothing of it is true until the signature verifies.
 * @throws QrError `invalid-qr` | `newer-format`
 */
export function parseQrPayload(text: string): QrPayload {
  const [, payload] = FORM.exec(text) ?? [];
  if (payload === undefined) throw new QrError('invalid-qr', '不是本系统证照上的二维码');
  const version = versionOf(payload);
  // Before length and spelling, which are those of version 1.
  if (version > VERSION && version <= LAST_VERSION)
    throw new QrError('newer-format', '二维码的版本比本程序新：请更新核验程序');
  if (payload.length > MAXIMUM_LETTERS) throw new QrError('invalid-qr', '不是本系统证照上的二维码');
  const bytes = decode(payload);
  const body = bytes.subarray(0, -SIGNATURE_BYTES);
  const claim = decodeClaim(body);
  return { claim, message: concatBytes(DOMAIN, body), signature: bytes.subarray(-SIGNATURE_BYTES) };
}

/** @param hash SHA-256 of the raw public key */
export function qrKeyId(hash: Uint8Array): string {
  return encodeHex(hash.subarray(0, 8));
}

/**
 * version 1 · identifier length 1 · identifier · validFrom 3 · validUntil 3 · status index 3 · data digest 32 · key id 8,
 * numbers big-endian, days since 1970-01-01.
 */
function encodeClaim(claim: QrClaim): Uint8Array<ArrayBuffer> {
  try {
    const identifier = encodeIdentifier(claim.identifier);
    const [dataDigest, keyId] = [parseHex(claim.dataDigest), parseHex(claim.keyId)];
    if (dataDigest.length !== 32 || keyId.length !== 8)
      throw new QrError('invalid-claim', 'a digest has 32 bytes, a key id 8');
    return concatBytes(
      Uint8Array.of(VERSION, identifier.length),
      identifier,
      encodeNumber(encodeDay(claim.validFrom)),
      encodeNumber(encodeDay(claim.validUntil)),
      encodeNumber(claim.statusIndex),
      dataDigest,
      keyId,
    );
  } catch (cause) {
    if (cause instanceof CodeError || cause instanceof EncodingError)
      throw new QrError('invalid-claim', cause.message, { cause });
    throw cause;
  }
}

function decodeClaim(body: Uint8Array): QrClaim {
  const [version, length] = body;
  if (version !== VERSION) throw new QrError('invalid-qr', '二维码的版本无法识别');
  if (length === undefined || body.length !== 2 + length + 9 + 32 + 8)
    throw new QrError('invalid-qr', '二维码内容不完整');
  const rest = body.subarray(2 + length);
  const claim: QrClaim = {
    identifier: decodeIdentifier(body.subarray(2, 2 + length)),
    validFrom: decodeDay(decodeNumber(rest.subarray(0, 3))),
    validUntil: decodeDay(decodeNumber(rest.subarray(3, 6))),
    statusIndex: decodeNumber(rest.subarray(6, 9)),
    dataDigest: encodeHex(rest.subarray(9, 41)),
    keyId: encodeHex(rest.subarray(41)),
  };
  // One spelling only: two codes with the same content are the same code.
  if (!hasBody(claim, body)) throw new QrError('invalid-qr', '二维码内容不规范');
  return claim;
}

function hasBody(claim: QrClaim, body: Uint8Array): boolean {
  try {
    return equalBytes(encodeClaim(claim), body);
  } catch (cause) {
    if (cause instanceof QrError) return false;
    throw cause;
  }
}

/**
 * Bits of a code of version 10 to 26. `#` is no letter of the alphanumeric mode, so a code has three segments: to `/V/`,
 * one byte, payload. A header takes 15 bits (alphanumeric) or 20 (byte); 11 bits hold two letters.
 */
function qrBits(text: string): number {
  const [prefix = '', payload = ''] = text.split('#');
  const alphanumeric = (letters: string) => 15 + Math.ceil((letters.length * 11) / 2);
  const inAlphanumeric = /^[0-9A-Z $%*+\-./:]*$/.test(prefix);
  return (inAlphanumeric ? alphanumeric(prefix) + 20 : 20 + prefix.length * 8) + 8 + alphanumeric(payload);
}

/** Base 36 without the root, the dots and the check character: 38 bytes instead of 77. */
function encodeIdentifier(text: string): Uint8Array<ArrayBuffer> {
  const { type, issuer, serial, version } = parseCertificateIdentifier(text);
  const digits = type + (issuer.length === 6 ? 'R' : 'U') + issuer + version + serial;
  let number = 1n;
  for (const digit of digits) number = number * RADIX + BigInt(Number.parseInt(digit, 36));
  const bytes: number[] = [];
  for (; number > 0n; number >>= 8n) bytes.unshift(Number(number & 255n));
  if (bytes.length > 255) throw new QrError('invalid-claim', '证照标识过长');
  return Uint8Array.from(bytes);
}

function decodeIdentifier(bytes: Uint8Array): string {
  let number = bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
  let digits = '';
  for (; number > 1n; number /= RADIX) digits = (number % RADIX).toString(36).toUpperCase() + digits;
  const [, type, long, short, version, serial] = /^(.{21})(?:U(.{18})|R(.{6}))(.{3})(.+)$/.exec(digits) ?? [];
  const issuer = long ?? short;
  if (!type || !issuer || !version || !serial || number !== 1n)
    throw new QrError('invalid-qr', '二维码内容不规范');
  try {
    return formatCertificateIdentifier({ type, issuer, version, serial });
  } catch (cause) {
    throw new QrError('invalid-qr', '二维码中的证照标识不规范', { cause });
  }
}

function encodeNumber(number: number): Uint8Array<ArrayBuffer> {
  if (!Number.isInteger(number) || number < 0 || number >= 2 ** 24)
    throw new QrError('invalid-claim', 'a number does not fit into 24 bits');
  return Uint8Array.of(number >>> 16, (number >>> 8) & 255, number & 255);
}

function decodeNumber(bytes: Uint8Array): number {
  return bytes.reduce((number, byte) => number * 256 + byte, 0);
}

function encodeDay(day: string): number {
  const time = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(time) || decodeDay(time / DAY_MS) !== day)
    throw new QrError('invalid-claim', `不是日期：${day}`);
  return time / DAY_MS;
}

/** A number beyond the year 9999 becomes a text that encodeDay refuses. */
function decodeDay(number: number): string {
  return new Date(number * DAY_MS).toISOString().replace(/T.*$/, '');
}

/** The first byte, whatever the rest is: eight digits are five bytes. */
function versionOf(payload: string): number {
  return decode(payload.slice(0, 8))[0] ?? 0;
}

function decode(payload: string): Uint8Array {
  try {
    return parseBase32(payload.toUpperCase());
  } catch (cause) {
    throw new QrError('invalid-qr', '二维码内容不规范', { cause });
  }
}
