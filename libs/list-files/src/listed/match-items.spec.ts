import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type PlacedItem, type KnownItem, matchItems } from './match-items.ts';

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

  test('at its place when it was reworded', () => {
    expect(
      keys([found(1, '对未按规定报送资料行为的处罚')], [known(1, '对未按规定报送统计资料的行政处罚')]),
    ).toEqual(['k1']);
  });

  test('not at the same place of another file', () => {
    expect(keys([found(1, '甲乙丙')], [known(1, '甲乙丙丁', { file: '公共服务.xlsx' })])).toEqual([
      undefined,
    ]);
    expect(keys([found(1, '甲乙丙')], [known(1, '甲乙丙丁')])).toEqual(['k1']);
  });

  test('not at its place when it is another power with the same ending', () => {
    expect(keys([found(1, '对乙类行为的处罚')], [known(1, '对甲种活动的处罚')])).toEqual([undefined]);
  });

  test('of its name when only the category changed, and not when it is cancelled', () => {
    expect(keys([found(9, '甲', '07')], [known(1, '甲')])).toEqual(['k1']);
    expect(keys([found(9, '甲', '07')], [known(1, '甲', { cancelled: true })])).toEqual([undefined]);
  });

  test('that was cancelled, when it comes back', () => {
    expect(keys([found(9, '甲')], [known(1, '甲', { cancelled: true })])).toEqual(['k1']);
  });

  test('of several with one name: the one at the same place, then the oldest that is in force', () => {
    const listed = [known(1, '甲', { cancelled: true }), known(2, '甲'), known(3, '甲')];
    expect(keys([found(9, '甲'), found(3, '甲'), found(8, '甲')], listed)).toEqual(['k2', 'k3', 'k1']);
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
