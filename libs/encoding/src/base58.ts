import { EncodingError } from './errors.ts';

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** Bytes → base58btc, the digits of a multibase `z…` value. Quadratic: for keys and signatures, not for files. */
export function encodeBase58(bytes: Uint8Array): string {
  let zeros = 0;
  while (bytes[zeros] === 0) zeros += 1;
  let number = bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
  let text = '';
  for (; number > 0n; number /= 58n) text = ALPHABET.charAt(Number(number % 58n)) + text;
  return '1'.repeat(zeros) + text;
}

/** Base58btc → bytes. @throws EncodingError `invalid-base58`, also beyond 256 digits (no key or signature is longer). */
export function parseBase58(text: string): Uint8Array<ArrayBuffer> {
  if (text.length > 256) throw new EncodingError('invalid-base58', 'too long');
  let number = 0n;
  for (const char of text) {
    const value = ALPHABET.indexOf(char);
    if (value < 0) throw new EncodingError('invalid-base58', `no base58 digit: ${char}`);
    number = number * 58n + BigInt(value);
  }
  const tail: number[] = [];
  for (; number > 0n; number >>= 8n) tail.unshift(Number(number & 255n));
  const zeros = /^1*/.exec(text)?.[0].length ?? 0;
  return Uint8Array.from([...new Array<number>(zeros).fill(0), ...tail]);
}
