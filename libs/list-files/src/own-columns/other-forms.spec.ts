import { describe, expect, test } from '@jest/globals';
import { makeWorkbook, type SheetRows } from '../../../../test/support/workbook.ts';
import type { AuthoritySource } from '../source-file.ts';
import { readSourceFile } from '../read-source-file.ts';

const LAW = '《示例法》第三条';

function read(rows: SheetRows, merges: readonly string[] = []): AuthoritySource {
  const source = readSourceFile('清单.xlsx', makeWorkbook([{ rows, merges }]));
  if (source.register !== 'authority-item') throw new Error('no list of powers');
  return source;
}
const named = ({ items }: AuthoritySource): string[] =>
  items.map(({ name, category }) => `${name} ${category}`);
const contents = ({ items }: AuthoritySource) => items.map(({ content }) => content);
const warned = ({ sheets }: AuthoritySource, code: string) =>
  sheets.flatMap(({ warnings }) => warnings.filter((one) => one.code === code));

describe('a list in traditional script', () => {
  const HEAD = ['序號', '項目名稱', '權力類型', '設定依據', '實施主體', '承辦機構', '責任事項內容', '備註'];

  test('is understood, and its own words stay as they are', () => {
    const list = read([
      ['示例市財政局權責清單'],
      HEAD,
      [
        '1',
        '會計師事務所執業許可',
        '行政許可',
        '《中華人民共和國註冊會計師法》第三條',
        '示例市財政局',
        '會計科',
        '受理責任',
        '無',
      ],
      [
        '2',
        '對違規開票的處罰',
        '行政處罰',
        '1.《發票管理辦法》第五條；2.《稅收徵收管理法》第六條',
        '示例市財政局',
        '',
        '',
        '',
      ],
      ['合計', '2項', '', '', '', '', '', ''],
    ]);
    expect(contents(list)).toMatchObject([
      {
        name: '會計師事務所執業許可',
        category: '01',
        implementingOrgan: '示例市財政局',
        handlingOffice: '會計科',
        dutiesText: '受理責任',
        bases: [{ kind: 'law', title: '中華人民共和國註冊會計師法', articles: ['第三條'] }],
      },
      {
        category: '02',
        bases: [
          { title: '發票管理辦法', articles: ['第五條'] },
          { title: '稅收徵收管理法', articles: ['第六條'] },
        ],
      },
    ]);
    expect(warned(list, 'unknown-column')).toEqual([]);
  });

  test('has chapters and categories carried down like any', () => {
    const row = (serial: string, name: string, category = ''): string[] => [
      serial,
      name,
      category,
      LAW,
      '市公安局',
    ];
    const chapters = read([
      HEAD.slice(0, 5),
      ['一、行政許可（共1項）'],
      row('1', '甲許可'),
      ['二、行政處罰（共1項）'],
      row('1', '對乙的處罰'),
    ]);
    expect(named(chapters)).toEqual(['甲許可 01', '對乙的處罰 02']);
    const blocks = read([
      HEAD.slice(0, 5),
      row('1', '甲', '其他行政權力'),
      row('2', '乙'),
      row('3', '對丙的處罰'),
    ]);
    expect(named(blocks)).toEqual(['甲 10', '乙 10']);
    expect(blocks.unread).toEqual(['對丙的處罰']);
  });

  test('has swapped columns refused like any', () => {
    const rows = [['1', '《甲條例》第三條：違反規定的，罰款。', '行政許可', '甲核准許可', '示例市財政局']];
    expect(() => read([HEAD.slice(0, 5), ...rows])).toThrow(
      expect.objectContaining({ code: 'swapped-columns' }),
    );
  });
});

