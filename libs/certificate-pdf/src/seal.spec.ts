import { beforeAll, describe, expect, test } from '@jest/globals';
import { pageFonts } from '../../../test/support/certificate-page.ts';
import { Drawing } from './drawing.ts';
import { SEAL_CENTRE, SEAL_RADIUS } from './page-geometry.ts';
import { drawSeal } from './seal.ts';
import { parseSfnt } from './sfnt.ts';
import { Face, Typeface } from './typeface.ts';

const NAME = '示例壮族苗族自治州示例自治县市场监督管理局和行政审批服务局';
let serif: Typeface;
let sans: Typeface;

beforeAll(async () => {
  const fonts = await pageFonts();
  serif = new Typeface([new Face('A', parseSfnt(fonts.serifBold))]);
  sans = new Typeface([new Face('B', parseSfnt(fonts.sans))]);
});

function sealOf(name: string): string {
  const drawing = new Drawing();
  drawSeal(drawing, serif, sans, { name, purpose: '电子证照专用章', serial: '11430000006122244L' });
  return drawing.toString();
}

/** End points of every move, line and curve. */
function points(content: string): [number, number][] {
  return [...content.matchAll(/(-?[\d.]+) (-?[\d.]+) [mlc]$/gm)].map((m) => [Number(m[1]), Number(m[2])]);
}

describe('seal', () => {
  test.each([1, 4, 10, 13, 14, 24])('keeps a name of %i characters inside its ring', (length) => {
    const distances = points(sealOf(NAME.slice(0, length))).map(([x, y]) =>
      Math.hypot(x - SEAL_CENTRE.x, y - SEAL_CENTRE.y),
    );
    expect(distances.length).toBeGreaterThan(100);
    expect(Math.max(...distances)).toBeLessThanOrEqual(SEAL_RADIUS);
  });

  test('the name keeps clear of the serial on the lower arc', () => {
    const nameOnly = (content: string) => content.slice(0, content.length - sealOf('示').length + 200);
    const below = points(nameOnly(sealOf(NAME.slice(0, 24)))).filter(
      ([x, y]) => Math.abs(x - SEAL_CENTRE.x) < 25 && y < SEAL_CENTRE.y - 30 && y > SEAL_CENTRE.y - 57,
    );
    expect(below).toEqual([]);
  });

  test('refuses a name that would not be legible', () => {
    expect(() => sealOf(NAME.repeat(2))).toThrow(expect.objectContaining({ code: 'text-too-long' }));
  });

  test('is drawn in lines only: nothing of it is extracted as text', () => {
    expect(sealOf('示例局')).not.toMatch(/\bBT\b|\bTj\b/);
  });
});
