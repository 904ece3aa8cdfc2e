import { EncodingError } from './errors.ts';

/** Bytes → base64 with padding (RFC 4648 §4). */
export function encodeBase64(bytes: Uint8Array): string {
  let binary = '';
  // In slices: an argument list of a whole file would overflow the stack.
  for (let i = 0; i < bytes.length; i += 0x2000)
    binary += String.fromCharCode(...bytes.subarray(i, i + 0x2000));
  return btoa(binary);
}

/**
 * Base64 with padding → bytes.
 * @throws EncodingError `invalid-base64`, also for loose bits in the last digit: every byte string has one spelling.
 */
export function parseBase64(text: string): Uint8Array<ArrayBuffer> {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) {
    throw new EncodingError('invalid-base64', 'not base64 with padding');
  }
  const binary = decode(text);
  const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
  if (encodeBase64(bytes) !== text) throw new EncodingError('invalid-base64', 'loose bits at the end');
  return bytes;
}

/** Bytes → base64url without padding (RFC 4648 §5). */
export function encodeBase64Url(bytes: Uint8Array): string {
  return encodeBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** Base64url without padding → bytes. @throws EncodingError `invalid-base64` */
export function parseBase64Url(text: string): Uint8Array<ArrayBuffer> {
  if (!/^[A-Za-z0-9_-]*$/.test(text))
    throw new EncodingError('invalid-base64', 'not base64url without padding');
  const padded = text.replaceAll('-', '+').replaceAll('_', '/');
  return parseBase64(padded + '='.repeat((4 - (padded.length % 4)) % 4));
}

function decode(text: string): string {
  try {
    return atob(text);
  } catch (cause) {
    throw new EncodingError('invalid-base64', 'not base64', { cause });
  }
}
