import type { Shape } from '@mandate/certificate-pdf';
import { Blob as FontFile, Buffer as Words, Face, Font, shape } from 'harfbuzzjs';

/** Fonts by their bytes, which are read once and kept. */
const fonts = new WeakMap<Uint8Array, Font>();

/**
 * Words whose letters join or change place (Uyghur, Tibetan, Mongolian) → glyphs, as HarfBuzz puts them together. Direction and
 * script are those of the words.
 */
export const shapeWords: Shape = (bytes, text) => {
  const font = fonts.get(bytes) ?? new Font(new Face(new FontFile(bytes)));
  fonts.set(bytes, font);
  const words = new Words();
  words.addText(text);
  words.guessSegmentProperties();
  shape(font, words);
  const places = words.getGlyphPositions();
  return words.getGlyphInfos().map(({ codepoint }, n) => {
    const { xAdvance = 0, xOffset = 0, yOffset = 0 } = places[n] ?? {};
    return { glyph: codepoint, advance: xAdvance, x: xOffset, y: yOffset };
  });
};
