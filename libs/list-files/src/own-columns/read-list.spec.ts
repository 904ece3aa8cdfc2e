import { describe, expect, test } from '@jest/globals';
import type { AuthorityItem } from '@mandate/lists';
import fc from 'fast-check';
import { readWorkbook } from '@mandate/workbook';
import {
  COLUMNS,
  itemRow,
  listRows,
  makeWorkbook,
  type TestSheet,
} from '../../../../test/support/workbook.ts';
import { assembleItem } from './assemble-item.ts';
import { type SheetDraft, readSheet } from './read-list.ts';

function read(sheet: TestSheet): SheetDraft & { readonly published: readonly AuthorityItem[] } {
  const [grid] = readWorkbook(makeWorkbook([sheet]));
  if (!grid) throw new Error('no sheet');
  const draft = readSheet(grid);
  const published = draft.items.flatMap((item) => {
    // Told by a warning already.
    if (item.category === undefined) return [];
    const made = assembleItem(item);
    if ('issue' in made) throw new Error(made.issue);
    return made;
  });
  return { ...draft, published };
}
const codes = ({ warnings }: SheetDraft): string[] => warnings.map(({ code }) => code);
const names = ({ items }: SheetDraft): string[] => items.map(({ name }) => name);
const blank = (cells: Record<string, string>): (string | undefined)[] =>
  COLUMNS.map((column) => cells[column]);

describe('the header', () => {
  test.each([0, 1, 2, 5])('is found under %i lines of titles', (titles) => {
    const lines = Array.from({ length: titles }, (_, n) => [`附件${n.toString()}`]);
    const list = read({ rows: [...lines, COLUMNS, itemRow(1, '甲许可')] });
    expect(names(list)).toEqual(['甲许可']);
    expect(list.titles).toHaveLength(titles);
  });

  test('is read in any order of columns, with other spellings and blanks in them', () => {
    const list = read({
      rows: [
        ['职权类别', '实 施\n依据', '权力名称', '序号', '救济渠道', '承办科室（单位）'],
        ['行政处罚', '《示例法》第二条', '对示例行为的处罚', 1, '依法复议', '法规科'],
      ],
    });
    expect(list.published).toMatchObject([
      {
        name: '对示例行为的处罚',
        category: '02',
        remedies: '依法复议',
        handlingOffice: '法规科',
        levels: [],
      },
    ]);
    expect(codes(list)).toEqual(['missing-column']);
    expect(list.warnings[0]?.message).toContain('部门职责');
  });

  test('may take two rows', () => {
    const list = read({
      rows: [
        ['序号', '事项名称', '权力类型', '实施依据', '责任事项', undefined, '实施层级及权限', undefined],
        [undefined, undefined, undefined, undefined, '责任事项内容', '责任事项依据', '层级', '权限'],
        [1, '甲许可', '行政许可', '《甲法》', '1.受理责任：甲。', '《乙法》', '市级', '负责本市'],
      ],
      merges: ['A1:A2', 'B1:B2', 'C1:C2', 'D1:D2', 'E1:F1', 'G1:H1'],
    });
    expect(list.published).toMatchObject([
      {
        dutiesText: '1.受理责任：甲。',
        duties: [{ stage: '受理' }],
        dutyBasisText: '《乙法》',
        levels: [{ level: '3', label: '市级', division: '负责本市' }],
      },
    ]);
  });

  test('is skipped where a printed list repeats it', () => {
    const list = read({ rows: listRows([itemRow(1, '甲许可'), [...COLUMNS], itemRow(2, '乙许可')]) });
    expect(names(list)).toEqual(['甲许可', '乙许可']);
    expect(codes(list)).toEqual([]);
  });

  test('is missed in a sheet of something else, and the sheet is named', () => {
    expect(
      codes(
        read({
          rows: [
            ['姓名', '电话'],
            ['某人', '1'],
          ],
        }),
      ),
    ).toEqual(['no-header']);
    expect(codes(read({ rows: [] }))).toEqual(['empty-sheet']);
  });
});

