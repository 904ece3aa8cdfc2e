import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { balanceLines, breakLines } from './line-breaking.ts';

/** One em for Han, half for Latin: near enough to real fonts. */
const measure = (text: string) =>
  [...text].reduce((sum, c) => sum + ((c.codePointAt(0) ?? 0) < 0x2e80 ? 0.5 : 1), 0);
const blankless = (text: string) => text.replace(/\s/g, '');
const texts = fc.string({ unit: fc.constantFrom(...'食品经营许可，。；（）《》AB 12.-/\n'), maxLength: 80 });

describe('line breaking', () => {
  test('loses no character and keeps every line within the width', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 2, max: 20 }), (text, width) => {
        for (const lines of [breakLines(text, width, measure), balanceLines(text, width, measure)]) {
          expect(blankless(lines.join(''))).toBe(blankless(text));
          for (const line of lines) expect(measure(line)).toBeLessThanOrEqual(width);
        }
      }),
    );
  });

  test('opens no line with a closing mark and closes none with an opening one', () => {
    expect(breakLines('食品经营，许可', 4, measure)).toEqual(['食品经', '营，许可']);
    expect(breakLines('食品经（营）许可', 4, measure)).toEqual(['食品经', '（营）许', '可']);
  });

  test('keeps a word or a number on one line, and breaks one longer than a line after a dot', () => {
    expect(breakLines('和平路2801室', 4, measure)).toEqual(['和平路', '2801室']);
    expect(breakLines('1.2.156.30052244', 5, measure)).toEqual(['1.2.156.', '30052244']);
  });

  test('leaves no single character on the last line of a balanced text', () => {
    expect(balanceLines('示例市市场监督管理局', 9, measure)).toEqual(['示例市市场监', '督管理局']);
  });
});
