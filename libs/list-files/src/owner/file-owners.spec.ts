import { describe, expect, test } from '@jest/globals';
import { encodeCsv } from '@mandate/workbook';
import {
  readOwners as read,
  registeredOrgan as organ,
  rowsBy,
  shares,
} from '../../../../test/support/file-owners.ts';
import { itemRow, listRows, type SheetRows } from '../../../../test/support/workbook.ts';
import type { ReadingOptions } from '../reading-options.ts';
import { readSourceFile } from '../read-source-file.ts';
import { type FileOwners, ownersOf } from './file-owners.ts';

const TITLE = '示例市行政许可事项清单（2025年版）';
const DEPARTMENTS = [
  '发展和改革委员会',
  '教育局',
  '科学技术局',
  '工业和信息化局',
  '民族宗教事务局',
  '公安局',
  '民政局',
  '司法局',
  '财政局',
  '人力资源和社会保障局',
  '自然资源局',
  '生态环境局',
  '住房和城乡建设局',
  '交通运输局',
  '水利局',
  '农业农村局',
  '商务局',
  '文化和旅游局',
  '卫生健康委员会',
  '退役军人事务局',
  '应急管理局',
  '审计局',
  '市场监督管理局',
  '体育局',
  '统计局',
  '医疗保障局',
  '林业和草原局',
  '城市管理局',
  '信访局',
  '国有资产监督管理委员会',
  '气象局',
  '消防救援支队',
  '人民防空办公室',
  '档案局',
] as const;

