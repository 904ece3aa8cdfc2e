import { Readable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { IMPORT_LIMITS } from '@mandate/list-files';
import { withUpload } from './upload-bodies.ts';

const PIECE = Buffer.alloc(8 * 2 ** 20);

/** A request of so many bytes, of which no more than a piece is there at once. */
function requestOf(bytes: number): Readable {
  return Readable.from(
    (function* () {
      for (let left = bytes; left > 0; left -= PIECE.length) yield PIECE.subarray(0, left);
    })(),
    { objectMode: false },
  );
}
const sizeOf = (bytes: Uint8Array): Promise<number> => Promise.resolve(bytes.length);

describe('an upload', () => {
  test('of the largest size is taken, of a byte more it is refused', async () => {
    const { uploadBytes } = IMPORT_LIMITS;
    expect(await withUpload(requestOf(uploadBytes), sizeOf)).toBe(uploadBytes);
    await expect(withUpload(requestOf(uploadBytes + 1), sizeOf)).rejects.toMatchObject({ code: 'too-large' });
  });

  test('is refused for now while others hold all that may be held, and taken when one is answered', async () => {
    const { uploadBytes, heldUploadBytes } = IMPORT_LIMITS;
    const count = Math.floor(heldUploadBytes / uploadBytes);
    const answers: (() => void)[] = [];
    const others: Promise<void>[] = [];
    for (let n = 0; n < count; n += 1) {
      // Held, or refused: a test that waits for what does not come never ends.
      const held = new Promise<void>((hold) => {
        const answered = new Promise<void>((resolve) => answers.push(resolve));
        others.push(
          withUpload(requestOf(uploadBytes), () => {
            hold();
            return answered;
          }),
        );
      });
      await Promise.race([held, others[n]]);
    }
    const rest = heldUploadBytes - count * uploadBytes;
    await expect(withUpload(requestOf(rest + 1), sizeOf)).rejects.toMatchObject({
      code: 'reading-busy',
      retryAfterSeconds: 60,
    });
    expect(await withUpload(requestOf(rest), sizeOf)).toBe(rest);
    answers.forEach((answer) => answer());
    await Promise.all(others);
    expect(await withUpload(requestOf(uploadBytes), sizeOf)).toBe(uploadBytes);
  });

  test('that fails, or breaks off, holds nothing afterwards', async () => {
    const failing = (): Promise<never> => Promise.reject(new Error('no list'));
    for (let n = 0; n < 5; n += 1) {
      await expect(withUpload(requestOf(IMPORT_LIMITS.uploadBytes), failing)).rejects.toThrow('no list');
      const broken = requestOf(IMPORT_LIMITS.uploadBytes);
      broken.once('data', () => broken.destroy(new Error('gone')));
      await expect(withUpload(broken, sizeOf)).rejects.toThrow();
    }
    expect(await withUpload(requestOf(10), sizeOf)).toBe(10);
  });

  test('without a file says what to send', async () => {
    await expect(withUpload(undefined, sizeOf)).rejects.toMatchObject({ code: 'not-a-workbook' });
  });
});