describe('a basis in several columns', () => {
  const rows = (heads: readonly string[]): SheetRows => [
    ['序号', '事项名称', '权力类型', ...heads, '行使主体'],
    ['1', '甲许可', '行政许可', '《甲法》', '第三条', '国家实行许可。', '示例局'],
    ['', '', '', '《乙条例》', '第五条', '另有规定', ''],
    ['', '', '', '', '第六条', '再规定。', ''],
    ['2', '乙许可', '行政许可', '丙条例', '7', '申请。', '示例局'],
  ];

  test.each([
    [['法律依据名称', '条款号', '条款内容']],
    [['依据名称', '依据条款', '依据内容']],
    [['法律法规名称', '条款', '条文内容']],
    [['法律名称', '法条序号', '法条内容']],
    [['设定依据名称', '具体条款', '条款原文']],
    [['法律文件名称', '条款项', '内容']],
    [['实施依据', '条款', '内容']],
    [['法律法规名称', '条文号', '条文']],
    [['法律依据', '法律条款', '条款内容']],
    [['設定依據名稱', '條款號', '條款內容']],
  ])('%s is one basis in each row', (heads) => {
    const list = read(rows(heads));
    expect(contents(list)).toMatchObject([
      {
        basisText: '《甲法》第三条：国家实行许可。\n《乙条例》第五条：另有规定\n第六条：再规定。',
        bases: [
          { title: '甲法', articles: ['第三条'] },
          { title: '乙条例', articles: ['第五条', '第六条'] },
        ],
      },
      { bases: [{ title: '丙条例', articles: ['第7条'], text: '丙条例第7条：申请。' }] },
    ]);
    expect(warned(list, 'unknown-column')).toEqual([]);
  });

  test('under one head over two rows, the title merged over its articles', () => {
    const list = read(
      [
        ['序号', '事项名称', '权力类型', '设定依据', '', '', '行使主体'],
        ['', '', '', '名称', '条款', '内容', ''],
        ['1', '甲许可', '行政许可', '《甲法》', '第三条', '第三条　国家实行许可。', '示例局'],
        ['', '', '', '', '第五条', '另有规定。', ''],
      ],
      ['A1:A2', 'B1:B2', 'C1:C2', 'D1:F1', 'G1:G2', 'A3:A4', 'B3:B4', 'C3:C4', 'D3:D4', 'G3:G4'],
    );
    expect(contents(list)).toMatchObject([
      {
        basisText: '《甲法》第三条　国家实行许可。\n第五条：另有规定。',
        bases: [{ title: '甲法', articles: ['第三条', '第五条'] }],
      },
    ]);
  });

  test('as many titles as articles in one cell are as many bases', () => {
    const [head = []] = rows(['法律依据名称', '条款号', '条款内容']);
    const list = read([
      head,
      ['1', '甲许可', '行政许可', '《甲法》\n《乙条例》', '第三条\n第五条', '', '示例局'],
    ]);
    expect(contents(list)).toMatchObject([{ basisText: '《甲法》第三条\n《乙条例》第五条' }]);
  });
});

