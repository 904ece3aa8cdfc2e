import canonicalize from 'canonicalize';
import { fromUtf8, utf8 } from './bytes.ts';
import { EncodingError } from './errors.ts';
import { encodeHex } from './hex.ts';
import { plainCanonical } from './plain-canonical.ts';
import { sha256 } from './sha256.ts';
import { isUsualText } from './usual-text.ts';

export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json | undefined };

/**
 * Value → canonical JSON (RFC 8785). Properties that are `undefined` are absent.
 * @throws EncodingError `invalid-json` for what JSON has no word for: NaN, Infinity, lone surrogates.
 */
export function canonicalBytes(value: Json): Uint8Array<ArrayBuffer> {
  return utf8(canonicalText(value));
}

/** The same as text, of which the bytes are the UTF-8. @throws EncodingError `invalid-json` */
export function canonicalText(value: Json): string {
  let text: string | undefined;
  try {
    text = plainCanonical(value) ?? canonicalize(value);
  } catch (cause) {
    throw new EncodingError('invalid-json', 'no canonical form', { cause });
  }
  if (text === undefined || !text.isWellFormed())
    throw new EncodingError('invalid-json', 'no canonical form');
  return text;
}

/** UTF-8 JSON text → value. @throws EncodingError `invalid-json` | `invalid-text` */
export function parseJson(bytes: Uint8Array): Json {
  return parseJsonText(fromUtf8(bytes));
}

/** JSON text → value. @throws EncodingError `invalid-json` */
export function parseJsonText(text: string): Json {
  try {
    // JSON.parse yields exactly the Json type; its declared result is any.
    return JSON.parse(text) as Json;
  } catch (cause) {
    throw new EncodingError('invalid-json', 'not JSON', { cause });
  }
}

/** Canonical bytes → the name of the blob, `sha256:` and 64 lower-case hex digits. */
export function blobName(bytes: Uint8Array): string {
  return `sha256:${encodeHex(sha256(bytes))}`;
}

/**
 * Text as it enters a blob (formats §1.2): NFC, `\n` for every line end, no blanks at either end, no control
 * characters but the line end and the tab.
 */
export function cleanText(text: string): string {
  if (isUsualText(text)) return text.trim();
  return (
    text
      .replace(/\r\n?|\u2028|\u2029/g, '\n')
      // eslint-disable-next-line no-control-regex -- control characters are just what this removes
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufeff]/g, '')
      .normalize('NFC')
      .trim()
  );
}
