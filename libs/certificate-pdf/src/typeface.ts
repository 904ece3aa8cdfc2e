import { charactersOf, isShaped, segmentsOf } from './characters.ts';
import { CertificatePdfError } from './errors.ts';
import type { Sfnt } from './sfnt.ts';

/** A glyph of words that are drawn as a whole, in the order in which they stand from left to right; in font units. */
export interface ShapedGlyph {
  readonly glyph: number;
  readonly advance: number;
  readonly x: number;
  readonly y: number;
}

/** Words of one script → their glyphs. HarfBuzz wants WebAssembly from a file, so the caller has it. */
export type Shape = (font: Uint8Array, words: string) => readonly ShapedGlyph[];

/** A font of the page, and the characters drawn with it so far: character → CID, in order of first use. */
export class Face {
  readonly resource: string;
  readonly font: Sfnt;
  readonly cids = new Map<string, number>();

  constructor(resource: string, font: Sfnt) {
    this.resource = resource;
    this.font = font;
  }

  has(character: string): boolean {
    return this.font.glyphOf(character) !== 0;
  }

  /** per em */
  advance(character: string): number {
    return this.font.advanceOf(this.font.glyphOf(character)) / this.font.unitsPerEm;
  }

  /** A CID of its own for each character, so that what is extracted is what was written, even where two share a glyph. */
  cid(character: string): number {
    const known = this.cids.get(character);
    if (known !== undefined) return known;
    const next = this.cids.size + 1;
    this.cids.set(character, next);
    return next;
  }
}

export interface Run {
  readonly face: Face;
  text: string;
  /** of words that are drawn as a whole */
  readonly glyphs?: readonly ShapedGlyph[];
}

/** A face and those that stand in for the rare characters it does not have. */
export class Typeface {
  private readonly faces: readonly Face[];
  private readonly shape: Shape | undefined;
  private readonly shaped = new Map<string, Run | undefined>();

  constructor(faces: readonly Face[], shape?: Shape) {
    this.faces = faces;
    this.shape = shape;
  }

  find(character: string): Face | undefined {
    return this.faces.find((face) => face.has(character));
  }

  /** @throws CertificatePdfError `missing-glyph` */
  get(character: string): Face {
    const face = this.find(character);
    if (!face) throw missingGlyph([character]);
    return face;
  }

  /** in points at `size` */
  width(text: string, size: number): number {
    let ems = 0;
    for (const run of this.runs(text)) {
      if (run.glyphs)
        ems += run.glyphs.reduce((sum, { advance }) => sum + advance, 0) / run.face.font.unitsPerEm;
      else for (const character of charactersOf(run.text)) ems += run.face.advance(character);
    }
    return ems * size;
  }

  /** @throws CertificatePdfError `missing-glyph` */
  runs(text: string): Run[] {
    const runs: Run[] = [];
    for (const segment of segmentsOf(text)) {
      if (segment.shaped) {
        runs.push(this.getWords(segment.text));
        continue;
      }
      for (const character of charactersOf(segment.text)) {
        const face = this.get(character);
        const last = runs.at(-1);
        if (last?.face === face && !last.glyphs) last.text += character;
        else runs.push({ face, text: character });
      }
    }
    return runs;
  }

  /** Characters that would come out as an empty box, as nothing, or in another place than they are read. */
  missing(text: string): string[] {
    const missing = text
      .split('\n')
      .flatMap(segmentsOf)
      .flatMap((segment) =>
        segment.shaped ? this.missingWords(segment.text) : this.missingCharacters(segment.text),
      );
    return [...new Set(missing)];
  }

  private missingCharacters(text: string): string[] {
    return charactersOf(text).filter((character) => {
      // Controls and format characters (bidi overrides), private use, combining marks without a letter that they belong to.
      if (/^[\p{C}\p{M}]/u.test(character)) return true;
      const face = this.find(character);
      if (!face) return true;
      const { start, end } = face.font.outlineRange(face.font.glyphOf(character));
      return end <= start && !/^\p{Zs}/u.test(character);
    });
  }

  private missingWords(words: string): string[] {
    if (this.findWords(words) !== undefined) return [];
    const letters = charactersOf(words).filter(isShaped);
    const nowhere = letters.filter((letter) => this.find(letter) === undefined);
    // No font has all of them, or nobody here can put them together.
    return nowhere.length > 0 ? nowhere : letters;
  }

  private getWords(words: string): Run {
    const run = this.findWords(words);
    if (run === undefined) throw missingGlyph(this.missingWords(words));
    return run;
  }

  /** Letters of two fonts do not join: the first one that has all of them. */
  private findWords(words: string): Run | undefined {
    if (this.shaped.has(words)) return this.shaped.get(words);
    const face = this.faces.find((one) => charactersOf(words).every((character) => one.has(character)));
    const glyphs = face && this.shape?.(face.font.bytes, words);
    const run = face && glyphs?.every(({ glyph }) => glyph !== 0) ? { face, text: words, glyphs } : undefined;
    this.shaped.set(words, run);
    return run;
  }
}

export function missingGlyph(characters: readonly string[]): CertificatePdfError {
  const named = characters.map((c) => `${c}（${[...c].map(codeOf).join(' ')}）`);
  return new CertificatePdfError(
    'missing-glyph',
    `字体中没有这些字：${named.join('、')}。请核对用字，或请管理员为登记系统配置含有这些字的字体后再签发。`,
    characters,
  );
}

function codeOf(sign: string): string {
  return `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
