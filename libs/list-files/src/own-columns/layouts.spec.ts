import { describe, expect, test } from '@jest/globals';
import { makeWorkbook, type TestSheet } from '../../../../test/support/workbook.ts';
import type { AuthoritySource } from '../source-file.ts';
import { readSourceFile } from '../read-source-file.ts';
import { parseReadingOptions, type SaidOfColumns } from '../reading-options.ts';

function read(sheet: TestSheet, said: SaidOfColumns = {}, file = '清单.xlsx'): AuthoritySource {
  const source = readSourceFile(file, makeWorkbook([sheet]), { options: parseReadingOptions(said) });
  if (source.register !== 'authority-item') throw new Error('no list of powers');
  return source;
}
const codesOf = ({ sheets }: AuthoritySource): string[] =>
  sheets.flatMap(({ warnings }) => warnings.map(({ code }) => code));
const messages = ({ sheets }: AuthoritySource): string =>
  sheets.flatMap(({ warnings }) => warnings.map(({ message }) => message)).join('\n');
const categories = ({ items }: AuthoritySource): string[] => items.map(({ category }) => category);
const contents = ({ items }: AuthoritySource) => items.map(({ content }) => content);
const names = ({ items }: AuthoritySource): string[] => items.map(({ name }) => name);

const PERMITS = [
  ['序号', '主管部门', '许可事项名称', '实施机关', '设定和实施依据'],
  [1, '市教育局', '民办学校筹设审批', '市教育局；县级教育部门', '《民办教育促进法》'],
  [2, '市公安局', '举行集会游行示威许可', '市公安局', '《集会游行示威法》第七条'],
];

describe('a list of permits, in the form used since 2022', () => {
  test('is found by its title, and all its items are permits', () => {
    const list = read({ rows: [['示例市行政许可事项清单（2025年版）'], ...PERMITS] });
    expect(contents(list)).toMatchObject([
      {
        name: '民办学校筹设审批',
        category: '01',
        implementingOrgan: '市教育局；县级教育部门',
        basisText: '《民办教育促进法》',
      },
      {
        name: '举行集会游行示威许可',
        category: '01',
        bases: [{ title: '集会游行示威法', articles: ['第七条'] }],
      },
    ]);
    expect(codesOf(list).toSorted()).toEqual(['category-from-title', 'doubled-column', 'missing-column']);
  });

  test('says by the head of its names what it is, without title', () => {
    expect(categories(read({ rows: PERMITS }))).toEqual(['01', '01']);
  });

  test('takes the organ from 主管部门 where there is no other', () => {
    const rows = PERMITS.map((row) => row.filter((_, n) => n !== 3));
    expect(contents(read({ rows }))).toMatchObject([
      { implementingOrgan: '市教育局' },
      { implementingOrgan: '市公安局' },
    ]);
  });

  test('with two columns of numbers counts by its own', () => {
    const [head = [], ...rows] = PERMITS;
    const list = read({
      rows: [
        [head[0], '中央行政许可事项清单（2022年版）序号', ...head.slice(1)],
        ...rows.map((row, n) => [row[0], n === 0 ? '1、729' : 2, ...row.slice(1)]),
      ],
    });
    expect(list.items.map(({ serial }) => serial)).toEqual(['1', '2']);
  });
});

describe('a list of checks', () => {
  const HEAD = ['序号', '抽查领域', '抽查事项', '检查对象', '发起部门', '配合部门', '抽查层级'];

  test('numbered by 抽查领域 has the 抽查事项 as its sub-items', () => {
    const list = read({
      name: '随机抽查事项清单',
      rows: [
        HEAD,
        [1, '学校办学情况抽查', '办学条件的检查', '学校', '教育部门', '市场监管部门', '县级'],
        ['', '', '学校食堂食品安全情况的检查', '学校', '', '', ''],
        [2, '出版物零售单位抽查', '经营情况的检查', '零售单位', '宣传部门', '文旅部门', '县级'],
      ],
      merges: ['A2:A3', 'B2:B3', 'E2:E3', 'F2:F3', 'G2:G3'],
    });
    expect(contents(list)).toMatchObject([
      {
        name: '学校办学情况抽查',
        category: '06',
        implementingOrgan: '教育部门',
        subItems: [{ name: '办学条件的检查' }, { name: '学校食堂食品安全情况的检查' }],
      },
      { name: '出版物零售单位抽查', subItems: [{ name: '经营情况的检查' }] },
    ]);
  });

  test('numbered by 抽查事项 has them as items', () => {
    const list = read({
      name: '随机抽查事项清单',
      rows: [
        HEAD,
        [1, '教育', '办学条件的检查', '学校', '教育部门', '', '县级'],
        [2, '教育', '食堂的检查', '学校', '教育部门', '', '县级'],
      ],
    });
    expect(names(list)).toEqual(['办学条件的检查', '食堂的检查']);
    expect(messages(list)).toContain('“抽查领域”');
  });

  test('has no serial numbers, and 事项类别 of its own that is no category of powers', () => {
    const list = read(
      {
        rows: [
          ['抽查事项', '抽查内容', '检查对象', '事项类别', '检查方式', '检查主体', '检查依据'],
          [
            '对旅馆的检查',
            '登记情况',
            '旅馆',
            '一般检查事项',
            '现场检查',
            '县公安局',
            '《旅馆业治安管理办法》第十四条',
          ],
          [
            '粮食流通监督检查',
            '备案情况',
            '收购者',
            '重点检查事项',
            '现场检查',
            '县发改局',
            '《粮食流通管理条例》第三十八条',
          ],
        ],
      },
      {},
      '2023年度联合抽查事项清单.xlsx',
    );
    expect(list.items.map(({ name, category }) => [name, category])).toEqual([
      ['对旅馆的检查', '06'],
      ['粮食流通监督检查', '06'],
    ]);
    expect(messages(list)).toMatch(/列“事项类别”在清单里没有对应的内容/);
  });
});

