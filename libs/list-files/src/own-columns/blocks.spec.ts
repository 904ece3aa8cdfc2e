import { describe, expect, test } from '@jest/globals';
import { makeWorkbook, type SheetRows, type TestSheet } from '../../../../test/support/workbook.ts';
import type { AuthoritySource } from '../source-file.ts';
import { readSourceFile } from '../read-source-file.ts';
import { parseReadingOptions, type SaidOfColumns } from '../reading-options.ts';
import { findSerial, serialNumber } from './serials.ts';

const HEAD = ['序号', '权力类型', '事项名称', '实施依据', '行使主体'];
const LAW = '《示例法》第三条';
const row = (serial: string, category: string, name: string, organ = '示例市示例局'): string[] => [
  serial,
  category,
  name,
  LAW,
  organ,
];

function read(rows: SheetRows, sheet: Partial<TestSheet> = {}, said: SaidOfColumns = {}): AuthoritySource {
  const source = readSourceFile('清单.xlsx', makeWorkbook([{ ...sheet, rows }]), {
    options: parseReadingOptions(said),
  });
  if (source.register !== 'authority-item') throw new Error('no list of powers');
  return source;
}
const list = (...rows: SheetRows): AuthoritySource => read([['示例市示例局权责清单'], HEAD, ...rows]);
const categories = ({ items }: AuthoritySource): string[] =>
  items.map(({ name, category }) => `${name} ${category}`);
const warned = ({ sheets }: AuthoritySource, code: string) =>
  sheets.flatMap(({ warnings }) => warnings.filter((one) => one.code === code));

const BLOCKS = [
  row('1', '行政许可', '甲许可'),
  row('2', '', '乙许可'),
  row('3', '行政处罚', '对丙的处罚'),
  row('4', '', '对丁的处罚'),
];

describe('a category in the first row of a block', () => {
  test('carries down to the next, told once', () => {
    const read = list(...BLOCKS);
    expect(categories(read)).toEqual(['甲许可 01', '乙许可 01', '对丙的处罚 02', '对丁的处罚 02']);
    expect(warned(read, 'category-carried')).toMatchObject([
      { row: 4, message: expect.stringContaining('第 4、6 行') },
    ]);
    expect(read.unread).toEqual([]);
  });

  test('carries without serial numbers, under merged cells, over a repeated header, by 同上 and beside sub-items', () => {
    const all = ['甲许可 01', '乙许可 01', '对丙的处罚 02', '对丁的处罚 02'];
    expect(categories(read([HEAD.slice(1), ...BLOCKS.map((cells) => cells.slice(1))]))).toEqual(all);
    expect(categories(read([HEAD, ...BLOCKS], { merges: ['B2:B3'] }))).toEqual(all);
    expect(categories(read([HEAD, ...BLOCKS.slice(0, 3), HEAD, ...BLOCKS.slice(3)]))).toEqual(all);
    expect(
      categories(list(...BLOCKS.map((cells) => (cells[1] === '' ? cells.with(1, '同上') : cells)))),
    ).toEqual(all);
    const subItems = read([
      [...HEAD, '子项名称'],
      [...row('1', '行政许可', '甲许可'), '设立'],
      ['', '', '', '', '', '变更'],
      row('2', '', '乙许可'),
    ]);
    expect(categories(subItems)).toEqual(['甲许可 01', '乙许可 01']);
  });

  test('carries on where the same office is worded for every place, and where categories come back in blocks', () => {
    const read = list(
      row('1', '行政许可', '甲许可', '示例市农业农村局'),
      row('2', '', '乙事项', '地州市级农业农村局'),
      row('3', '行政处罚', '对丙的处罚'),
      row('4', '行政许可', '丁许可'),
      row('5', '', '戊事项'),
      row('6', '', '己事项'),
    );
    expect(categories(read)).toEqual(expect.arrayContaining(['乙事项 01', '戊事项 01', '己事项 01']));
    expect(read.unread).toEqual([]);
  });

  test('goes before the title, and a person before it', () => {
    expect(categories(read([['示例市示例局行政许可事项清单'], HEAD, ...BLOCKS]))).toContain('对丁的处罚 02');
    expect(categories(read([HEAD, ...BLOCKS], {}, { category: '行政确认' }))).toContain('对丁的处罚 07');
  });

  test.each<[string, SheetRows]>([
    ['the heading of an organ', [['二、市公安局（共1项）']]],
    ['the heading of a part', [['二、农业管理类（共1项）']]],
    ['a sum', [['小计', '', '2项']]],
    ['another header', [['序号', '权力类型', '事项名称', '实施依据', '行使主体', '备注']]],
    ['a category that cannot be read', [row('3', '行政某某', '丙事项')]],
    [
      'an item of another organ',
      [row('3', '行政许可', '丙事项', '示例市公安局'), row('4', '', '丙二事项', '市财政局')],
    ],
  ])('does not carry over %s', (_, between) => {
    const read = list(...BLOCKS.slice(0, 2), ...between, row('5', '', '丁事项', '市税务局'));
    expect(categories(read)).toContain('乙许可 01');
    expect(read.unread).toContain('丁事项');
    expect(warned(read, 'unknown-category').map(({ row: at }) => at)).toContain(
      read.sheets[0]?.warnings.at(-1)?.row,
    );
  });

  test('does not carry where numbers begin again, from another sheet, or before the first', () => {
    expect(list(...BLOCKS.slice(0, 2), row('1', '', '丙事项')).unread).toEqual(['丙事项']);
    expect(list(row('1', '', '甲事项'), row('2', '行政许可', '乙许可')).unread).toEqual(['甲事项']);
    const sheets = readSourceFile(
      '清单.xlsx',
      makeWorkbook([{ rows: [HEAD, ...BLOCKS] }, { rows: [HEAD, row('1', '', '戊事项')] }]),
    );
    expect(sheets).toMatchObject({ unread: ['戊事项'] });
  });

  test('is no rule where every row has its own, or categories come in any order: a blank is told as one', () => {
    const hole = list(
      row('1', '行政许可', '甲许可'),
      row('2', '行政许可', '乙许可'),
      row('3', '', '丙事项'),
      row('4', '行政处罚', '对丁的处罚'),
    );
    expect(hole.unread).toEqual(['丙事项']);
    const mixed = list(
      row('1', '行政许可', '甲许可'),
      row('2', '行政处罚', '对乙的处罚'),
      row('3', '行政许可', '丙许可'),
      row('4', '', '丁事项'),
    );
    expect(mixed.unread).toEqual(['丁事项']);
  });

  test('is not carried to an item whose name says another', () => {
    const read = list(row('1', '行政许可', '甲许可'), row('2', '', '对乙的处罚'));
    expect(read.unread).toEqual(['对乙的处罚']);
    expect(warned(read, 'unknown-category')).toMatchObject([
      { row: 4, message: expect.stringContaining('像“行政处罚”') },
    ]);
  });
});

