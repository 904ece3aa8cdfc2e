import { expect, test } from '@jest/globals';
import { fromUtf8, utf8 } from '@mandate/encoding';
import { ed25519 } from '@noble/curves/ed25519.js';
import { runReadmeExample } from '../../../test/support/readme-example.ts';
import * as transparencyLog from './index.ts';

test('the example of the README proves a leaf and reads another', async () => {
  const origin = 'registry.example/lists';
  const seed = new Uint8Array(32).fill(1);
  const key = transparencyLog.verifierKey(origin, ed25519.getPublicKey(seed));
  const names = { ...transparencyLog, utf8, fromUtf8, origin, seed, key };
  expect(await runReadmeExample(import.meta.url, names, '[checkpoint.size, fromUtf8(leaf)]')).toEqual([
    2,
    'first',
  ]);
});