describe('a list of many organs', () => {
  test('by 行使主体: 34 organs, each with its own items, founded in the region of the title', () => {
    const rows = rowsBy(
      DEPARTMENTS.map((name) => `市${name}`),
      3,
    );
    const owners = read([{ rows: listRows(rows, TITLE) }]);
    expect(owners.divided).toBe(true);
    expect(shares(owners)).toEqual(Object.fromEntries(DEPARTMENTS.map((name) => [`示例市${name}`, 3])));
    expect(owners.parts.every(({ organ: one }) => one.regionName === '示例市' && one.level === '3')).toBe(
      true,
    );
  });

  test('the list of one organ stays that organ’s, whatever template its column was copied from', () => {
    const words = ['市教育局', '地州市教育局', '市人民政府', '县级教育部门', '市公安局'];
    const owners = read([{ rows: listRows(rowsBy(words), '示例市教育局2025年权责清单') }]);
    expect(shares(owners)).toEqual({ 示例市教育局: 5 });
    // What names another organ is doubtful, with its row.
    expect(
      owners.parts[0]?.source.sheets[0]?.warnings.filter(({ code }) => code === 'organ-unclear'),
    ).toEqual([expect.objectContaining({ row: 7, message: expect.stringContaining('市公安局') as unknown })]);
  });

  test('a short name of the list’s own organ is no other organ', () => {
    const rows = rowsBy(['市科技局', '自治区科学技术厅；市科技局', '市人民政府']);
    for (const title of ['示例市科学技术局2025年权责清单', '市科学技术局权责清单']) {
      const [part] = read([{ rows: listRows(rows, title) }]).parts;
      expect(part?.source.sheets[0]?.warnings.filter(({ code }) => code === 'organ-unclear')).toEqual([]);
    }
  });

  test('a list that one organ put together and most of whose rows are others’ is theirs', () => {
    const words = ['市教育局', '市公安局', '市民政局', '市行政审批局'];
    const owners = read([{ rows: listRows(rowsBy(words), '示例市行政审批局2025年权责清单') }]);
    expect(Object.keys(shares(owners))).toHaveLength(4);
  });

  test('by sheets, named by organs or with a title of each', () => {
    const rows = (title: string): SheetRows => listRows(rowsBy(['本机关', '本机关']), title);
    const named = read(
      [
        { name: '1.市财政局（2项）', rows: rows('附表') },
        { name: '教育局', rows: rows('附表') },
        { name: '市发展和改革委员会', rows: rows('附表') },
      ],
      { file: '示例市权责清单.xlsx' },
    );
    expect(shares(named)).toEqual({ 示例市财政局: 2, 示例市教育局: 2, 示例市发展和改革委员会: 2 });
    const titled = read([
      { name: 'Sheet1', rows: rows('示例市财政局权责清单') },
      { name: 'Sheet2', rows: rows('示例市教育局权责清单') },
      { name: 'Sheet3', rows: rows('说明') },
    ]);
    expect(shares(titled)).toEqual({ 示例市财政局: 2, 示例市教育局: 2 });
    expect(titled.unowned.map(({ sheet, row }) => [sheet, row])).toEqual([
      ['Sheet3', 3],
      ['Sheet3', 4],
    ]);
  });

  test('sheets by category or by office are no organs', () => {
    const rows = listRows(rowsBy(['市教育局']), '示例市教育局权责清单');
    const owners = read([
      { name: '行政许可（1项）', rows },
      { name: '办公室', rows },
      { name: '执法支队', rows },
    ]);
    expect(shares(owners)).toEqual({ 示例市教育局: 3 });
  });

  test('by titles between the rows, whose items are numbered anew under each', () => {
    const item = (serial: number, name: string) => itemRow(serial, name, { 行使主体: '' });
    const rows = [
      ['一、市发展和改革委员会（共2项）'],
      item(1, '甲许可'),
      item(2, '乙许可'),
      ['二、市教育局（共2项）'],
      item(1, '甲许可'),
      item(2, '丙许可'),
      ['三、示例市公安局'],
      item(1, '丁许可'),
    ];
    const owners = read([{ rows: listRows(rows, TITLE) }]);
    expect(shares(owners)).toEqual({ 示例市发展和改革委员会: 2, 示例市教育局: 2, 示例市公安局: 1 });
    const doubts = owners.parts.flatMap(({ source }) => source.sheets.flatMap(({ warnings }) => warnings));
    expect(doubts.filter(({ code }) => code === 'serial-repeated')).toEqual([]);
  });

  test('titles of organs and of categories may stand over one another', () => {
    const item = (serial: number, name: string) => itemRow(serial, name, { 行使主体: '', 权力类型: '' });
    const byCategory = read([
      {
        rows: listRows(
          [
            ['一、行政许可'],
            ['（一）市教育局'],
            item(1, '甲'),
            ['（二）市公安局'],
            item(1, '乙'),
            ['二、行政处罚'],
            ['（一）市教育局'],
            item(1, '丙'),
          ],
          TITLE,
        ),
      },
    ]);
    const categories = ({ parts }: FileOwners) =>
      parts.map(({ organ: one, source }) => [
        one.shortName,
        ...source.items.map(({ name, category }) => name + category),
      ]);
    expect(categories(byCategory)).toEqual([
      ['市教育局', '甲01', '丙02'],
      ['市公安局', '乙01'],
    ]);
    const byOrgan = read([
      {
        rows: listRows(
          [
            ['一、市教育局'],
            ['（一）行政许可'],
            item(1, '甲'),
            ['（二）行政处罚'],
            item(2, '乙'),
            ['二、市公安局'],
            ['（一）行政许可'],
            item(1, '丙'),
          ],
          TITLE,
        ),
      },
    ]);
    expect(categories(byOrgan)).toEqual([
      ['市教育局', '甲01', '乙02'],
      ['市公安局', '丙01'],
    ]);
  });

  test('by titles that stand where a table of its own begins', () => {
    const [, header = []] = listRows([]);
    const item = (serial: number, name: string) => itemRow(serial, name, { 行使主体: '', 权力类型: '' });
    const rows = [
      ['示例市教育局行政许可事项（共1项）'],
      header,
      item(1, '甲许可'),
      ['示例市公安局行政处罚事项清单'],
      header,
      item(1, '乙'),
    ];
    const owners = read([{ rows: [[TITLE], header, ...rows] }]);
    expect(shares(owners)).toEqual({ 示例市教育局: 1, 示例市公安局: 1 });
    expect(owners.parts.map(({ source }) => source.items[0]?.category)).toEqual(['01', '02']);
  });

  test('a joint power is nobody’s by itself, and is told with its row and its organs', () => {
    const owners = read([
      {
        rows: listRows(rowsBy(['市教育局', '市公安局', '市发展改革委；市商务局', '', '县级公安机关']), TITLE),
      },
    ]);
    expect(shares(owners)).toEqual({ 示例市教育局: 1, 示例市公安局: 1 });
    expect(owners.unowned.map(({ row, message }) => [row, message])).toEqual([
      [5, expect.stringContaining('“示例市发展改革委”、“示例市商务局”')],
      [6, expect.stringContaining('没有写明')],
      [7, expect.stringContaining('县级公安机关')],
    ]);
  });

  test('where most rows name nobody the file is refused with the words found and what would help', () => {
    const words = ['市教育局', '市公安局', '各级人民政府', '县级以上人民政府', '主管部门'];
    expect(() => read([{ rows: listRows(rowsBy(words), TITLE) }])).toThrow(
      expect.objectContaining({
        code: 'no-organ',
        message: expect.stringMatching(/县级以上.*--split-by/u) as unknown,
      }),
    );
    // Nor is it the sender's, who is an organ.
    const known = [organ('示例市民政局')];
    expect(() =>
      read([{ rows: listRows(rowsBy(words), TITLE) }], { known, fallback: known[0]?.key }),
    ).toThrow(expect.objectContaining({ code: 'no-organ' }));
  });
});