describe('a table of 调整前 and 调整后', () => {
  const ROWS: SheetRows = [
    ['1', '甲旧许可', '行政许可', '《旧法》第一条', '甲许可', '行政许可', LAW, ''],
    ['2', '乙许可', '行政许可', LAW, '', '', '', '取消'],
    ['3', '', '', '', '丙许可', '行政许可', LAW, '新增'],
    ['4', '丁许可', '行政许可', LAW, '不变', '', '', ''],
    ['5', '戊许可', '行政许可', LAW, '取消', '', '', ''],
    ['6', '己许可', '行政许可', LAW, '己审批', '其他行政权力', '《新法》第五条', ''],
  ];
  const PARTS = ['事项名称', '权力类型', '实施依据'];
  const over = (before: string, after: string): SheetRows => [
    ['序号', before, '', '', after, '', '', '备注'],
    ['', ...PARTS, ...PARTS, ''],
  ];
  const beside = (before: string, after: string): SheetRows => [
    ['序号', ...PARTS.map((part) => before + part), ...PARTS.map((part) => after + part), '备注'],
  ];
  const MERGED = ['A2:A3', 'B2:D2', 'E2:G2', 'H2:H3'];

  test.each<[string, SheetRows, readonly string[]]>([
    ['two rows', over('调整前', '调整后'), MERGED],
    ['two rows that are not merged', over('调整前', '调整后'), []],
    ['two rows of 修订', over('修订前', '修订后'), MERGED],
    ['one row', beside('调整前', '调整后'), []],
    ['one row of 修改前的', beside('修改前的', '修改后的'), []],
    ['one row of 原 and 现', beside('原', '现'), []],
    ['traditional script', over('調整前', '調整後'), MERGED],
  ])('with a head of %s is read as it is after', (_, head, merges) => {
    const list = read([['示例市示例局权责清单调整表'], ...head, ...ROWS], merges);
    expect(contents(list)).toMatchObject([
      { name: '甲许可', basisText: LAW },
      { name: '丙许可' },
      { name: '己审批', category: '10', basisText: '《新法》第五条' },
    ]);
    expect(list.items).toHaveLength(3);
    expect(list.unread).toEqual(['丁许可']);
    const first = 1 + head.length;
    expect(warned(list, 'item-gone').map(({ row }) => row - first)).toEqual([2, 5]);
    expect(warned(list, 'unreadable-row').map(({ row }) => row - first)).toEqual([4]);
    expect(warned(list, 'note')).toMatchObject([{ message: expect.stringContaining('按调整后的内容读取') }]);
    expect(warned(list, 'serial-jump')).toEqual([]);
  });

  test('without serials, or with the names alone, tells what goes', () => {
    const wide = read(
      [
        ['调整前', '', '', '调整后', '', ''],
        [...PARTS, ...PARTS],
        ['甲旧', '行政许可', LAW, '甲许可', '行政许可', LAW],
        ['乙许可', '行政许可', LAW, '', '', ''],
      ],
      ['A1:C1', 'D1:F1'],
    );
    expect(named(wide)).toEqual(['甲许可 01']);
    expect(warned(wide, 'item-gone')).toMatchObject([{ row: 4 }]);
    const names = read([
      ['序号', '权力类型', '调整前事项名称', '调整后事项名称', '实施依据'],
      ['1', '行政许可', '甲', '甲许可', LAW],
      ['2', '行政许可', '乙', '—', LAW],
    ]);
    expect(named(names)).toEqual(['甲许可 01']);
    expect(warned(names, 'item-gone')).toMatchObject([{ row: 3 }]);
  });

  test('joins two into one and parts one into two', () => {
    const [head = [], parts = []] = over('调整前', '调整后');
    const joined = read(
      [
        head,
        parts,
        ['1', '甲一', '行政许可', LAW, '甲许可', '行政许可', LAW],
        ['2', '甲二', '行政许可', LAW, '', '', ''],
      ],
      ['A1:A2', 'B1:D1', 'E1:G1', 'E3:E4', 'F3:F4', 'G3:G4'],
    );
    expect(named(joined)).toEqual(['甲许可 01']);
    const parted = read(
      [
        head,
        parts,
        ['1', '甲', '行政许可', LAW, '甲许可', '行政许可', LAW],
        ['', '', '', '', '乙许可', '行政许可', LAW],
      ],
      ['A1:A2', 'B1:D1', 'E1:G1', 'A3:A4', 'B3:B4', 'C3:C4', 'D3:D4'],
    );
    expect(named(parted)).toEqual(['甲许可 01', '乙许可 01']);
  });

  test('is none where 原编码 stands beside the item', () => {
    const list = read([
      ['序号', '事项名称', '权力类型', '原编码', '实施依据'],
      ['1', '甲许可', '行政许可', 'XK-1', LAW],
    ]);
    expect(contents(list)).toMatchObject([{ codes: { former: 'XK-1' } }]);
    expect(warned(list, 'note')).toEqual([]);
  });
});
