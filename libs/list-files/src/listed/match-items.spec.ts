import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type KnownItem, matchItems, namesakesOf, type PlacedItem } from './match-items.ts';

const found = (serial: number, name: string, category = '02'): PlacedItem => ({
  file: '2026年清单.xlsx',
  sheet: 'Sheet1',
  serial: serial.toString(),
  name,
  category,
});
const known = (n: number, name: string, changes: Partial<KnownItem> = {}): KnownItem => ({
  key: `k${n.toString()}`,
  name,
  category: '02',
  cancelled: false,
  file: '2025年清单 (1).xls',
  sheet: 'Sheet1',
  serial: n.toString(),
  ...changes,
});
const keys = (items: readonly PlacedItem[], listed: readonly KnownItem[]) =>
  matchItems(items, listed).map((item) => item?.key);

describe('an item in a workbook is the listed one', () => {
  test('of its category and name, wherever it now stands', () => {
    expect(keys([found(1, '乙'), found(2, '甲')], [known(1, '甲'), known(2, '乙')])).toEqual(['k2', 'k1']);
  });

  test('not for standing where it stood, and not of its name under another category: a person is asked', () => {
    expect(keys([found(1, '甲乙丙')], [known(1, '甲乙丙丁')])).toEqual([undefined]);
    expect(keys([found(1, '甲', '07')], [known(1, '甲')])).toEqual([undefined]);
  });

  test('whatever blanks its name is written with', () => {
    expect(keys([found(1, '甲 乙\n丙')], [known(1, '甲乙 丙')])).toEqual(['k1']);
  });

  test('that was cancelled, when it comes back', () => {
    expect(keys([found(9, '甲')], [known(1, '甲', { cancelled: true })])).toEqual(['k1']);
  });

  test('of several with one name: the one at the same place, then the oldest that is in force', () => {
    const listed = [known(1, '甲', { cancelled: true }), known(2, '甲'), known(3, '甲')];
    expect(keys([found(9, '甲'), found(3, '甲'), found(8, '甲')], listed)).toEqual(['k2', 'k3', 'k1']);
  });

  test('of several with one name: the one that says the same, also when a row was put in above them all', () => {
    const listed = [known(1, '甲', { words: '其一' }), known(2, '甲', { words: '其二' })];
    const says = (serial: number, words: string) => ({ ...found(serial, '甲'), words: () => words });
    const now = [says(2, '其一'), says(3, '其二')];
    expect(keys(now, listed)).toEqual(['k1', 'k2']);
    expect(keys([says(2, '其二'), says(3, '改')], listed)).toEqual(['k2', 'k1']);
    expect(namesakesOf(now, listed)).toEqual(['k1', 'k2']);
    expect(namesakesOf([found(1, '甲')], [known(1, '甲'), known(2, '乙'), known(3, '乙')])).toEqual([]);
  });

  test('once: no two found items share a key, and the same list again is the same items', () => {
    const name = fc.constantFrom('甲', '乙', '丙丁', '丙丁（改）', '戊己庚', '戊己庚辛');
    const item = fc.tuple(fc.integer({ min: 1, max: 6 }), name, fc.constantFrom('01', '02'));
    fc.assert(
      fc.property(fc.array(item), fc.array(item), (now, before) => {
        const listed = before.map(([serial, text, category], n) =>
          known(n, text, { category, serial: serial.toString() }),
        );
        const matched = keys(
          now.map(([serial, text, category]) => found(serial, text, category)),
          listed,
        ).filter((key) => key !== undefined);
        expect(new Set(matched).size).toBe(matched.length);
        const same = listed.map(({ serial = '', name: text, category }) =>
          found(Number(serial), text, category),
        );
        expect(keys(same, listed)).not.toContain(undefined);
      }),
    );
  });
});
