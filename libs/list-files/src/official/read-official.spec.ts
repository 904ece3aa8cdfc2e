import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { SheetGrid } from '@mandate/workbook';
import { readOfficialSheet } from './read-official.ts';

const HEADER = [
  '项目号',
  '禁止或许可事项',
  '事项编码',
  '禁止或许可准入措施描述',
  '主管部门',
  '地方性许可事项',
];

function grid(
  rows: readonly (readonly string[])[],
  merges: readonly (readonly [number, number, number, number])[] = [],
): SheetGrid {
  return new SheetGrid({
    name: 'Sheet1',
    hidden: false,
    cells: rows.flatMap((row, r) =>
      row.flatMap((text, column) => (text === '' ? [] : [{ row: r, column, text }])),
    ),
    merges: merges.map(([top, left, bottom, right]) => ({ top, left, bottom, right })),
    hiddenRows: new Set(),
    hiddenColumns: new Set(),
    errors: [],
  });
}

// In our own words: the shape of the official table, not its text.
const TABLE = [
  ['示例准入负面清单（2026年版）'],
  HEADER,
  ['一、禁止准入类'],
  ['1', '法律明确禁止的示例事项', '100001', '不得从事甲类示例活动', '示例一部'],
  ['二、许可准入类'],
  ['（一）农、林、牧、渔业'],
  ['2', '未获得许可，不得从事示例种植', '201001', '甲种示例许可', '示例二部'],
  ['', '', '', '★乙种示例许可', '示例三部', '丙种示例备案（示例省、示例市）'],
  HEADER,
  ['', '', '', '1.丁种许可\n★2.戊种许可', '示例四部\n示例五部'],
  ['（三）制造业'],
  ['★3', '未获得许可，不得从事示例生产', '203001', '己种示例许可', '示例六部', '示例市'],
  ['注：带★的为暂时列入。'],
];

describe('the official table of a negative list', () => {
  test('becomes items with their chapter, section and measures', () => {
    const sheet = readOfficialSheet(
      grid(TABLE, [
        [6, 0, 9, 0],
        [6, 1, 9, 1],
        [6, 2, 9, 2],
      ]),
    );
    expect(sheet?.titles).toEqual(['示例准入负面清单（2026年版）']);
    expect(
      sheet?.items.map(({ row, item }) => [
        row,
        item.number,
        item.code,
        item.chapter,
        item.section,
        item.measures.length,
      ]),
    ).toEqual([
      [4, '1', '100001', 'prohibited', undefined, 1],
      [7, '2', '201001', 'permitted', 'A', 5],
      [12, '3', '203001', 'permitted', 'C', 1],
    ]);
    expect(sheet?.items[1]?.item.measures).toEqual([
      { text: '甲种示例许可', authority: '示例二部' },
      { text: '乙种示例许可', authority: '示例三部', provisional: true },
      { text: '丙种示例备案（示例省、示例市）', local: '示例省、示例市' },
      { text: '1.丁种许可', authority: '示例四部' },
      { text: '2.戊种许可', authority: '示例五部', provisional: true },
    ]);
    expect(sheet?.items[2]?.item).toMatchObject({
      sectionName: '（三）制造业',
      measures: [{ provisional: true, local: '示例市' }],
    });
    expect(sheet?.warnings.map(({ row, code }) => [row, code])).toEqual([[13, 'note']]);
  });

  test('puts a sentence that a page break tore apart together again, and says so', () => {
    const sheet = readOfficialSheet(
      grid([
        HEADER,
        ['二、许可准入类'],
        ['2', '示例', '201001', '未经批准，不得', '示例部'],
        HEADER,
        ['', '', '', '从事示例活动'],
      ]),
    );
    expect(sheet?.items[0]?.item.measures).toEqual([
      { text: '未经批准，不得从事示例活动', authority: '示例部' },
    ]);
    expect(sheet?.warnings.map(({ code }) => code)).toContain('continued-measure');
  });

  test.each([
    ['没有事项编码', ['2', '示例', '', '措施', '部']],
    ['不是 6 位数字', ['2', '示例', '20100X', '措施', '部']],
    ['没有项目号', ['', '示例', '201001', '措施', '部']],
  ])('reports a row it cannot read: %s', (message, row) => {
    const sheet = readOfficialSheet(grid([HEADER, ['二、许可准入类'], row]));
    expect(sheet?.items).toEqual([]);
    expect(sheet?.warnings.find(({ code }) => code === 'unreadable-row')?.message).toContain(message);
    expect(sheet?.unread).toContain('示例');
  });

  test('refuses items before any chapter', () => {
    const sheet = readOfficialSheet(grid([HEADER, ['2', '示例', '201001', '措施', '部']]));
    expect(sheet?.items).toEqual([]);
    expect(sheet?.warnings.map(({ message }) => message).join()).toContain('上方没有');
  });

  test('leaves no written cell out of both the items and the warnings', () => {
    const cell = fc.oneof(
      fc.constantFrom(
        '',
        '1',
        '2',
        '201001',
        '202002',
        '★',
        '一、禁止准入类',
        '二、许可准入类',
        '（一）农、林、牧、渔业',
        '是',
      ),
      fc
        .string({ unit: fc.constantFrom('甲', '乙', '丙', '\n', '1', '.', '★', '（', '）'), maxLength: 8 })
        .map((text) => text.trim()),
    );
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 6, maxLength: 6 }), { maxLength: 8 }), (rows) => {
        const sheet = readOfficialSheet(grid([HEADER, ['二、许可准入类'], ...rows]));
        const published = (sheet?.items ?? [])
          .map(({ item }) =>
            item.measures
              .map(({ text }) => text)
              .join('')
              .replace(/\s/g, ''),
          )
          .join('\n');
        const warned = new Set(sheet?.warnings.map(({ row }) => row));
        rows.forEach((row, r) => {
          const text = (row[3] ?? '').replace(/[★\s]/g, '');
          const heading = row.filter((word) => word !== '').length === 1;
          if (text !== '' && !warned.has(r + 3) && !heading) expect(published).toContain(text);
        });
      }),
      { numRuns: 300 },
    );
  });
});