describe('serials', () => {
  test.each([
    ['（一）', '一'],
    ['(二)', '二'],
    ['一、', '一'],
    ['十二', '十二'],
    ['①', '1'],
    ['⑴', '1'],
    ['⒈', '1'],
    ['㈠', '一'],
    ['第3项', '3'],
    ['1.', '1'],
    ['1．', '1'],
    ['1、', '1'],
    ['01', '01'],
    ['（1）', '1'],
    ['1）', '1'],
    ['１２', '12'],
    ['No.7', '7'],
    ['Ⅲ', 'III'],
    ['2,3', '2,3'],
    ['1-2', '1-2'],
    ['A03', 'A03'],
    ['某某', undefined],
    ['第三条', undefined],
    ['行政许可', undefined],
    ['', undefined],
  ])('“%s” is %s', (words, serial) => {
    expect(findSerial(words)).toBe(serial);
  });

  test('of Chinese numerals are numbers too', () => {
    expect(['一', '十', '十二', '二十', '一百零三', 'A03', '2,3'].map(serialNumber)).toEqual([
      1,
      10,
      12,
      20,
      103,
      3,
      undefined,
    ]);
    const jump = list(row('（一）', '行政许可', '甲许可'), row('（四）', '行政许可', '乙许可'));
    expect(warned(jump, 'serial-jump')).toMatchObject([{ row: 4 }]);
  });

  test.each([[['（一）', '（二）']], [['①', '②']], [['第1项', '第2项']], [['1、', '2、']]])(
    '%s that begin again under each chapter are items, the chapters are none',
    ([one = '', two = '']) => {
      const read = list(
        ['一、行政许可（共 2 项）'],
        row(one, '', '甲许可'),
        row(two, '', '乙许可'),
        ['二', '', '行政处罚（共 2 项）'],
        row(one, '', '对丙的处罚'),
        row(two, '', '对丁的处罚'),
      );
      expect(categories(read)).toEqual(['甲许可 01', '乙许可 01', '对丙的处罚 02', '对丁的处罚 02']);
      expect(warned(read, 'serial-repeated')).toEqual([]);
      expect(warned(read, 'claimed-count')).toEqual([]);
    },
  );

  test('that begin again in one table are told where they do', () => {
    const read = list(
      ...[...BLOCKS.slice(0, 2), ...BLOCKS.slice(2)].map((cells, n) =>
        cells.with(0, n % 2 === 0 ? '1' : '2'),
      ),
    );
    expect(read.items).toHaveLength(4);
    expect(warned(read, 'serial-repeated')).toMatchObject([{ row: 5 }]);
  });

  test.each<[string, string[]]>([
    ['with its count beside it', ['一、行政许可', '', '', '2项']],
    ['with the category again', ['一', '行政许可', '行政许可（共 2 项）']],
    ['alone in the column of categories', ['', '行政许可（共 2 项）']],
    ['named 第一部分', ['第一部分 行政许可']],
  ])('a chapter %s is no item', (_, chapter) => {
    const read = list(chapter, row('1', '', '甲许可'), row('2', '', '乙许可'));
    expect(categories(read)).toEqual(['甲许可 01', '乙许可 01']);
  });

  test('a chapter of no category is told, and is no item', () => {
    const read = list(['一', '', '农业管理类'], row('1', '行政许可', '甲许可'));
    expect(categories(read)).toEqual(['甲许可 01']);
    expect(warned(read, 'note')).toMatchObject([{ row: 3, message: expect.stringContaining('农业管理类') }]);
  });
});
