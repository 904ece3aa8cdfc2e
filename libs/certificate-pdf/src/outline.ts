import { CertificatePdfError } from './errors.ts';
import type { Sfnt } from './sfnt.ts';

interface Point {
  x: number;
  y: number;
  on: boolean;
}
export type Contour = readonly Point[];

/** Composite glyphs of real fonts nest once or twice; a deeper one is a loop. */
const MAX_DEPTH = 6;

/**
 * The outline of a glyph in font units (OpenType `glyf`): closed contours of on-curve and quadratic control points.
 * The seal and the mark of a sample are drawn from outlines, so that extracted text holds only what the page says.
 * @throws CertificatePdfError `bad-font`
 */
export function glyphContours(font: Sfnt, glyph: number): Contour[] {
  try {
    return read(font, glyph, 0);
  } catch (cause) {
    if (cause instanceof CertificatePdfError) throw cause;
    throw new CertificatePdfError('bad-font', '字形数据损坏，请换用完整的字体。', [], { cause });
  }
}

function read(font: Sfnt, glyph: number, depth: number): Contour[] {
  if (depth > MAX_DEPTH) throw new CertificatePdfError('bad-font', '字形数据循环引用，请换用完整的字体。');
  const { start, end } = font.outlineRange(glyph);
  if (end <= start) return [];
  const contours = font.view.getInt16(start);
  return contours >= 0 ? simple(font.view, start, contours) : composite(font, start + 10, depth);
}

function simple(view: DataView, start: number, count: number): Contour[] {
  const ends = Array.from({ length: count }, (_, i) => view.getUint16(start + 10 + i * 2));
  const points = (ends.at(-1) ?? -1) + 1;
  let at = start + 10 + count * 2;
  at += 2 + view.getUint16(at);

  const flags: number[] = [];
  while (flags.length < points) {
    const flag = view.getUint8(at++);
    const times = flag & 8 ? view.getUint8(at++) + 1 : 1;
    for (let i = 0; i < times; i += 1) flags.push(flag);
  }
  const coordinates = (short: number, same: number) => {
    let value = 0;
    return flags.slice(0, points).map((flag) => {
      if (flag & short) value += view.getUint8(at++) * (flag & same ? 1 : -1);
      else if (!(flag & same)) {
        value += view.getInt16(at);
        at += 2;
      }
      return value;
    });
  };
  const xs = coordinates(2, 16);
  const ys = coordinates(4, 32);
  const all = xs.map((x, i) => ({ x, y: ys[i] ?? 0, on: ((flags[i] ?? 0) & 1) === 1 }));
  return ends.map((last, i) => all.slice(i === 0 ? 0 : (ends[i - 1] ?? 0) + 1, last + 1));
}

function composite(font: Sfnt, start: number, depth: number): Contour[] {
  const { view } = font;
  const contours: Contour[] = [];
  let at = start;
  let flags: number;
  do {
    flags = view.getUint16(at);
    const parts = read(font, view.getUint16(at + 2), depth + 1);
    at += 4;
    const words = flags & 1;
    const dx = words ? view.getInt16(at) : view.getInt8(at);
    const dy = words ? view.getInt16(at + 2) : view.getInt8(at + 1);
    at += words ? 4 : 2;
    const fraction = () => {
      at += 2;
      return view.getInt16(at - 2) / 16384;
    };
    let [a, b, c, d] = [1, 0, 0, 1];
    if (flags & 0x08) a = d = fraction();
    else if (flags & 0x40) [a, d] = [fraction(), fraction()];
    else if (flags & 0x80) [a, b, c, d] = [fraction(), fraction(), fraction(), fraction()];
    for (const contour of parts)
      contours.push(contour.map(({ x, y, on }) => ({ x: a * x + c * y + dx, y: b * x + d * y + dy, on })));
  } while (flags & 0x20);
  return contours;
}
