import { describe, expect, test } from '@jest/globals';
import { type DiscretionStandard, parseLegalBases } from '@mandate/lists';
import { SheetGrid } from '@mandate/workbook';
import { itemRow, listRows, makeWorkbook } from '../../../../test/support/workbook.ts';
import { readSourceFile } from '../read-source-file.ts';
import { citationsIn, numberOf } from './citations.ts';
import { joinStandards, type ListedPenalty } from './join-standards.ts';
import { asListTitle } from './organ-in-title.ts';
import { readDiscretionSheet } from './read-discretion.ts';

function read(
  rows: readonly (readonly string[])[],
  merges: readonly (readonly [number, number, number, number])[] = [],
) {
  return readDiscretionSheet(
    new SheetGrid({
      name: 'Sheet1',
      hidden: false,
      cells: rows.flatMap((row, r) =>
        row.flatMap((text, column) => (text === '' ? [] : [{ row: r, column, text }])),
      ),
      merges: merges.map(([top, left, bottom, right]) => ({ top, left, bottom, right })),
      hiddenRows: new Set(),
      hiddenColumns: new Set(),
      errors: [],
    }),
  );
}
const TITLE = ['示例市示例局行政处罚裁量基准（2026年版）'];
const BASIS = '《中华人民共和国示例法》第七十三条第一款：……';
const tiersOf = (sheet: ReturnType<typeof read>) =>
  sheet?.items.map(({ standard }) => [
    standard.conduct,
    standard.tiers.map(({ tier, standard: said }) => [tier, said]),
  ]);

