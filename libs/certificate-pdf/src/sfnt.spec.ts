import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { pageFonts, subset } from '../../../test/support/certificate-page.ts';
import { CertificatePdfError } from './errors.ts';
import { glyphContours } from './outline.ts';
import { parseSfnt } from './sfnt.ts';

const TEXT = '示例食品经营许可证𬭎0123456789';
let small: Uint8Array;

beforeAll(async () => {
  small = await subset((await pageFonts()).sans, TEXT);
});

function readEverything(bytes: Uint8Array): void {
  const font = parseSfnt(bytes);
  for (const character of TEXT) {
    const glyph = font.glyphOf(character);
    font.advanceOf(glyph);
    glyphContours(font, glyph);
  }
}

describe('TrueType reading', () => {
  test('finds the same glyph widths in the whole font and in its subset, in all planes', async () => {
    const whole = parseSfnt((await pageFonts()).sans);
    const part = parseSfnt(small);
    for (const character of TEXT) {
      expect(part.glyphOf(character)).toBeGreaterThan(0);
      expect(part.advanceOf(part.glyphOf(character))).toBe(whole.advanceOf(whole.glyphOf(character)));
      expect(glyphContours(part, part.glyphOf(character))).toEqual(
        glyphContours(whole, whole.glyphOf(character)),
      );
    }
    expect(part.glyphOf('缺')).toBe(0);
    expect(whole.name).toBe('NotoSansSC-Regular');
  });

  test('reads the first plane from a font whose character map has only format 4', async () => {
    const part = parseSfnt(await subset((await pageFonts()).serif, '食品A'));
    expect(part.glyphOf('品')).toBeGreaterThan(0);
    expect(part.glyphOf('晶')).toBe(0);
    expect(part.glyphOf('\u{2cb4e}')).toBe(0);
  });

  test('the figures of the sans are of one width, as codes need', async () => {
    const font = parseSfnt((await pageFonts()).sans);
    const widths = [...'0123456789'].map((c) => font.advanceOf(font.glyphOf(c)));
    expect(new Set(widths).size).toBe(1);
  });

  test('a damaged font is a coded error, whatever is damaged', () => {
    const coded = (bytes: Uint8Array) => {
      try {
        readEverything(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(CertificatePdfError);
        expect(error).toHaveProperty('code', 'bad-font');
      }
    };
    fc.assert(
      fc.property(fc.integer({ min: 0, max: small.length - 1 }), (end) => coded(small.slice(0, end))),
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: small.length - 1 }), fc.integer({ min: 0, max: 255 })), {
          minLength: 1,
          maxLength: 20,
        }),
        (changes) => {
          const bytes = small.slice();
          for (const [at, value] of changes) bytes[at] = value;
          coded(bytes);
        },
      ),
      { numRuns: 300 },
    );
    expect(() => parseSfnt(small.slice(0, 100))).toThrow(CertificatePdfError);
    expect(() => parseSfnt(new Uint8Array())).toThrow('TrueType');
  });
});
