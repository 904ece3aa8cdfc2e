import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { indexWords, nameWords, queryTerms } from '../../site/src/scripts/search/pairs.ts';

const han = fc.integer({ min: 0x4e00, max: 0x9fff }).map((code) => String.fromCodePoint(code));
const rareHan = fc.integer({ min: 0x20000, max: 0x2a6d0 }).map((code) => String.fromCodePoint(code));
const hanText = (min: number): fc.Arbitrary<string> =>
  fc.array(fc.oneof(han, rareHan), { minLength: min, maxLength: 30 }).map((chars) => chars.join(''));

function holds(text: string, query: string): boolean {
  const words = ` ${indexWords(text)} `;
  return queryTerms(query).every(({ words: wanted, exact }) =>
    words.includes(exact ? ` ${wanted} ` : ` ${wanted}`),
  );
}

describe('words for searching', () => {
  test('any part of a Chinese text is found in it', () => {
    fc.assert(
      fc.property(hanText(0), hanText(1), hanText(0), (before, part, after) => {
        expect(holds(before + part + after, part)).toBe(true);
      }),
    );
  });

  test('a text without the part does not hold it', () => {
    fc.assert(
      fc.property(hanText(0), hanText(2), (text, part) => {
        fc.pre(!text.includes(part));
        expect(holds(text, part)).toBe(false);
      }),
    );
  });

  test('a part never reaches across a mark of punctuation', () => {
    expect(holds('查封食品，经营许可', '食品经营')).toBe(false);
    expect(holds('查封食品，经营许可', '食品 经营')).toBe(true);
  });

  test('letters and digits are found by their beginning, in either width and case', () => {
    expect(holds('编码ＧＢ4754号', 'gb47')).toBe(true);
    expect(holds('编码GB4754号', 'b47')).toBe(false);
  });

  test('a name’s own words are told from all others', () => {
    fc.assert(
      fc.property(hanText(1), hanText(1), (name, text) => {
        const names = new Set(nameWords(name).split(' '));
        expect(
          indexWords(text)
            .split(' ')
            .some((word) => names.has(word)),
        ).toBe(false);
      }),
    );
  });

  test('text without a letter asks for nothing', () => {
    expect(queryTerms(' 。，！ ')).toEqual([]);
  });
});