describe('a table of discretion standards', () => {
  test('reads 程度 and 情形 under 违法情节 as the two columns that they are', () => {
    const sheet = read(
      [
        TITLE,
        ['序号', '违法行为', '处罚依据', '违法情节', '', '处罚标准'],
        ['', '', '', '程度', '情形', ''],
        ['1', '占道经营', BASIS, '轻微', '首次', '警告'],
        ['', '', '', '一般', '两次以上', '罚一百元'],
      ],
      [
        [0, 0, 0, 5],
        [1, 0, 2, 0],
        [1, 1, 2, 1],
        [1, 2, 2, 2],
        [1, 3, 1, 4],
        [1, 5, 2, 5],
      ],
    );
    expect(sheet?.titles).toEqual(TITLE);
    expect(sheet?.items.map(({ standard }) => standard.tiers)).toEqual([
      [
        { tier: '轻微', circumstances: '首次', standard: '警告' },
        { tier: '一般', circumstances: '两次以上', standard: '罚一百元' },
      ],
    ]);
    expect(sheet?.warnings).toEqual([]);
  });

  test('gives each conduct its basis and tiers, over merged cells, blank ones and repeated headers', () => {
    const header = ['序号', '违法行为', '法律依据', '裁量阶次', '适用条件', '具体标准', '备注'];
    const sheet = read(
      [
        TITLE,
        header,
        ['1', '无证经营', BASIS, '较轻', '不足一万元', '罚一万元'],
        ['', '', '', '较重', '一万元以上', '罚三万元'],
        header,
        ['', '', '', '严重', '拒不改正', '罚五万元'],
        ['2', '假冒标识', BASIS, '不予处罚', '初次且改正', ''],
        ['', '', '', '一般', '其他', '罚二万元', '示例'],
        ['注：示例说明。'],
      ],
      [[2, 1, 5, 1]],
    );
    expect(sheet?.titles).toEqual(TITLE);
    expect(tiersOf(sheet)).toEqual([
      [
        '无证经营',
        [
          ['较轻', '罚一万元'],
          ['较重', '罚三万元'],
          ['严重', '罚五万元'],
        ],
      ],
      [
        '假冒标识',
        [
          ['不予处罚', '不予处罚'],
          ['一般', '罚二万元'],
        ],
      ],
    ]);
    expect(sheet?.items.map(({ row, serial, standard }) => [row, serial, standard.basis])).toEqual([
      [3, '1', BASIS],
      [7, '2', BASIS],
    ]);
    expect(sheet?.warnings.map(({ row, code }) => [row, code])).toEqual([
      [2, 'unknown-column'],
      [9, 'note'],
    ]);
  });

  test.each([
    [['序号', '处罚事项', '处罚依据', '违法程度', '违法情节', '处罚标准']],
    [['编号', '案由', '罚则', '裁量等级', '适用情形', '裁量幅度']],
    [['序号', '违法行为名称', '法律规定', '裁量档次', '情节与后果', '裁量标准']],
    [['代码', '行政处罚事项名称', '设定依据', '情节', '适用情形', '行政处罚裁量基准']],
    [['序 号', '违法事实', '违反条款', '阶次', '情形', '处罚幅度']],
    [['序号', '事项名称', '法律、法规依据', '违法行为等级', '裁量因素', '处罚种类及幅度（罚款）']],
  ])('headed %s', (header) => {
    const sheet = read([TITLE, header, ['1', '无证经营', BASIS, '较轻', '不足一万元', '罚一万元']]);
    expect(sheet?.items.map(({ standard }) => standard)).toEqual([
      {
        conduct: '无证经营',
        basis: BASIS,
        tiers: [{ tier: '较轻', circumstances: '不足一万元', standard: '罚一万元' }],
      },
    ]);
    expect(sheet?.warnings).toEqual([]);
  });

  test('with a header of two rows, with a column for each tier, and without a column of tiers', () => {
    const two = read(
      [
        TITLE,
        ['序号', '违法行为', '违反条款', '处罚依据', '裁量基准'],
        ['', '', '', '', '阶次', '适用情形', '裁量标准'],
        ['1', '无证经营', '第三条', BASIS, '一般', '其他', '罚一万元'],
      ],
      [
        [1, 0, 2, 0],
        [1, 1, 2, 1],
        [1, 2, 2, 2],
        [1, 3, 2, 3],
        [1, 4, 1, 6],
      ],
    );
    expect(two?.items[0]?.standard.basis).toBe(`${BASIS}\n第三条`);
    expect(tiersOf(two)).toEqual([['无证经营', [['一般', '罚一万元']]]]);
    const across = read([
      TITLE,
      ['序号', '违法行为', '处罚依据', '从轻', '一般', '从重'],
      ['1', '无证经营', BASIS, '罚一万元', '罚二万元', '——'],
    ]);
    expect(tiersOf(across)).toEqual([
      [
        '无证经营',
        [
          ['从轻', '罚一万元'],
          ['一般', '罚二万元'],
        ],
      ],
    ]);
    const untold = read([
      TITLE,
      ['违法行为', '处罚依据', '适用情形', '处罚标准'],
      ['无证经营', BASIS, '情节轻微的：不足一万元', '罚一万元'],
      ['无证经营', BASIS, '其他', '罚二万元'],
    ]);
    expect(tiersOf(untold)).toEqual([
      [
        '无证经营',
        [
          ['情节轻微', '罚一万元'],
          ['第二档', '罚二万元'],
        ],
      ],
    ]);
  });

  test('says which rows it cannot take', () => {
    const sheet = read([
      TITLE,
      ['序号', '违法行为', '处罚依据', '裁量阶次', '适用情形', '裁量标准'],
      ['', '', BASIS, '较轻', '情形', '罚款'],
      ['1', '无证经营', BASIS, '较轻', '情形', ''],
    ]);
    expect(sheet?.items).toEqual([]);
    expect(sheet?.warnings.map(({ row, code }) => [row, code])).toEqual([
      [3, 'unreadable-row'],
      [4, 'unreadable-row'],
      [4, 'invalid-item'],
    ]);
  });

  test('is not made of a list of powers that has a column of standards too', () => {
    const powers = ['序号', '事项名称', '权力类型', '实施依据', '裁量阶次', '裁量标准', '责任事项'];
    expect(read([TITLE, powers, ['1', '甲', '行政处罚', BASIS, '轻', '罚']])).toBeUndefined();
    expect(read([['权责清单'], ['序号', '事项名称', '实施依据'], ['1', '甲', BASIS]])).toBeUndefined();
  });
});

test('a sheet of standards beside a list is told and stays out of it', () => {
  const csv = (rows: readonly (readonly string[])[]): Uint8Array =>
    new TextEncoder().encode(rows.map((row) => row.join(',')).join('\n'));
  const alone = readSourceFile(
    '裁量.csv',
    csv([
      ['序号', '违法行为', '处罚依据', '裁量阶次', '适用情形', '裁量标准'],
      ['1', '甲', '乙', '轻', '丙', '罚款'],
    ]),
  );
  expect([alone.register, alone.items.length]).toEqual(['discretion', 1]);
  const both = readSourceFile(
    '清单.xlsx',
    makeWorkbook([
      { name: '清单', rows: listRows([itemRow(1, '甲许可')]) },
      {
        name: '基准',
        rows: [
          ['序号', '违法行为', '裁量阶次', '裁量标准'],
          [1, '甲', '轻', '罚款'],
        ],
      },
    ]),
  );
  expect([both.register, both.items.length, both.sheets.map(({ sheet }) => sheet)]).toEqual([
    'authority-item',
    1,
    ['清单', '基准'],
  ]);
  expect(both.sheets[1]?.warnings[0]?.message).toContain('裁量基准');
});

