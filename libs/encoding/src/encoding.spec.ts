import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  blobName,
  canonicalBytes,
  cleanText,
  EncodingError,
  encodeBase32,
  encodeBase58,
  encodeBase64,
  encodeBase64Url,
  encodeHex,
  fromUtf8,
  type Json,
  parseBase32,
  parseBase58,
  parseBase64,
  parseBase64Url,
  parseHex,
  parseJson,
  sha256,
  utf8,
} from './index.ts';
import { isUsualText } from './usual-text.ts';

const CODECS = [
  ['hex', encodeHex, parseHex],
  ['base32', encodeBase32, parseBase32],
  ['base58', encodeBase58, parseBase58],
  ['base64', encodeBase64, parseBase64],
  ['base64url', encodeBase64Url, parseBase64Url],
] as const;

describe.each(CODECS)('%s', (_name, encode, parse) => {
  test('reads back what it wrote', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(parse(encode(bytes))).toEqual(bytes);
      }),
    );
  });

  test('has one spelling for each byte string and throws nothing but EncodingError', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String(), fc.stringMatching(/^[A-Z2-7]*$/)), (text) => {
        let bytes;
        try {
          bytes = parse(text);
        } catch (error) {
          expect(error).toBeInstanceOf(EncodingError);
          return;
        }
        expect(encode(bytes)).toBe(text);
      }),
    );
  });
});

test.each([
  ['f', 'MY'],
  ['foobar', 'MZXW6YTBOI'],
])('base32 of %s is the one of RFC 4648', (text, encoded) => {
  expect(encodeBase32(utf8(text))).toBe(encoded);
});

test('base64 of a file larger than an argument list', () => {
  const bytes = new Uint8Array(1_000_000).fill(255);
  expect(parseBase64(encodeBase64(bytes))).toEqual(bytes);
});

describe('canonical JSON (RFC 8785)', () => {
  test('orders by UTF-16 units and writes numbers as ECMAScript does', () => {
    const value = { '\u20ac': 1, '\r': 2, '1': 3, '\ud83d\ude02': 4, a: [1e30, 4.5, 2e-3, true, null] };
    expect(fromUtf8(canonicalBytes(value))).toBe(
      '{"\\r":2,"1":3,"a":[1e+30,4.5,0.002,true,null],"€":1,"😂":4}',
    );
  });

  test('is the same whatever the order of properties, and reads back', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse());
        let bytes;
        try {
          bytes = canonicalBytes(value);
        } catch (error) {
          expect(error).toBeInstanceOf(EncodingError);
          return;
        }
        expect(canonicalBytes(turned as Json)).toEqual(bytes);
        expect(canonicalBytes(parseJson(bytes))).toEqual(bytes);
      }),
    );
  });

  test.each([[Number.NaN], [Infinity], ['\ud800']])('refuses %p', (value) => {
    expect(() => canonicalBytes({ value })).toThrow(EncodingError);
  });

  test('names a blob by the hash of its bytes', () => {
    expect(encodeHex(sha256(utf8('abc')))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
    expect(blobName(utf8('abc'))).toBe(`sha256:${encodeHex(sha256(utf8('abc')))}`);
  });
});

test('text enters a blob in one form, whatever the keyboard or the spreadsheet did', () => {
  expect(cleanText(' \ufeff第一行\r\n第二行\r第三行\u0007 ')).toBe('第一行\n第二行\n第三行');
  expect(cleanText('e\u0301')).toBe('é');
});

test('a text is cleaned alike whether one look is enough for it or not', () => {
  const slow = (text: string): string =>
    text
      .replace(/\r\n?|\u2028|\u2029/g, '\n')
      // eslint-disable-next-line no-control-regex -- as formats §1.2 says
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufeff]/g, '')
      .normalize('NFC')
      .trim();
  for (let code = 0; code <= 0xffff; code += 1) {
    const text = `a${String.fromCharCode(code)}`;
    if (cleanText(text) !== slow(text)) throw new Error(`U+${code.toString(16)}`);
  }
  const sign = fc.constantFrom(
    ...'aé甲か，「·…①ÅΩ　 \t\n\r\u0007\u0301\u0327\u1100\u1161\u11a8\u3099\u302a\u2028\u212b\ufeff\uf900',
  );
  fc.assert(
    fc.property(fc.string({ unit: sign }), (text) => {
      expect(cleanText(text)).toBe(slow(text));
    }),
  );
});

test('what is quickly seen to need no cleaning is what cleaning leaves as it is', () => {
  const usual = Array.from({ length: 0x10000 }, (_, unit) => String.fromCharCode(unit)).filter(isUsualText);
  expect(usual.length).toBeGreaterThan(20_000);
  const changed = usual.filter(
    (sign) => sign.normalize('NFC') !== sign || /[\r\u2028\u2029\ufeff]|(?![\n\t])\p{Cc}|\p{M}/u.test(sign),
  );
  expect(changed).toEqual([]);
});
