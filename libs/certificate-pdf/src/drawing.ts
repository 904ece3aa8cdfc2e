import { charactersOf, inPlace } from './characters.ts';
import { type Contour, glyphContours } from './outline.ts';
import type { Run, ShapedGlyph, Typeface } from './typeface.ts';

export type Colour = readonly [red: number, green: number, blue: number];
/** PDF order: x' = a·x + c·y + e, y' = b·x + d·y + f */
export type Matrix = readonly [number, number, number, number, number, number];

/** A page's content stream (ISO 32000-1, 8 and 9) as text. Points from the lower left corner. */
export class Drawing {
  private readonly operators: string[] = [];

  fillColour(colour: Colour): this {
    return this.write(...colour, 'rg');
  }

  stroke(colour: Colour, width: number): this {
    return this.write(...colour, 'RG').write(width, 'w');
  }

  move(x: number, y: number): this {
    return this.write(x, y, 'm');
  }

  line(x: number, y: number): this {
    return this.write(x, y, 'l');
  }

  curve(x1: number, y1: number, x2: number, y2: number, x: number, y: number): this {
    return this.write(x1, y1, x2, y2, x, y, 'c');
  }

  rectangle(x: number, y: number, width: number, height: number): this {
    return this.write(x, y, width, height, 're');
  }

  circle(x: number, y: number, radius: number): this {
    const k = radius * 0.5523;
    return this.move(x + radius, y)
      .curve(x + radius, y + k, x + k, y + radius, x, y + radius)
      .curve(x - k, y + radius, x - radius, y + k, x - radius, y)
      .curve(x - radius, y - k, x - k, y - radius, x, y - radius)
      .curve(x + k, y - radius, x + radius, y - k, x + radius, y);
  }

  /** `f` fill, `S` stroke, `s` close and stroke, `h` close */
  paint(operator: 'f' | 'S' | 's' | 'h'): this {
    return this.write(operator);
  }

  /** What `draw` draws is in units of its own. */
  transformed(matrix: Matrix, draw: () => void): this {
    this.write('q').write(...matrix.map((value) => value.toFixed(5)), 'cm');
    draw();
    return this.write('Q');
  }

  /** Adds the outline of a glyph to the path; quadratic curves raised to cubic ones. */
  contours(contours: readonly Contour[], [a, b, c, d, e, f]: Matrix): this {
    const at = (x: number, y: number): [number, number] => [a * x + c * y + e, b * x + d * y + f];
    for (const contour of contours) {
      const points = onCurvePoints(contour);
      const first = points[0];
      if (!first) continue;
      this.move(...at(first.x, first.y));
      let current = first;
      for (let i = 1; i <= points.length; i += 1) {
        const point = points[i % points.length] ?? first;
        if (point.on) {
          if (i < points.length) this.line(...at(point.x, point.y));
          current = point;
          continue;
        }
        i += 1;
        const end = points[i % points.length] ?? first;
        const third = (from: { x: number; y: number }) =>
          at(from.x + ((point.x - from.x) * 2) / 3, from.y + ((point.y - from.y) * 2) / 3);
        this.curve(...third(current), ...third(end), ...at(end.x, end.y));
        current = end;
      }
      this.paint('h');
    }
    return this;
  }

  /** One line of text from its left end on the base line; `spacing` points are added after each character. */
  text(typeface: Typeface, size: number, x: number, y: number, text: string, spacing = 0): this {
    let left = x;
    for (const run of typeface.runs(text)) {
      if (run.glyphs) {
        left = this.words({ ...run, glyphs: run.glyphs }, size, left, y);
        continue;
      }
      const codes = charactersOf(run.text)
        .map((c) => run.face.cid(c).toString(16).padStart(4, '0'))
        .join('');
      this.write('BT', `/${run.face.resource}`, size, 'Tf', spacing, 'Tc', 1, 0, 0, 1, left, y, 'Tm');
      this.write(`<${codes}>`, 'Tj', 'ET');
      left += typeface.width(run.text, size) + spacing * charactersOf(run.text).length;
    }
    return this;
  }

  /**
   * Words whose letters join: their outlines are seen, and the letters as they are written stand there unseen (9.3.6, mode 3), to be
   * selected, searched and extracted. Readers expect them in the order of the page and turn what runs from the right.
   */
  private words(
    run: Run & { readonly glyphs: readonly ShapedGlyph[] },
    size: number,
    x: number,
    y: number,
  ): number {
    const scale = size / run.face.font.unitsPerEm;
    let left = x;
    for (const { glyph, advance, x: dx, y: dy } of run.glyphs) {
      const at: Matrix = [scale, 0, 0, scale, left + dx * scale, y + dy * scale];
      this.contours(glyphContours(run.face.font, glyph), at);
      left += advance * scale;
    }
    this.paint('f');
    const codes = inPlace(run.text)
      .map((c) => run.face.cid(c).toString(16).padStart(4, '0'))
      .join('');
    this.write('BT', `/${run.face.resource}`, size, 'Tf', 0, 'Tc', 3, 'Tr', 1, 0, 0, 1, x, y, 'Tm');
    this.write(`<${codes}>`, 'Tj', 0, 'Tr', 'ET');
    return left;
  }

  toString(): string {
    return this.operators.join('\n');
  }

  private write(...parts: (number | string)[]): this {
    this.operators.push(parts.map((part) => (typeof part === 'number' ? number(part) : part)).join(' '));
    return this;
  }
}

/** Where two control points follow each other, the point between them lies on the curve; the first point is on it. */
function onCurvePoints(contour: Contour): { x: number; y: number; on: boolean }[] {
  const points: { x: number; y: number; on: boolean }[] = [];
  contour.forEach((point, i) => {
    const before = contour.at(i - 1);
    if (before && !before.on && !point.on)
      points.push({ x: (before.x + point.x) / 2, y: (before.y + point.y) / 2, on: true });
    points.push(point);
  });
  const start = points.findIndex((point) => point.on);
  return start <= 0 ? points : [...points.slice(start), ...points.slice(0, start)];
}

/** Fixed-point with at most two places: PDF knows no exponents, and equal input gives equal bytes. */
function number(value: number): string {
  const text = value.toFixed(2).replace(/\.?0+$/, '');
  return text === '-0' ? '0' : text;
}
