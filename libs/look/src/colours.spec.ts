import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { BROWSER_COLOURS } from './index.ts';

describe('the colours', () => {
  const css = readFileSync(new URL('colours.css', import.meta.url), 'utf8');
  const sets = [...css.matchAll(/\{([^{}]*--ink[^{}]*)\}/g)].map(([, body = '']) =>
    Object.fromEntries(
      [...body.matchAll(/--([\w-]+): (#\w{6})/g)].map(([, name = '', value = '']) => [name, value]),
    ),
  );

  test('are the same dark set for a dark system and for who chose it', () => {
    expect(sets).toHaveLength(3);
    expect(sets[2]).toEqual(sets[1]);
    expect(Object.keys(sets[0] ?? {})).toEqual(Object.keys(sets[1] ?? {}));
  });

  test('that a browser paints around the page are of the page', () => {
    expect(BROWSER_COLOURS).toEqual({ light: sets[0]?.['accent'], dark: sets[1]?.['ground'] });
  });

  test('of text stand out from every ground they can stand on', () => {
    const faint = sets.flatMap((set, at) =>
      ['ink', 'muted', 'accent', 'accent-dark', 'red'].flatMap((ink) =>
        ['ground', 'soft', 'accent-soft', 'red-soft', 'mark', 'added-soft']
          .filter((ground) => contrast(set[ink] ?? '', set[ground] ?? '') < 4.5)
          .map((ground) => `${at}: ${ink} on ${ground}`),
      ),
    );
    expect(faint).toEqual([]);
    for (const set of sets)
      expect(contrast(set['on-accent'] ?? '', set['accent'] ?? '')).toBeGreaterThan(4.5);
  });
});

/** WCAG 2.2, contrast ratio of two colours `#rrggbb`. */
function contrast(a: string, b: string): number {
  const luminance = (colour: string): number => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5]
      .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
      .map((value) => (value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}
