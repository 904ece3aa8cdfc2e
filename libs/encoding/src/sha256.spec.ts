import { afterEach, expect, test } from '@jest/globals';
import { utf8 } from './bytes.ts';
import { encodeHex } from './hex.ts';
import { sha256, useNativeSha256 } from './sha256.ts';

afterEach(() => useNativeSha256(undefined));

const NAME = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

test('without another it is worked out here', () => {
  expect(encodeHex(sha256(utf8('abc')))).toBe(NAME);
});

test('one of the place is asked instead, and what it gave is copied', () => {
  const given = new Uint8Array(32).fill(7);
  useNativeSha256(() => given);
  const hash = sha256(utf8('abc'));
  given.fill(0);
  expect(hash).toEqual(new Uint8Array(32).fill(7));
});
