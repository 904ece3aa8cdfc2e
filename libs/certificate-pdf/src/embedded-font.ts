import { encodeHex, sha256, utf8 } from '@mandate/encoding';
import { PDFHexString, PDFString, type PDFContext, type PDFRef } from 'pdf-lib';
import { CertificatePdfError } from './errors.ts';
import { parseSfnt } from './sfnt.ts';
import type { Face } from './typeface.ts';

/** Cuts a TrueType font down to the characters of `text`. HarfBuzz wants WebAssembly from a file, so the caller has it. */
export type Subset = (font: Uint8Array, text: string) => Promise<Uint8Array>;

/** What a certificate's fonts keep (options of the npm package `subset-font`): nothing here hints or shapes text. */
export const SUBSET_OPTIONS = {
  targetFormat: 'truetype',
  noHinting: true,
  noLayoutClosure: true,
  dropTables: ['BASE', 'GDEF', 'GPOS', 'GSUB', 'STAT', 'gasp', 'name', 'prep', 'vhea', 'vmtx'],
} as const;

/**
 * Embeds the characters drawn with a face as a composite font (ISO 32000-1, 9.7): Identity-H, a CID for each
 * character, a map from CID to glyph, and a ToUnicode map that says exactly what was written.
 * @throws CertificatePdfError `bad-font`
 */
export async function embedFace(context: PDFContext, face: Face, subset: Subset): Promise<PDFRef> {
  const { font } = face;
  const characters = [...face.cids.keys()];
  const bytes = await subset(font.bytes, characters.join(''));
  const small = parseSfnt(bytes);
  const glyphs = characters.map((character) => small.glyphOf(character));
  if (glyphs.includes(0))
    throw new CertificatePdfError('bad-font', '字体子集缺字：子集工具没有保留全部用字。');

  const perEm = 1000 / font.unitsPerEm;
  const metric = (value: number) => Math.round(value * perEm);
  const name = `${subsetTag(font.name, characters)}+${font.name}`;
  const descriptor = context.obj({
    Type: 'FontDescriptor',
    FontName: name,
    Flags: 4,
    FontBBox: font.box.map(metric),
    ItalicAngle: 0,
    Ascent: metric(font.ascent),
    Descent: metric(font.descent),
    CapHeight: metric(font.unitsPerEm * 0.73),
    StemV: 80,
    FontFile2: context.register(context.flateStream(bytes, { Length1: bytes.length })),
  });
  const descendant = context.obj({
    Type: 'Font',
    Subtype: 'CIDFontType2',
    BaseFont: name,
    CIDSystemInfo: { Registry: PDFString.of('Adobe'), Ordering: PDFString.of('Identity'), Supplement: 0 },
    FontDescriptor: context.register(descriptor),
    DW: 1000,
    W: [1, characters.map((character) => metric(face.advance(character) * font.unitsPerEm))],
    CIDToGIDMap: context.register(context.flateStream(glyphMap(glyphs))),
  });
  return context.register(
    context.obj({
      Type: 'Font',
      Subtype: 'Type0',
      BaseFont: name,
      Encoding: 'Identity-H',
      DescendantFonts: [context.register(descendant)],
      ToUnicode: context.register(context.flateStream(toUnicode(characters))),
    }),
  );
}

/** CID 0 is .notdef; two bytes each. */
function glyphMap(glyphs: number[]): Uint8Array {
  const map = new Uint8Array((glyphs.length + 1) * 2);
  glyphs.forEach((glyph, i) => map.set([glyph >> 8, glyph & 0xff], (i + 1) * 2));
  return map;
}

/** Six capital letters that tell this subset from another of the same font (9.6.4). */
function subsetTag(name: string, characters: string[]): string {
  const digest = sha256(utf8(`${name}:${characters.join('')}`));
  return String.fromCharCode(...digest.subarray(0, 6).map((byte) => 65 + (byte % 26)));
}

/** A ToUnicode CMap (9.10.3), at most 100 mappings a block. */
function toUnicode(characters: string[]): string {
  const hex = (value: number) => value.toString(16).padStart(4, '0');
  const utf16 = (text: string) =>
    Array.from({ length: text.length }, (_, i) => hex(text.charCodeAt(i))).join('');
  const lines = characters.map((character, i) => `<${hex(i + 1)}> <${utf16(character)}>`);
  const blocks: string[] = [];
  for (let i = 0; i < lines.length; i += 100) {
    const block = lines.slice(i, i + 100);
    blocks.push(`${block.length} beginbfchar`, ...block, 'endbfchar');
  }
  return [
    '/CIDInit /ProcSet findresource begin',
    '12 dict begin',
    'begincmap',
    '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
    '/CMapName /Adobe-Identity-UCS def',
    '/CMapType 2 def',
    '1 begincodespacerange',
    '<0000> <ffff>',
    'endcodespacerange',
    ...blocks,
    'endcmap',
    'CMapName currentdict /CMap defineresource pop',
    'end',
    'end',
  ].join('\n');
}

/** The trailer's file identifier (14.4), from the content: equal input gives equal bytes. */
export function fileIdentifier(bytes: Uint8Array): PDFHexString {
  return PDFHexString.of(encodeHex(sha256(bytes).subarray(0, 16)));
}