describe('the category', () => {
  const rows = [
    ['序号', '事项名称', '实施依据', '实施主体'],
    [1, '甲事项', '《甲法》第一条', '示例局'],
  ];

  test.each([
    ['示例市公共服务事项目录', '20'],
    ['示例市行政处罚事项清单（2024年版）', '02'],
    ['附件2 示例市“双随机、一公开”抽查事项清单', '06'],
    ['示例市其他行政权力事项清单', '10'],
    ['示例市公共服务中心行政许可事项清单', '01'],
  ])('comes from the title “%s”', (title, code) => {
    expect(categories(read({ rows: [[title], ...rows] }))).toEqual([code]);
    expect(categories(read({ rows }, {}, `${title}.xlsx`))).toEqual([code]);
    expect(categories(read({ name: title.slice(0, 31), rows }))).toEqual([code]);
  });

  test.each([
    '示例市行政许可和行政处罚事项清单',
    '示例市行政执法事项清单',
    '示例市公共服务中心权责清单',
    '示例市权责清单',
  ])('is not guessed from the title “%s”: every item without one is told', (title) => {
    const list = read({ rows: [[title], ...rows] });
    expect(list.items).toEqual([]);
    expect(list.unread).toEqual(['甲事项']);
    expect(messages(list)).toContain('--category');
  });

  test('is what a person says, for rows that say none', () => {
    const mixed = [
      ['序号', '事项名称', '权力类型', '实施依据'],
      [1, '甲事项', '行政许可', '《甲法》'],
      [2, '乙事项', '', '《乙法》'],
    ];
    expect(categories(read({ rows: mixed }, { category: '行政确认' }))).toEqual(['01', '07']);
    expect(categories(read({ rows: [['行政许可事项清单'], ...rows] }, { category: '06' }))).toEqual(['06']);
  });

  test('is the column whose cells are categories, whatever its head', () => {
    const list = read({
      rows: [
        ['序号', '事项名称', '归口', '实施依据', '实施主体'],
        [1, '甲', '行政许可', '《甲法》', '示例局'],
        [2, '乙', '行政处罚', '《乙法》', '示例局'],
      ],
    });
    expect(categories(list)).toEqual(['01', '02']);
    expect(messages(list)).toContain('不认识的列“归口”按单元格的内容认作“权力类型”');
  });
});

describe('the header', () => {
  test('of two rows says what is of what', () => {
    const list = read({
      rows: [
        ['序号', '职权', '', '职权类型', '责任事项', '', '追责', ''],
        ['', '名称', '编码', '', '内容', '依据', '情形', '对象'],
        [1, '甲许可', 'XK-0001', '行政许可', '受理责任：甲', '《乙法》', '违法的', '经办人员'],
      ],
      merges: ['A1:A2', 'B1:C1', 'D1:D2', 'E1:F1', 'G1:H1'],
    });
    expect(contents(list)).toMatchObject([
      {
        name: '甲许可',
        category: '01',
        codes: { former: 'XK-0001' },
        dutiesText: '受理责任：甲',
        dutyBasisText: '《乙法》',
        accountabilityGrounds: '违法的',
        accountablePersons: '经办人员',
      },
    ]);
  });

  test('may be followed by the numbers of its columns, which are no item', () => {
    const list = read({
      rows: [
        ['序号', '事项名称', '权力类型', '实施依据'],
        [1, 2, 3, 4],
        [1, '甲许可', '行政许可', '《甲法》'],
      ],
    });
    expect(names(list)).toEqual(['甲许可']);
  });

  test('may be another one further down, with its columns in another order', () => {
    const list = read({
      rows: [
        ['序号', '事项名称', '权力类型', '实施依据'],
        [1, '甲许可', '行政许可', '《甲法》'],
        ['序号', '实施依据', '权力类型', '事项名称', '行使主体'],
        [2, '《乙法》', '行政处罚', '乙处罚', '示例局'],
      ],
    });
    expect(contents(list)).toMatchObject([
      { name: '甲许可', basisText: '《甲法》' },
      { name: '乙处罚', basisText: '《乙法》', implementingOrgan: '示例局' },
    ]);
  });

  test('with two columns that may be one thing: the surer counts; of two as sure the choice is a doubt at its row', () => {
    const list = read({
      rows: [
        ['序号', '事项名称', '权力类型', '设定依据', '实施依据'],
        [1, '甲许可', '行政许可', '《甲法》', '《甲条例》'],
        [2, '乙许可', '行政许可', '《乙法》', ''],
      ],
    });
    expect(contents(list)).toMatchObject([{ basisText: '《甲法》' }, { basisText: '《乙法》' }]);
    const doubts = list.sheets[0]?.warnings.filter(({ code }) => code === 'two-readings');
    expect(doubts).toMatchObject([{ row: 2 }]);
    expect(doubts?.[0]?.message).toContain('《甲条例》');
  });
});

