import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { distanceWithin } from '../client/alike.ts';
import { questionRuns } from '../client/ask.ts';
import { initialsTerms, spelledTerms, spokenTerms } from './readings.ts';
import { SYNONYMS } from './synonyms.table.ts';
import { meaningsOf } from './synonyms.ts';
import { getReadings, spokenNameTerms } from './spoken.ts';
import { exactTerm, pairTerms, runsOf } from './terms.ts';

const han = fc.integer({ min: 0x4e00, max: 0x9fff }).map((code) => String.fromCodePoint(code));
const rareHan = fc.integer({ min: 0x20000, max: 0x2a6d0 }).map((code) => String.fromCodePoint(code));
const hanText = (min: number): fc.Arbitrary<string> =>
  fc
    .array(fc.oneof(han, rareHan), { minLength: min, maxLength: 30 })
    .map((characters) => characters.join(''));

function holds(text: string, part: string): boolean {
  const terms = new Set(runsOf(text).flatMap(pairTerms));
  return runsOf(part)
    .flatMap(pairTerms)
    .every((term) => terms.has(term));
}

describe('terms', () => {
  test('any part of a text is found in it', () => {
    fc.assert(
      fc.property(hanText(0), hanText(2), hanText(0), (before, part, after) => {
        expect(holds(before + part + after, part)).toBe(true);
      }),
    );
  });

  test('two different pairs are two terms', () => {
    fc.assert(
      fc.property(hanText(2), hanText(2), (one, other) => {
        const [a, b] = [Array.from(one).slice(0, 2).join(''), Array.from(other).slice(0, 2).join('')];
        expect(pairTerms(a)[0] === pairTerms(b)[0]).toBe(a === b);
      }),
    );
  });

  test('a part never reaches across a mark of punctuation', () => {
    expect(holds('查封食品，经营许可', '食品经营')).toBe(false);
    expect(holds('查封食品，经营许可', '食品 经营')).toBe(true);
  });

  test('width and case make no difference', () => {
    expect(runsOf('编码ＧＢ4754号')).toEqual(['编码gb4754号']);
    expect(exactTerm('查封、扣押')).toBe(exactTerm('查封扣押'));
  });

  test('a question without a letter asks for nothing; an endless one is cut', () => {
    expect(questionRuns(' 。，！ ')).toEqual([]);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 3_000 }), (question) => {
        const runs = questionRuns(question);
        expect(runs.length).toBeLessThanOrEqual(6);
        for (const run of runs) expect(Array.from(run).length).toBeLessThanOrEqual(40);
      }),
    );
  });
});

describe('readings', () => {
  const readings = getReadings();
  const name = spokenNameTerms('食品经营许可');
  const inName = (terms: readonly number[]): boolean => terms.every((term) => name.syllables.includes(term));

  test.each(['食品经赢', '实品经营', '食频经莹', '食品經營'])('%s sounds like 食品经营', (said) => {
    expect(inName(spokenTerms(readings, said) ?? [0])).toBe(true);
  });

  test('食品生产 does not', () => {
    expect(inName(spokenTerms(readings, '食品生产') ?? [])).toBe(false);
  });

  test.each(['shipinjingying', 'sipinjinyin', 'shipinjingyingx'])('%s spells it', (letters) => {
    expect(spelledTerms(readings, letters).some(inName)).toBe(true);
  });

  test('spjy are its initials', () => {
    for (const term of initialsTerms('spjy')) expect(name.initials).toContain(term);
  });

  test('银行 and 行政 are read as words', () => {
    expect(spokenNameTerms('银行').syllables).toEqual(spelledTerms(readings, 'yinhang')[0]);
    expect(spokenNameTerms('行政').syllables).toEqual(spelledTerms(readings, 'xingzheng')[0]);
  });

  test('letters that spell nothing, and characters without a reading, are no terms', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{0,60}$/), (letters) => {
        for (const way of spelledTerms(readings, letters)) expect(way.length).toBeGreaterThan(0);
      }),
    );
    expect(spelledTerms(readings, 'zzzz')).toEqual([]);
    expect(spokenTerms(readings, '𠮷祥')).toBeUndefined();
  });
});

describe('other words for it', () => {
  test.each([
    ['开饭店', '食品经营许可'],
    ['我想开饭店', '食品经营许可'],
    ['驾照', '机动车驾驶证'],
    ['开公司', '设立登记'],
    ['房产证', '不动产'],
    ['低保', '最低生活保障'],
  ])('%s is looked for as %s too', (said, listed) => {
    expect(meaningsOf(said).some((word) => word.includes(listed))).toBe(true);
  });

  test('what has no other word stays alone, and nothing stands for itself', () => {
    expect(meaningsOf('食品经营许可')).toEqual([]);
    for (const [says] of SYNONYMS) for (const word of says) expect(meaningsOf(word)).not.toContain(word);
  });

  test('no word stands twice on the left', () => {
    const words = SYNONYMS.flatMap(([says]) => says);
    expect(words.filter((word, i) => words.indexOf(word) !== i)).toEqual([]);
  });
});

describe('likeness', () => {
  test.each([
    ['食品经营许可', '食品经营', 0],
    ['食品经营许可', '食晶经营', 1],
    ['食品经营许可', '食经营', 1],
    ['食品经营许可', '食品的经营', 1],
    ['食品经营许可', '品食经营', 1],
    ['', '食品', 2],
  ])('%s and %s differ by %d', (name, part, distance) => {
    expect(distanceWithin(name, part)).toBe(distance);
  });
});
