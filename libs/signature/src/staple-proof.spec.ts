import { describe, expect, test } from '@jest/globals';
import { readSignedPdf, signPdf, SignatureError, stapleProof } from '@mandate/signature';
import fc from 'fast-check';
import { makeSamplePage } from '../../../test/support/sample-page.ts';
import { makeTestAuthority } from '../../../test/support/test-authority.ts';

const { signer } = makeTestAuthority();
const page = await makeSamplePage();
const { pdf } = await signPdf(page, { signer, signedAt: new Date('2026-03-04T05:06:07Z') });
const plain = await readSignedPdf(pdf);

function codeOf(staple: () => unknown): string {
  try {
    staple();
    return 'accepted';
  } catch (error) {
    return error instanceof SignatureError ? error.code : `no SignatureError: ${String(error)}`;
  }
}

describe('stapleProof', () => {
  test('keeps length, byte range and digest, and is read back', async () => {
    const proof = new TextEncoder().encode('c2sp.org/tlog-proof@v1\n');
    const stapled = stapleProof(pdf, proof);
    expect(stapled.length).toBe(pdf.length);
    expect(await readSignedPdf(stapled)).toEqual({ ...plain, proof });
  });

  test('replaces an earlier proof, also by a shorter one', () => {
    const [long, short] = [new Uint8Array(5_000).fill(7), Uint8Array.of(8)];
    expect(stapleProof(stapleProof(pdf, long), short)).toEqual(stapleProof(pdf, short));
  });

  test('carries any bytes up to the room', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 13_000, size: 'max' }), async (proof) => {
        expect((await readSignedPdf(stapleProof(pdf, proof))).proof).toEqual(proof);
      }),
      { numRuns: 20 },
    );
  });

  test('refuses a proof beyond the room', () => {
    expect(codeOf(() => stapleProof(pdf, new Uint8Array(16_384)))).toBe('no-room');
  });

  test.each([
    ['an unsigned file', page],
    ['no file', new Uint8Array()],
    ['a file with something appended', Uint8Array.from([...pdf, 10])],
  ])('refuses %s', (_, file) => {
    expect(codeOf(() => stapleProof(file, Uint8Array.of(1)))).toBe('unsuitable-pdf');
  });
});
