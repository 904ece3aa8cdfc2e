import { createHash } from 'node:crypto';

// formats §1, from the text alone.

export const sha256 = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

export class Refused extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

/** RFC 8785: sort() orders by UTF-16 code units, and JSON.stringify spells numbers and strings as it wants them. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.keys(value)
      .sort()
      .map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`);
    return `{${members.join(',')}}`;
  }
  const text = JSON.stringify(value);
  if (text === undefined || (typeof value === 'string' && !value.isWellFormed()))
    throw new Refused('invalid-json');
  return text;
}

/** What is told to be canonical: its value, or a refusal. */
export function parseCanonical(text) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refused('invalid-json');
  }
  if (canonical(value) !== text) throw new Refused('not-canonical');
  return value;
}

export const blobName = (text) => `sha256:${sha256(text).toString('hex')}`;

/** §1.4: one spelling. */
export function base64(text) {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) throw new Refused('invalid-base64');
  return bytes;
}

export function base64url(text) {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.toString('base64url') !== text) throw new Refused('invalid-base64');
  return bytes;
}

export function base58(text) {
  const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
  let number = 0n;
  for (const digit of text) number = number * 58n + BigInt(alphabet.indexOf(digit));
  const hex = number.toString(16);
  const zeros = /^1*/.exec(text)[0].length;
  return Buffer.concat([
    Buffer.alloc(zeros),
    Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex'),
  ]);
}

export function base32(text) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  let bits = '';
  for (const digit of text) bits += alphabet.indexOf(digit).toString(2).padStart(5, '0');
  const whole = bits.slice(0, bits.length - (bits.length % 8));
  if (text.length % 8 === 1 || /1/.test(bits.slice(whole.length)) || bits.length - whole.length > 4)
    throw new Refused('invalid-base32');
  return Buffer.from(whole.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? []);
}

/** §1.4: `z6Mk…` → 32 bytes. */
export function publicKey(text) {
  const bytes = base58(text.slice(1));
  if (text[0] !== 'z' || bytes.length !== 34 || bytes[0] !== 0xed || bytes[1] !== 0x01)
    throw new Refused('invalid-key');
  return bytes.subarray(2);
}
