import { describe, expect, test } from '@jest/globals';
import { findListDate } from './list-date.ts';

const found = (titles: readonly string[], files: readonly string[] = [], more: { document?: string } = {}) =>
  findListDate({ titles, files, ...more }, { year: '2024', today: '2026-11-27' });

describe('the own date of a list', () => {
  test.each([
    ['示例市财政局权责清单（2024年12月31日公布）', '2024-12-31'],
    ['示例市财政局权责清单（２０２４年１２月１日）', '2024-12-01'],
    ['二〇二四年十二月三十一日', '2024-12-31'],
    ['二零二四年一月十日印发', '2024-01-10'],
    ['二〇二四年二月二十日', '2024-02-20'],
    ['更新时间：2024.3.5', '2024-03-05'],
    ['截至 2024-12-31', '2024-12-31'],
    ['2024/12/31', '2024-12-31'],
    ['示政办发〔2024〕12号 2024年5月6日', '2024-05-06'],
    // 2024年版 of a list that was published in the year after.
    ['示例市财政局权责清单（2024年版） 2025年1月6日', '2025-01-06'],
    ['根据《示例条例》（2017年9月1日修正）整理，2024年5月6日', '2024-05-06'],
  ])('is read out of a title: %s', (title, day) => {
    expect(found([title])).toBe(day);
  });

  test.each([
    ['a year', '示例市财政局权责清单（2024年版）'],
    ['a month', '示例市财政局权责清单（2024年12月）'],
    ['a day that does not exist', '2024年2月30日'],
    ['two days', '2024年1月1日至2024年12月31日'],
    ['the day of a law', '《行政许可法》（2019年4月23日修正）'],
    ['the day on which a program wrote the file', '导出时间：2024-12-31'],
    ['a day to come', '2027年1月1日起施行'],
    ['a telephone number', '0990-6238-1231，20241231012'],
    ['a code', '11650200MB20241231'],
    ['a clause', '2024.12.31.5'],
    ['a number of a decision', '示政办发〔2024〕12号'],
  ])('is not made out of %s', (_what, title) => {
    expect(found([title])).toBeUndefined();
  });

  test('stands in the name of its files, where they agree and it is of the year of the list', () => {
    expect(found([], ['市监局权责清单20241231.xlsx'])).toBe('2024-12-31');
    expect(found([], ['市监局权责清单2024-12-31.xlsx'])).toBe('2024-12-31');
    expect(found([], ['甲20241231.xlsx', '乙20241231.xlsx'])).toBe('2024-12-31');
    expect(found([], ['甲20241231.xlsx', '乙20241230.xlsx'])).toBeUndefined();
    expect(found([], ['市监局权责清单（2024年版）20261120.xlsx'])).toBeUndefined();
    expect(found([], ['11650200MB20241231X权责清单.xlsx'])).toBeUndefined();
  });

  test('stands in a title before a name, and beside the number of its decision', () => {
    expect(found(['2024年5月6日'], ['甲20241231.xlsx'])).toBe('2024-05-06');
    expect(found(['权责清单'], [], { document: '2024年5月6日示政办发〔2024〕12号' })).toBe('2024-05-06');
  });
});
