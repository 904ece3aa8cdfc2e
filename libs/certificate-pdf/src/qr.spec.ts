import { describe, expect, test } from '@jest/globals';
import jsqr from 'jsqr';
import { SAMPLE_QR } from '../../../test/support/certificate-page.ts';
import { qrModules } from './qr.ts';

// A CommonJS package: the function is the default of the default
const readQr = jsqr as unknown as typeof jsqr.default;

/** Modules → grey pixels as a scanner would see them, with the quiet zone. */
function raster(modules: boolean[][], scale: number): { data: Uint8ClampedArray; size: number } {
  const size = (modules.length + 8) * scale;
  const data = new Uint8ClampedArray(size * size * 4).fill(255);
  for (let y = 0; y < size; y += 1)
    for (let x = 0; x < size; x += 1)
      if (modules[Math.floor(y / scale) - 4]?.[Math.floor(x / scale) - 4])
        data.fill(0, (y * size + x) * 4, (y * size + x) * 4 + 3);
  return { data, size };
}

describe('QR code', () => {
  test('is read back by an outside reader', () => {
    const { data, size } = raster(qrModules(SAMPLE_QR), 3);
    expect(readQr(data, size, size)?.data).toBe(SAMPLE_QR);
  });

  test('puts the payload in the dense alphanumeric mode, though `#` has no place in it', () => {
    // version 11 at level M holds 366 alphanumeric characters, but only 251 bytes
    expect(SAMPLE_QR.length).toBeGreaterThan(251);
    expect(qrModules(SAMPLE_QR).length).toBeLessThanOrEqual(61);
  });

  test.each([
    ['empty', ''],
    ['larger than version 12', `HTTPS://MANDATE.EXAMPLE/V/#${'A'.repeat(420)}`],
    ['larger than any', 'A'.repeat(10_000)],
  ])('refuses a text that is %s', (_, text) => {
    expect(() => qrModules(text)).toThrow(expect.objectContaining({ code: 'bad-qr' }));
  });
});
