import { CertificatePdfError } from './errors.ts';
import type { Sfnt } from './sfnt.ts';

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
    return this.font.glyphOf(codePointOf(character)) !== 0;
  }

  /** per em */
  advance(character: string): number {
    return this.font.advanceOf(this.font.glyphOf(codePointOf(character))) / this.font.unitsPerEm;
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
  face: Face;
  text: string;
}

/** A face and those that stand in for the rare characters it does not have. */
export class Typeface {
  private readonly faces: readonly Face[];

  constructor(faces: readonly Face[]) {
    this.faces = faces;
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
    for (const character of text) ems += this.get(character).advance(character);
    return ems * size;
  }

  runs(text: string): Run[] {
    const runs: Run[] = [];
    for (const character of text) {
      const face = this.get(character);
      const last = runs.at(-1);
      if (last?.face === face) last.text += character;
      else runs.push({ face, text: character });
    }
    return runs;
  }

  /** Characters that would come out as an empty box, as nothing, or in another place than they are read. */
  missing(text: string): string[] {
    return [...new Set(text.replaceAll('\n', ''))].filter((character) => {
      // Controls and format characters (bidi overrides), private use, combining marks: nothing here shapes text.
      if (/[\p{C}\p{M}]/u.test(character)) return true;
      const face = this.find(character);
      if (!face) return true;
      const { start, end } = face.font.outlineRange(face.font.glyphOf(codePointOf(character)));
      return end <= start && !/\p{Zs}/u.test(character);
    });
  }
}

export function missingGlyph(characters: readonly string[]): CertificatePdfError {
  const named = characters.map(
    (c) => `${c}（U+${codePointOf(c).toString(16).toUpperCase().padStart(4, '0')}）`,
  );
  return new CertificatePdfError(
    'missing-glyph',
    `字体中没有这些字：${named.join('、')}。请核对用字，或为登记系统配置含有这些字的字体后再签发。`,
    characters,
  );
}

function codePointOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}
