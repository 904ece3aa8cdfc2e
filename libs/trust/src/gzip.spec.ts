import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { gunzip, gzip, GzipError } from './gzip.ts';

const LIMIT = 16_384;
const text = new TextEncoder().encode('明权'.repeat(100));

function codeOf(bytes: Uint8Array): string {
  try {
    gunzip(bytes, LIMIT);
    return 'read';
  } catch (error) {
    return error instanceof GzipError ? error.code : String(error);
  }
}

describe('gunzip', () => {
  test('gives what gzip took, also from another program, up to the very limit', () => {
    expect(gunzip(gzip(text), LIMIT)).toEqual(text);
    expect(gunzip(new Uint8Array(gzipSync(text)), LIMIT)).toEqual(text);
    expect(gunzip(gzip(new Uint8Array(LIMIT)), LIMIT)).toEqual(new Uint8Array(LIMIT));
  });

  test('leaves a bomb as soon as it has grown beyond the limit', () => {
    expect(codeOf(gzip(new Uint8Array(LIMIT + 1)))).toBe('too-large');
    expect(codeOf(gzip(new Uint8Array(8 * 2 ** 20)))).toBe('too-large');
  });

  test.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array()],
    ['the same in the wrapper of zlib', new Uint8Array(deflateSync(text))],
    ['a file that ends in its text', gzip(text).subarray(0, -9)],
    ['a file that ends in its checksum', gzip(text).subarray(0, -1)],
    [
      'a checksum of other bytes',
      gzip(text).map((byte, at, { length }) => (at === length - 8 ? byte ^ 1 : byte)),
    ],
  ])('refuses %s', (_, bytes) => {
    expect(codeOf(bytes)).toBe('invalid');
  });
});