describe('columns', () => {
  test('that are not known are named, and what they hold is published nowhere', () => {
    const rows = [
      [...COLUMNS, '经办人', ''],
      [...itemRow(1, '甲许可'), '张示例', '13800000000'],
    ];
    const list = read({ rows });
    expect(list.warnings.map(({ column, code }) => [column, code])).toEqual([
      ['P', 'unknown-column'],
      ['Q', 'unknown-column'],
    ]);
    expect(list.warnings[0]?.message).toContain('经办人');
    expect(JSON.stringify([list.published, list.warnings])).not.toMatch(/张示例|13800000000/);
  });

  test('of one name: the first counts, the second fills its gaps', () => {
    const list = read({
      rows: [
        [...COLUMNS, '备注'],
        [...itemRow(1, '甲许可', { 备注: '第一列' }), '第二列'],
        [...itemRow(2, '乙许可'), '只有第二列'],
      ],
    });
    expect(list.published.map(({ remarks }) => remarks)).toEqual(['第一列', '只有第二列']);
    expect(codes(list)).toEqual(['doubled-column']);
  });

  test('of one name: one that is hidden never counts', () => {
    const list = read({
      rows: [
        [...COLUMNS, '备注'],
        [...itemRow(1, '甲许可', { 备注: '隐藏的旧内容' }), '显示的'],
        [...itemRow(2, '乙许可', { 备注: '隐藏的旧内容' })],
      ],
      hiddenColumns: [14],
    });
    expect(list.published.map(({ remarks }) => remarks)).toEqual(['显示的', undefined]);
    expect(codes(list)).toEqual(['doubled-column']);
  });
});

describe('rows', () => {
  test('one item for each serial number: its sub-items under it, what they share on it', () => {
    const list = read({
      rows: listRows([
        itemRow(1, '甲许可', { 子项名称: '1.设立', 承办机构: '一科' }),
        itemRow('', '', { 子项名称: '2.变更', 承办机构: '二科' }),
        itemRow(2, '乙许可', { 子项名称: '乙的唯一子项' }),
      ]),
      merges: ['A3:A4', 'B3:B4'],
    });
    expect(list.published).toMatchObject([
      {
        name: '甲许可',
        implementingOrgan: '示例市示例局',
        subItems: [
          { name: '1.设立', handlingOffice: '一科' },
          { name: '2.变更', handlingOffice: '二科' },
        ],
      },
      { name: '乙许可', handlingOffice: '示例科', subItems: [{ name: '乙的唯一子项', bases: [] }] },
    ]);
    expect(list.published[0]).not.toHaveProperty('handlingOffice');
  });

  test('one row for each level: the level keeps its own words, the item what all share', () => {
    const list = read({
      rows: listRows([
        itemRow(1, '甲许可', { 实施层级及权限: '自治区级', '': '负责跨市', 行使主体: '自治区示例厅' }),
        itemRow('', '', { 实施层级及权限: '地（州、市）级', '': '负责本市' }),
      ]),
      merges: ['A3:A4', 'B3:B4', 'E3:E4'],
    });
    expect(list.published).toMatchObject([
      {
        basisText: '【法律】《示例法》（2020年）\n第一条：甲许可由主管部门负责。',
        levels: [
          { level: '2', division: '负责跨市', implementingOrgan: '自治区示例厅' },
          { level: '3', division: '负责本市', implementingOrgan: '示例市示例局' },
        ],
      },
    ]);
  });

  test('basis and duties that go on in the next row are one text', () => {
    const list = read({
      rows: listRows([
        itemRow(1, '甲许可'),
        blank({ 实施依据: '【规章】《示例办法》\n第九条：补充。', 责任事项内容: '3.决定责任：决定。' }),
        itemRow(2, '乙许可'),
      ]),
    });
    expect(names(list)).toEqual(['甲许可', '乙许可']);
    expect(list.published[0]?.bases.map(({ title }) => title)).toEqual(['示例法', '示例办法']);
    expect(list.published[0]?.duties?.map(({ stage }) => stage)).toEqual(['受理', '审查', '决定']);
  });

  test('a serial of two numbers is one item; jumps and repeats are told', () => {
    const list = read({
      rows: listRows([itemRow(1, '甲'), itemRow('2,3', '乙'), itemRow(9, '丙'), itemRow(9, '丁')]),
    });
    expect(list.items.map(({ serial }) => serial)).toEqual(['1', '2,3', '9', '9']);
    expect(codes(list)).toEqual(['serial-several', 'serial-jump', 'serial-repeated']);
  });

  test('a serial that begins again begins other items; the same item again is the same', () => {
    const list = read({
      rows: listRows([
        itemRow(1, '甲'),
        itemRow(2, '乙'),
        itemRow(1, '丙', { 权力类型: '行政处罚' }),
        itemRow(1, '甲', { 实施层级及权限: '县级' }),
      ]),
    });
    expect(names(list)).toEqual(['甲', '乙', '丙']);
    expect(list.published[0]?.levels.map(({ level }) => level)).toEqual(['3', '4']);
  });

  test('sections give the category and what they claim', () => {
    const list = read({
      rows: listRows([
        ['一、行政许可（共2项）'],
        itemRow(1, '甲', { 权力类型: undefined }),
        ['二、行政处罚（共1项）'],
        itemRow(1, '乙', { 权力类型: undefined }),
      ]),
    });
    expect(list.published.map(({ category }) => category)).toEqual(['01', '02']);
    expect(list.claimed).toBe(3);
    expect(codes(list)).toContain('claimed-count');
  });

  test('the category comes from the name of the sheet where the list leaves it out', () => {
    const list = read({ name: '行政给付（1项）', rows: listRows([itemRow(1, '甲', { 权力类型: '' })]) });
    expect(list.published).toMatchObject([{ category: '05' }]);
    expect(codes(list)).toEqual(['category-from-sheet']);
  });

  test('what cannot be understood is told with its row and not published', () => {
    const list = read({
      rows: listRows([
        blank({ 实施依据: '没有主人的依据' }),
        itemRow(1, '甲', { 权力类型: '行政备案' }),
        itemRow('', '没有序号的事项'),
        blank({ 责任事项内容: '属于上一行' }),
        itemRow(2, ''),
        itemRow('某某', '序号写成了文字'),
        itemRow(3, '乙'),
        ['备注：本清单由示例局负责解释。'],
      ]),
    });
    expect(list.warnings.map(({ row, code }) => [row, code])).toEqual([
      [3, 'unreadable-row'],
      [4, 'unknown-category'],
      [5, 'missing-serial'],
      [6, 'unreadable-row'],
      [7, 'missing-name'],
      [8, 'unreadable-row'],
      [9, 'serial-jump'],
      [10, 'note'],
    ]);
    expect(list.items.map(({ name, category }) => [name, category])).toEqual([
      ['甲', undefined],
      ['乙', '01'],
    ]);
    expect(list.unreadNames).toEqual(['没有序号的事项', '序号写成了文字']);
  });

  test('words under merged cells are not published, hidden rows are, both are told', () => {
    const list = read({
      rows: listRows([itemRow(1, '甲', { 备注: '上' }), blank({ 备注: '被盖住' }), itemRow(2, '乙')]),
      merges: ['O3:O4'],
      hiddenRows: [4],
    });
    expect(JSON.stringify(list.published)).not.toContain('被盖住');
    expect(names(list)).toEqual(['甲', '乙']);
    expect(codes(list)).toEqual(['covered-cell', 'hidden-row']);
  });

  test('names lose the line ends of a narrow column; long words keep theirs', () => {
    const list = read({
      rows: listRows([
        itemRow('1\n', '对拒绝\n配合统\n计调查的\n处罚', {
          承办机构: '政策法\n规科\n、\n综合科',
          权力类型: '行政\n处罚',
        }),
      ]),
    });
    expect(list.published).toMatchObject([
      { name: '对拒绝配合统计调查的处罚', category: '02', handlingOffice: '政策法规科、综合科' },
    ]);
    expect(list.published[0]?.dutiesText).toContain('\n');
  });
});

