import { describe, expect, test } from '@jest/globals';
import { utf8 } from '@mandate/encoding';
import { type AuthorityItem, AuthorityItemSchema } from '@mandate/lists';
import { encodeCsv, encodeWorkbook, readCsv } from '@mandate/workbook';
import { carryOver } from '../listed/carry-over.ts';
import { readSourceFile } from '../read-source-file.ts';
import type { AuthoritySource } from '../source-file.ts';
import { encodeAuthorityTemplate } from '../template/encode-template-file.ts';
import { sameThroughSpreadsheet } from './same-text.ts';

describe('what a spreadsheet makes of a text is known for it', () => {
  test.each([
    ['010117001000', '10117001000'],
    ['010117001000', '1.0117E+10'],
    ['110117001000', '1.10117E+11'],
    ['110117001000', '1.1E+11'],
    ['0100001000', '100001000'],
    ['4403051901160200121234567890123', '4.40305E+30'],
    ['4403051901160200121234567890123', '4403051901160200000000000000000'],
    ['00004', '4'],
    ['1.50', '1.5'],
    ['0.5', '.5'],
    ['true', 'TRUE'],
    ['2026-01-05', '2026/1/5'],
    ['2026年1月5日', '2026-01-05'],
    ['2026-01', 'Jan-26'],
    ['2026-01', '2026年1月'],
    ['1-2', '1月2日'],
    ['1-2', '2-Jan'],
    ['1/2', '1月2日'],
    ['08:30', '8:30:00'],
    ['同样的文字', '同样的文字'],
  ])('%s → %s', (before, after) => {
    expect(sameThroughSpreadsheet(before, after)).toBe(true);
  });

  test.each([
    ['010117001000', '10117001001'],
    ['010117001000', '1.0118E+10'],
    ['010117001000', '1.0117E+11'],
    ['4403051901160200121234567890123', '4403051901160210000000000000000'],
    ['00004', '5'],
    ['2026-01-05', '2026/1/6'],
    ['2026-01-05', '2026/5/1'],
    ['1-2', '1月3日'],
    ['08:30', '8:31'],
    ['20个工作日', '20'],
    ['', '0'],
    ['无', ''],
    ['e', 'E'],
  ])('%s is not %s', (before, after) => {
    expect(sameThroughSpreadsheet(before, after)).toBe(false);
  });
});

const ORGAN = { key: 'o-aaaaaaaaaaaaaaaa', name: '示例市示例局' };
const itemOf = (rest: Partial<AuthorityItem>): AuthorityItem =>
  AuthorityItemSchema.parse({
    schema: 'authority-item/1',
    organ: ORGAN.key,
    name: '示例许可',
    category: '01',
    state: 'in-force',
    bases: [],
    levels: [],
    subItems: [],
    ...rest,
  });

/** Our CSV of these items, each cell changed as a spreadsheet would, given back. */
function saved(
  items: readonly AuthorityItem[],
  change: (cell: string, header: string) => string,
): AuthoritySource {
  const listed = items.map((item, n) => ({ item, key: `${ORGAN.key}.${n.toString().padStart(5, '0')}` }));
  const grid = readCsv(encodeAuthorityTemplate('csv', ORGAN, listed));
  const rows = Array.from({ length: grid.rows }, (_, row) =>
    Array.from({ length: grid.columns }, (_, column) =>
      row === 0 ? grid.text(0, column) : change(grid.text(row, column), grid.text(0, column)),
    ),
  );
  const source = readSourceFile('list.csv', utf8(encodeCsv(rows)));
  if (source.register !== 'authority-item') throw new Error('another list');
  return source;
}

/** What importing makes of the only item. */
function imported(source: AuthoritySource, listed: AuthorityItem): AuthorityItem {
  const content = source.items[0]?.content;
  if (content === undefined || 'issue' in content) throw new Error('not read');
  return carryOver({ ...content, organ: ORGAN.key }, listed, source.says);
}

const withoutZeros = (cell: string): string => (/^0\d+$/.test(cell) ? cell.replace(/^0+/, '') : cell);
const codesOf = (source: AuthoritySource): readonly string[] =>
  source.sheets.flatMap(({ warnings }) => warnings.map(({ code }) => code));