describe('the forms of the administrative licences', () => {
  const HEADER = ['序号', '主管部门', '事项名称', '实施机关', '设定和实施依据', '权力类型'];
  test('each item is under its 实施机关; where that is none in particular, under its 主管部门 with a doubt', () => {
    const rows: SheetRows = [
      [TITLE],
      HEADER,
      [1, '市教育局', '民办学校筹设审批', '市教育局；县级教育部门', '《甲法》', '行政许可'],
      [
        2,
        '市教育局',
        '校车使用许可',
        '市、县级政府（由教育部门会同公安机关、交通运输部门承办）',
        '《乙法》',
        '行政许可',
      ],
      [3, '市公安局', '举行集会游行示威许可', '市公安局；县级公安机关', '《丙法》', '行政许可'],
      [4, '市市场监管局', '食品经营许可', '县级市场监管部门', '《丁法》', '行政许可'],
      [5, '', '食品生产许可', '市市场监管局', '《丁法》', '行政许可'],
    ];
    const owners = read([{ rows }]);
    expect(shares(owners)).toEqual({
      示例市教育局: 1,
      示例市人民政府: 1,
      示例市公安局: 1,
      示例市市场监管局: 2,
    });
    const market = owners.parts.find(({ organ: { name } }) => name.includes('市场'));
    expect(market?.source.sheets[0]?.warnings).toContainEqual(
      expect.objectContaining({ row: 6, code: 'organ-unclear' }),
    );
  });
});

describe('a column that a person names', () => {
  const options: ReadingOptions = { splitBy: '实施单位名称' };
  const HEADER = ['序号', '事项名称', '权力类型', '实施依据', '实施单位名称'];
  const rows = (...cells: readonly (readonly [string, string])[]): SheetRows => [
    ['示例市市级行政权力事项'],
    HEADER,
    ...cells.map(([name, words], n) => [n + 1, name, '行政许可', '《甲法》', words]),
  ];

  test('splits the list; blank and merged cells go on with what stands above', () => {
    const list = rows(['甲', '市教育局'], ['乙', ''], ['丙', '市公安局'], ['丁', ''], ['戊', '']);
    expect(shares(read([{ rows: list, merges: ['E5:E6'] }], { reading: options }))).toEqual({
      示例市教育局: 2,
      示例市公安局: 3,
    });
  });

  test('may hold the words of a template, which in a region are its organs', () => {
    const list = rows(['甲', '地州市教育局'], ['乙', '地州市级公安局'], ['丙', '县级以上教育部门']);
    const owners = read([{ rows: list }], { reading: options });
    expect(shares(owners)).toEqual({ 示例市教育局: 1, 示例市公安局: 1 });
    expect(owners.unowned.map(({ name }) => name)).toEqual(['丙']);
  });

  test('leaves to --organ what it does not say, with a doubt', () => {
    const list = rows(['甲', '市教育局'], ['乙', '有关部门']);
    const owners = read([{ rows: list }], { reading: options, given: '示例市行政审批局' });
    expect(shares(owners)).toEqual({ 示例市教育局: 1, 示例市行政审批局: 1 });
    expect(owners.parts[1]?.source.sheets[0]?.warnings).toContainEqual(
      expect.objectContaining({ code: 'organ-unclear' }),
    );
  });

  test('that no sheet has is said, with the headers found', () => {
    expect(() => read([{ rows: rows(['甲', '市教育局']) }], { reading: { splitBy: '归口单位' } })).toThrow(
      expect.objectContaining({
        code: 'no-column',
        message: expect.stringContaining('实施单位名称') as unknown,
      }),
    );
  });
});

test('a row that leaves a doubt leaves it with the organ whose row it is', () => {
  const rows = [...rowsBy(['市教育局', '市公安局']), itemRow(3, '丙', { 行使主体: '市教育局' })];
  const owners = read([{ rows: listRows(rows, TITLE), hiddenRows: [3] }]);
  const doubts = owners.parts.map(({ organ: { name }, source }) => [
    name,
    source.sheets.flatMap(({ warnings }) =>
      warnings.filter(({ code }) => code === 'hidden-row').map(({ row }) => row),
    ),
  ]);
  expect(doubts).toEqual([
    ['示例市教育局', []],
    ['示例市公安局', [4]],
  ]);
});

test('a CSV is divided as a workbook is', () => {
  const rows = listRows(rowsBy(['市教育局', '市公安局']), TITLE).map((row) =>
    row.map((cell) => String(cell ?? '')),
  );
  const source = readSourceFile('示例市.csv', new TextEncoder().encode(encodeCsv(rows)));
  if (source.register !== 'authority-item') throw new Error('a list of powers');
  const owners = ownersOf(source, {
    known: [],
    areas: [],
    regions: [],
    titles: source.titles,
    file: source.file,
  });
  expect(shares(owners)).toEqual({ 示例市教育局: 1, 示例市公安局: 1 });
});
