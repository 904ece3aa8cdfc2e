import { CertificatePdfError } from './errors.ts';
import { codesOf } from './characters.ts';
import { parseCharacterMap, parseVariations } from './character-map.ts';

/** What the page needs of a TrueType font; lengths in font units. */
export interface Sfnt {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly tables: ReadonlyMap<string, { offset: number; length: number }>;
  readonly name: string;
  readonly unitsPerEm: number;
  readonly ascent: number;
  readonly descent: number;
  readonly box: readonly [number, number, number, number];
  readonly glyphCount: number;
  /** one of `charactersOf` → glyph, 0 if the font has none in that very form */
  readonly glyphOf: (character: string) => number;
  readonly advanceOf: (glyph: number) => number;
  /** glyph → its place in `bytes`; of length 0 for a glyph without outline */
  readonly outlineRange: (glyph: number) => { start: number; end: number };
}

/**
 * A whole TrueType font (OpenType 1.9 with `glyf` outlines) → its metrics and its character map.
 * @throws CertificatePdfError `bad-font`
 */
export function parseSfnt(bytes: Uint8Array): Sfnt {
  return coded(read)(bytes);
}

/** A read past the end of a damaged font is a RangeError of the DataView. */
function coded<In, Out>(read: (input: In) => Out): (input: In) => Out {
  return (input) => {
    try {
      return read(input);
    } catch (cause) {
      if (cause instanceof CertificatePdfError) throw cause;
      throw new CertificatePdfError('bad-font', '字体文件损坏，请换用完整的 TrueType 字体。', [], { cause });
    }
  };
}

function read(bytes: Uint8Array): Sfnt {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || view.getUint32(0) !== 0x00010000)
    throw new CertificatePdfError('bad-font', '不是 TrueType 字体（.ttf）。');
  const tables = new Map<string, { offset: number; length: number }>();
  for (let i = 0; i < view.getUint16(4); i += 1) {
    const record = 12 + i * 16;
    const tag = String.fromCharCode(...bytes.subarray(record, record + 4));
    const offset = view.getUint32(record + 8);
    const length = view.getUint32(record + 12);
    if (offset + length > bytes.length) throw new CertificatePdfError('bad-font', `字体的 ${tag} 表不完整。`);
    tables.set(tag, { offset, length });
  }
  const table = (tag: string) => {
    const found = tables.get(tag);
    if (!found) throw new CertificatePdfError('bad-font', `字体缺少 ${tag} 表。`);
    return found.offset;
  };

  const head = table('head');
  const hhea = table('hhea');
  const hmtx = table('hmtx');
  const loca = table('loca');
  const glyf = table('glyf');
  const advances = view.getUint16(hhea + 34);
  const plain = parseCharacterMap(view, table('cmap'));
  const variation = parseVariations(view, table('cmap'), plain);
  const glyphCount = view.getUint16(table('maxp') + 4);
  const longOffsets = view.getInt16(head + 50) === 1;
  const outlineAt = (glyph: number) =>
    glyf + (longOffsets ? view.getUint32(loca + glyph * 4) : view.getUint16(loca + glyph * 2) * 2);

  return {
    bytes,
    view,
    tables,
    name: postScriptName(view, tables.get('name')?.offset),
    unitsPerEm: view.getUint16(head + 18),
    ascent: view.getInt16(hhea + 4),
    descent: view.getInt16(hhea + 6),
    box: [36, 38, 40, 42].map((at) => view.getInt16(head + at)) as [number, number, number, number], // four in, four out
    glyphCount,
    glyphOf: coded((character) => {
      const { code, selector } = codesOf(character);
      return selector === 0 ? plain(code) : variation(code, selector);
    }),
    advanceOf: coded((glyph) => view.getUint16(hmtx + Math.min(glyph, advances - 1) * 4)),
    outlineRange: coded((glyph) => ({ start: outlineAt(glyph), end: outlineAt(glyph + 1) })),
  };
}

/** Name 6 of platform 3 (UTF-16BE); a subset may have lost its names. */
function postScriptName(view: DataView, offset: number | undefined): string {
  if (offset === undefined) return 'Font';
  const storage = offset + view.getUint16(offset + 4);
  for (let i = 0; i < view.getUint16(offset + 2); i += 1) {
    const record = offset + 6 + i * 12;
    if (view.getUint16(record) !== 3 || view.getUint16(record + 6) !== 6) continue;
    const start = storage + view.getUint16(record + 10);
    let name = '';
    for (let at = 0; at < view.getUint16(record + 8); at += 2)
      name += String.fromCharCode(view.getUint16(start + at));
    return name.replace(/[^A-Za-z0-9-]/g, '') || 'Font';
  }
  return 'Font';
}