describe('what a person says of columns', () => {
  const rows = [
    ['序', '干什么', '凭什么', '谁来干', '类'],
    [1, '甲许可', '《甲法》第一条', '示例局', '行政许可'],
    [2, '乙许可', '《乙法》第二条', '示例局', '行政许可'],
  ];

  test('is not needed to refuse with what was found, and with the command that helps', () => {
    expect(() =>
      read({
        rows: [['序号', '干什么', '凭什么', '谁来干'], ...rows.slice(1).map((row) => row.slice(0, 4))],
      }),
    ).toThrow(expect.objectContaining({ code: 'no-list' }));
    try {
      read({
        rows: [
          ['序号', '干什么', '备注', '凭什么'],
          [1, '甲许可', '', '《甲法》第一条'],
        ],
      });
      expect(true).toBe(false);
    } catch (error) {
      const message = error instanceof Error ? error.message : '';
      expect(message).toContain('第 1 行像是表头');
      expect(message).toContain('A 列“序号”是序号');
      expect(message).toContain('不认得 B 列“干什么”');
      expect(message).toContain('mandate import 文件 --column 名称=干什么');
      expect(message).toContain('--category 行政许可');
    }
  });

  test('is followed', () => {
    const list = read({ rows }, { column: ['名称=干什么', '依据=凭什么', '主体=谁来干'] });
    expect(contents(list)).toMatchObject([
      { name: '甲许可', category: '01', basisText: '《甲法》第一条', implementingOrgan: '示例局' },
      { name: '乙许可' },
    ]);
  });

  test('is refused where no column is headed so, with the heads that there are', () => {
    expect(() => read({ rows: PERMITS }, { column: ['名称=许可名字'] })).toThrow(
      expect.objectContaining({ code: 'no-column', message: expect.stringContaining('“许可名字”') }),
    );
  });
});

describe('columns that look swapped', () => {
  const HEAD = ['序号', '事项名称', '权力类型', '实施依据', '行使主体'];
  const ROWS = [
    [1, '对违反《甲条例》的处罚', '行政处罚', '《甲条例》第三条：违反规定的，罚款。', '示例市示例局'],
    [2, '《乙证》核发', '行政许可', '【法律】《乙法》第二条', '示例市示例局'],
    [3, '丙检查', '行政检查', '《丙办法》', '示例市示例局'],
  ];
  const reordered = (order: readonly number[]) => ROWS.map((row) => order.map((n) => row[n]));

  test.each([
    ['names and bases', [0, 3, 2, 1, 4]],
    ['names and serials', [1, 0, 2, 3, 4]],
    ['names and categories', [0, 2, 1, 3, 4]],
    ['names and organs', [0, 4, 2, 3, 1]],
    ['bases and organs', [0, 1, 2, 4, 3]],
    ['categories and bases', [0, 1, 3, 2, 4]],
    ['three in a ring', [0, 2, 3, 1, 4]],
  ])('%s are refused, and read right as the message says', (_, order) => {
    const rows = [HEAD, ...reordered(order)];
    let message = '';
    try {
      read({ rows });
    } catch (error) {
      expect(error).toMatchObject({ code: 'swapped-columns' });
      message = error instanceof Error ? error.message : '';
    }
    const [byCells = '', asHeaded = ''] = message.split('；确认');
    const options = (words: string): string[] =>
      [...words.matchAll(/--column (\S+)/g)].map((found) => found[1] ?? '');
    expect(options(byCells).length).toBeGreaterThan(1);
    expect(contents(read({ rows }, { column: options(byCells) }))).toEqual(
      contents(read({ rows: [HEAD, ...ROWS] })),
    );
    // Whoever insists is followed: that rows then cannot be read is told by row.
    expect(() => read({ rows }, { column: options(asHeaded) })).not.toThrow();
  });

  test('of one item are noticed too', () => {
    const [row = []] = reordered([0, 3, 2, 1, 4]);
    expect(() => read({ rows: [HEAD, row] })).toThrow(expect.objectContaining({ code: 'swapped-columns' }));
  });

  test('are not what looks odd and is right', () => {
    const odd = [
      [1, '示例市示例局', '行政许可', '依据三定方案', '示例市示例局'],
      [2, '《甲法》规定的其他职责', '其他行政权力', '无', '示例市示例局'],
    ];
    expect(names(read({ rows: [HEAD, ...odd] }))).toHaveLength(2);
    expect(names(read({ rows: [HEAD, ...ROWS] }))).toHaveLength(3);
  });
});
