import { CertificatePdfError } from './errors.ts';

/**
 * The Unicode subtable of a `cmap` → code point to glyph (0: none). Formats 12 (all planes, where the rare characters
 * are) and 4 (the first plane; all that a subset without rare characters keeps).
 * @throws CertificatePdfError `bad-font` if there is neither
 */
export function parseCharacterMap(view: DataView, cmap: number): (codePoint: number) => number {
  let small: number | undefined;
  for (let i = 0; i < view.getUint16(cmap + 2); i += 1) {
    const record = cmap + 4 + i * 8;
    const platform = view.getUint16(record);
    if (platform !== 0 && platform !== 3) continue;
    const table = cmap + view.getUint32(record + 4);
    const format = view.getUint16(table);
    if (format === 12) return (codePoint) => findInGroups(view, table, codePoint);
    if (format === 4) small = table;
  }
  if (small === undefined) throw new CertificatePdfError('bad-font', '字体没有 Unicode 字符表。');
  const segments = small;
  return (codePoint) => findInSegments(view, segments, codePoint);
}

/**
 * The subtable of variation sequences (format 14) → character and selector to glyph. 0: the font does not know the sequence; to
 * draw the plain character then would be to write another name.
 * @param glyphOf for the sequences whose form is that of the plain character
 */
export function parseVariations(
  view: DataView,
  cmap: number,
  glyphOf: (codePoint: number) => number,
): (codePoint: number, selector: number) => number {
  let table: number | undefined;
  for (let i = 0; i < view.getUint16(cmap + 2); i += 1) {
    const at = cmap + view.getUint32(cmap + 4 + i * 8 + 4);
    if (view.getUint16(at) === 14) table = at;
  }
  if (table === undefined) return () => 0;
  const start = table;
  return (codePoint, selector) => {
    for (let i = 0; i < view.getUint32(start + 6); i += 1) {
      const record = start + 10 + i * 11;
      if (uint24(view, record) !== selector) continue;
      const [plain, other] = [view.getUint32(record + 3), view.getUint32(record + 7)];
      if (plain !== 0 && isInRanges(view, start + plain, codePoint)) return glyphOf(codePoint);
      return other === 0 ? 0 : findInPairs(view, start + other, codePoint);
    }
    return 0;
  };
}

function isInRanges(view: DataView, table: number, codePoint: number): boolean {
  for (let i = 0; i < view.getUint32(table); i += 1) {
    const first = uint24(view, table + 4 + i * 4);
    if (codePoint >= first && codePoint <= first + view.getUint8(table + 7 + i * 4)) return true;
  }
  return false;
}

function findInPairs(view: DataView, table: number, codePoint: number): number {
  for (let i = 0; i < view.getUint32(table); i += 1)
    if (uint24(view, table + 4 + i * 5) === codePoint) return view.getUint16(table + 7 + i * 5);
  return 0;
}

function uint24(view: DataView, at: number): number {
  return (view.getUint16(at) << 8) | view.getUint8(at + 2);
}

function findInGroups(view: DataView, table: number, codePoint: number): number {
  let low = 0;
  let high = view.getUint32(table + 12) - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const group = table + 16 + middle * 12;
    const first = view.getUint32(group);
    if (codePoint < first) high = middle - 1;
    else if (codePoint > view.getUint32(group + 4)) low = middle + 1;
    else return view.getUint32(group + 8) + codePoint - first;
  }
  return 0;
}

function findInSegments(view: DataView, table: number, codePoint: number): number {
  if (codePoint > 0xffff) return 0;
  const width = view.getUint16(table + 6);
  const ends = table + 14;
  for (let at = 0; at < width; at += 2) {
    if (codePoint > view.getUint16(ends + at)) continue;
    const first = view.getUint16(ends + width + 2 + at);
    if (codePoint < first) return 0;
    const delta = view.getInt16(ends + 2 * width + 2 + at);
    const rangeAt = ends + 3 * width + 2 + at;
    const range = view.getUint16(rangeAt);
    if (range === 0) return (codePoint + delta) & 0xffff;
    const glyph = view.getUint16(rangeAt + range + (codePoint - first) * 2);
    return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
  }
  return 0;
}