describe('a standard is of the penalty', () => {
  const penalty = (key: string, name: string, basisText: string): ListedPenalty => ({
    key,
    item: { name, basisText, bases: parseLegalBases(basisText), levels: [], subItems: [] },
  });
  const listed = [
    penalty(
      'k1',
      '对未取得示例许可从事示例经营活动的处罚',
      '【法律】《中华人民共和国示例法》（2021年修正）\n第七十三条：……\n第七十五条：……',
    ),
    penalty('k2', '对假冒示例标识的行政处罚', '【行政法规】《示例条例》第十条、第十二条：……'),
    penalty('k3', '对伪造示例标识的行政处罚', '【行政法规】《示例条例》第十条：……'),
    penalty('k4', '对拒绝监督检查的处罚', '【法律】《甲示例法》第一条'),
    penalty('k5', '对拒绝监督检查的处罚', '【法律】《乙示例法》第二条'),
  ];
  const join = (conduct: string, basis?: string) => {
    const standard: DiscretionStandard = {
      conduct,
      ...(basis !== undefined && { basis }),
      tiers: [{ tier: '一般', circumstances: '其他', standard: '罚款' }],
    };
    return joinStandards([standard], listed)[0];
  };

  test('of the same name, but for what every penalty is called', () => {
    expect(join('未取得示例许可从事示例经营活动', BASIS)).toEqual({ is: 'joined', key: 'k1' });
    expect(join('假冒示例标识的行为')).toEqual({ is: 'joined', key: 'k2' });
    expect(join('假冒示例标识', '《别的法》第一条')).toMatchObject({
      key: 'k2',
      doubt: expect.stringContaining('不是同一部') as unknown,
    });
  });

  test('of its article where two have one name, and of neither where it says none', () => {
    expect(join('对拒绝监督检查的处罚', '《乙示例法》第二条第一款')).toEqual({ is: 'joined', key: 'k5' });
    expect(join('拒绝监督检查')).toMatchObject({ is: 'unclear' });
  });

  test('of its article and a name like it, told as a doubt', () => {
    expect(join('未取得许可从事示例经营', '《示例法》第七十五条')).toMatchObject({
      is: 'joined',
      key: 'k1',
      doubt: expect.stringContaining('条款相同') as unknown,
    });
  });

  test('that is listed only: of no other article, no other act, and not of one of two as near', () => {
    expect(join('未取得许可从事示例经营', '《示例法》第九条')).toMatchObject({ is: 'none' });
    expect(join('倒卖车票', '《示例条例》第十二条')).toEqual({ is: 'none' });
    expect(join('变造示例标识', '《示例条例》第十条')).toMatchObject({ is: 'unclear' });
  });
});

test('articles are read with their act, in any numerals, as ranges, and not out of the wording', () => {
  expect([
    ...citationsIn('《中华人民共和国示例法》（2021年修正）第七十三条第一款、第76条：违反本法第九条的'),
  ]).toEqual(['示例法 73', '示例法 76']);
  expect([...citationsIn('依照中华人民共和国示例法第三十九至第四十一条')]).toEqual([
    '示例法 39',
    '示例法 40',
    '示例法 41',
  ]);
  expect([...citationsIn('《甲条例》第十条和第十二条；《乙办法》\n第一百零二条：……')]).toEqual([
    '甲条例 10',
    '甲条例 12',
    '乙办法 102',
  ]);
  expect(['十', '二十', '一百一十', '一千零一'].map(numberOf)).toEqual([10, 20, 110, 1001]);
});

test.each([
  ['示例市财政局2026年行政处罚裁量基准.xlsx', '示例市财政局2026年权责清单.xlsx'],
  ['示例市农业农村局行政处罚自由裁量权基准（试行）', '示例市农业农村局权责清单'],
])('%s is of the organ of %s', (title, list) => {
  expect(asListTitle(title)).toBe(list);
});