describe('a CSV of ours that a spreadsheet saved again', () => {
  test.each<[string, Partial<AuthorityItem>, (cell: string, header: string) => string]>([
    ['zeros of a base code', { codes: { base: '010117001000' } }, withoutZeros],
    ['zeros of region and category', { codes: { base: '000117001000' } }, withoutZeros],
    [
      'digits of a base code',
      { codes: { base: '110117001000' } },
      (cell) => (cell === '110117001000' ? '1.10117E+11' : cell),
    ],
    ['zeros of an old code', { codes: { former: '0100001000' } }, withoutZeros],
    [
      'digits of an implementation code',
      { codes: { implementation: '1165020000000000001010117001000' } },
      (cell, header) => (header === '实施编码' ? '1.1650E+30' : cell),
    ],
    ['a date', { remarks: '2026-01-05' }, (cell, header) => (header === '备注' ? '2026/1/5' : cell)],
    [
      'serials and a mark',
      { sample: true, remarks: '00004' },
      (cell, header) => (header === '备注' ? '4' : header === '示例' ? 'TRUE' : cell),
    ],
  ])('changes nothing by losing %s', (_what, rest, change) => {
    const listed = itemOf(rest);
    const source = saved([listed], change);
    expect(source.cellErrors).toEqual([]);
    expect(imported(source, listed)).toBe(listed);
  });

  test('gives a new item its base code back, and says so once', () => {
    const items = ['甲许可', '乙许可'].map((name) => itemOf({ name, codes: { base: '010117001000' } }));
    const source = saved(items, withoutZeros);
    expect(source.items.map(({ content }) => ('codes' in content ? content.codes?.base : ''))).toEqual([
      '010117001000',
      '010117001000',
    ]);
    expect(codesOf(source)).toEqual(['restored-code']);
  });

  test.each<[string, readonly AuthorityItem[], (cell: string, header: string) => string]>([
    ['of another category', [itemOf({ category: '02', codes: { base: '010117001000' } })], withoutZeros],
    [
      'beside one that has its zero',
      [
        itemOf({ codes: { base: '010117001000' } }),
        itemOf({ name: '另一许可', codes: { base: '010117002000' } }),
      ],
      (cell) => (cell === '010117001000' ? '10117001000' : cell),
    ],
    [
      'in scientific notation',
      [itemOf({ codes: { base: '010117001000' } })],
      (cell) => (cell === '010117001000' ? '1.0117E+10' : cell),
    ],
  ])('leaves a code in doubt %s, and is imported without it', (_why, items, change) => {
    const source = saved(items, change);
    expect(source.cellErrors).toEqual([]);
    expect(source.items[0]?.content).not.toHaveProperty('codes');
    expect(codesOf(source)).toEqual(['invalid-code']);
    const [message = ''] = source.sheets.flatMap(({ warnings }) => warnings.map((one) => one.message));
    expect(message).toMatch(/010117001000|科学记数法/);
  });

  test('tells a code that is not a code', () => {
    const source = saved([itemOf({ codes: { base: '010117001000' } })], (cell) =>
      cell === '010117001000' ? 'X1' : cell,
    );
    expect(source.cellErrors).toHaveLength(1);
  });

  test('that is a change stays one', () => {
    const listed = itemOf({ codes: { base: '010117001000' }, remarks: '2026-01-05' });
    const change = (cell: string, header: string): string =>
      header === '备注' ? '2026/2/5' : withoutZeros(cell);
    expect(imported(saved([listed], change), listed)).toEqual({ ...listed, remarks: '2026/2/5' });
  });

  test('is not looked for in a workbook of several sheets', () => {
    const grid = readCsv(encodeAuthorityTemplate('csv', ORGAN));
    const head = Array.from({ length: grid.columns }, (_, column) => grid.text(0, column));
    const row = head.map(
      (header) => ({ 事项名称: '示例许可', 权力类型: '行政许可', 基本编码: '10117001000' })[header] ?? '',
    );
    const bytes = encodeWorkbook(
      [
        { name: '事项', rows: [head, row] },
        { name: '子项', rows: [] },
      ],
      'form',
    );
    expect(readSourceFile('a.xlsx', bytes).cellErrors).toHaveLength(1);
  });
});