test('whatever stands in the cells, reading never throws and no written row is passed over in silence', () => {
  const cell = fc.oneof(
    { weight: 4, arbitrary: fc.constant('') },
    fc.constantFrom('1', '2', '2,3', '行政许可', '市级', '备注：', '（', '《', '甲许可', ...COLUMNS),
    fc.string({ unit: 'grapheme', maxLength: 6 }),
  );
  const row = fc.array(cell, { minLength: COLUMNS.length, maxLength: COLUMNS.length });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 12 }), (rows) => {
      const [grid] = readWorkbook(makeWorkbook([{ rows: [COLUMNS, ...rows] }]));
      if (!grid) throw new Error('no sheet');
      const list = readSheet(grid);
      const words = JSON.stringify(list.items.map((item) => assembleItem({ ...item, category: '01' })));
      for (const warning of list.warnings) expect(warning.row).toBeGreaterThan(0);
      const first = Math.min(...list.items.map((item) => item.row), Infinity);
      // Every long enough basis below an item is in that item, or its row is warned of.
      rows.forEach((cells, n) => {
        const basis = (cells[4] ?? '').trim();
        if (n + 2 < first || basis.length < 3 || COLUMNS.some((column) => column === basis)) return;
        // A row of header words may make the column a second one of its name: that is told at the header.
        const told = list.warnings.some(
          ({ row: at, code, column }) =>
            at === n + 2 || (column === 'E' && ['doubled-column', 'unknown-column'].includes(code)),
        );
        const header =
          cells.filter((text) => COLUMNS.some((column) => column !== '' && column === text)).length >= 4;
        if (!told && !header) expect(words).toContain(JSON.stringify(basis.normalize('NFC')).slice(1, -1));
      });
    }),
    { numRuns: 150 },
  );
});
