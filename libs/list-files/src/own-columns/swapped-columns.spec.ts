import { describe, expect, test } from '@jest/globals';
import { makeWorkbook, type TestSheet } from '../../../../test/support/workbook.ts';
import { parseReadingOptions } from '../reading-options.ts';
import { readSourceFile } from '../read-source-file.ts';
import type { AuthoritySource } from '../source-file.ts';

type Row = Readonly<Record<string, string | number>>;

const ROWS: readonly Row[] = [
  {
    序号: 1,
    事项编码: '650200-XK-00120',
    事项名称: '食品经营许可',
    权力类型: '行政许可',
    实施依据: '【法律】《食品安全法》第三十五条',
    行使主体: '示例市市场监督管理局',
    承办机构: '行政审批科',
    实施层级及权限: '市级、县级',
    责任事项内容: '1.受理责任：公示材料。2.审查责任：审核材料。',
    追责对象范围: '行政机关及其工作人员',
    追责情形: '有下列情形的，应当追究责任：未按规定受理的。',
    救济渠道: '行政复议、行政诉讼',
    受理条件: '有固定场所，符合卫生要求。',
    申请材料: '1.申请书；2.身份证复印件',
    法定办结时限: '20个工作日',
    承诺办结时限: '10个工作日',
    收费标准: '每件50元',
    收费依据: '示发改价〔2019〕12号',
    办理地点: '示例市示例路1号政务服务大厅',
    办理时间: '工作日上午10:00至13:30',
  },
  {
    序号: 2,
    事项编码: '650200-CF-00217',
    事项名称: '对无证经营的处罚',
    权力类型: '行政处罚',
    实施依据: '【法律】《食品安全法》第一百二十二条',
    行使主体: '示例市市场监督管理局',
    承办机构: '执法稽查大队、法规科',
    实施层级及权限: '县级',
    责任事项内容: '1.立案责任：发现违法行为。2.调查责任：取证。',
    追责对象范围: '负责人、直接责任人员',
    追责情形: '不履行监管职责的；滥用职权的。',
    救济渠道: '投诉举报、行政复议',
    受理条件: '取得营业资格，具备条件。',
    申请材料: '营业执照复印件；申请表',
    法定办结时限: '90日',
    承诺办结时限: '60日',
    收费标准: '80元/件',
    收费依据: '《示例市收费管理办法》第三条',
    办理地点: '示例街3号二楼',
    办理时间: '周一至周五',
  },
  {
    序号: 3,
    事项编码: '650200-JC-00318',
    事项名称: '产品质量检查',
    权力类型: '行政检查',
    实施依据: '【法律】《产品质量法》第十五条',
    行使主体: '示例市市场监督管理局',
    承办机构: '质量监督管理处',
    实施层级及权限: '市级',
    责任事项内容: '1.检查责任：按计划检查。',
    追责对象范围: '行政机关及其工作人员',
    追责情形: '在检查中索取财物的；玩忽职守的。',
    救济渠道: '行政诉讼',
    受理条件: '符合抽查计划。',
    申请材料: '产品检验报告原件',
    法定办结时限: '30日',
    承诺办结时限: '即办',
    收费标准: '免费',
    收费依据: '《产品质量法》第十五条',
    办理地点: '示例大道5号',
    办理时间: '工作日下午',
  },
];
const HEAD = Object.keys(ROWS[0] ?? {});

/** The rows under a header in which each column of a ring has the words of the one before it. */
function sheetOf(rows: readonly Row[], ring: readonly string[] = []): TestSheet {
  const cellsOf = (head: string): string => {
    const at = ring.indexOf(head);
    return at < 0 ? head : (ring[(at + 1) % ring.length] ?? head);
  };
  return { rows: [HEAD, ...rows.map((row) => HEAD.map((head) => row[cellsOf(head)]))] };
}

function read(sheet: TestSheet, column: readonly string[] = []): AuthoritySource {
  const source = readSourceFile('示例市市场监督管理局权责清单.xlsx', makeWorkbook([sheet]), {
    options: parseReadingOptions({ column: [...column] }),
  });
  if (source.register !== 'authority-item') throw new Error('no list of powers');
  return source;
}
const contents = ({ items }: AuthoritySource) => items.map(({ content }) => content);
const optionsIn = (words: string): string[] =>
  [...words.matchAll(/--column ([^\s；]+)/g)].map((found) => found[1] ?? '');

function refusal(sheet: TestSheet): string {
  try {
    read(sheet);
  } catch (error) {
    expect(error).toMatchObject({ code: 'swapped-columns' });
    return error instanceof Error ? error.message : '';
  }
  return '';
}

describe('columns that have each other’s cells', () => {
  test.each([
    [['行使主体', '承办机构']],
    [['事项名称', '事项编码']],
    [['序号', '事项编码']],
    [['事项名称', '实施依据']],
    [['事项名称', '责任事项内容']],
    [['事项名称', '承办机构']],
    [['事项名称', '实施层级及权限']],
    [['权力类型', '实施层级及权限']],
    [['权力类型', '承办机构']],
    [['承办机构', '实施依据']],
    [['承办机构', '实施层级及权限']],
    [['行使主体', '事项编码']],
    [['实施依据', '责任事项内容']],
    [['实施依据', '追责情形']],
    [['责任事项内容', '追责情形']],
    [['追责对象范围', '追责情形']],
    [['追责情形', '救济渠道']],
    [['追责对象范围', '承办机构']],
    [['受理条件', '申请材料']],
    [['法定办结时限', '承诺办结时限']],
    [['收费标准', '收费依据']],
    [['办理地点', '办理时间']],
    [['事项编码', '行使主体', '承办机构']],
    [['事项名称', '事项编码', '实施层级及权限']],
  ])('%j are refused, and read right as the message says', (ring) => {
    const sheet = sheetOf(ROWS, ring);
    const message = refusal(sheet);
    for (const head of ring) expect(message).toContain(`“${head}”`);
    const [byCells = '', asHeaded = ''] = message.split('；确认');
    expect(optionsIn(byCells)).toHaveLength(ring.length);
    expect(contents(read(sheet, optionsIn(byCells)))).toEqual(contents(read(sheetOf(ROWS))));
    expect(() => read(sheet, optionsIn(asHeaded))).not.toThrow();
  });

  test('are not what is as it should be, in any number of rows', () => {
    expect(read(sheetOf(ROWS)).items).toHaveLength(3);
    for (const row of ROWS) expect(read(sheetOf([row])).items).toHaveLength(1);
  });
});

describe('an organ and its office', () => {
  const withOffices = (pairs: readonly (readonly [string, string])[]) =>
    sheetOf(pairs.map(([organ, office], n) => ({ ...ROWS[n % 3], 行使主体: organ, 承办机构: office })));

  test.each([
    ['offices of one row', [['法规科', '示例市商务局']]],
    ['a window', [['综合窗口', '示例县人民政府']]],
    ['offices named with their organ', [['市商务局外贸科', '市商务局']]],
    [
      'several of each',
      [
        ['外贸科、内贸科', '示例市商务局、示例县商务局'],
        ['办公室', '示例市商务局'],
        ['商务科', '示例市商务局'],
      ],
    ],
    [
      'a brigade',
      [
        ['综合行政执法大队', '示例市城市管理局'],
        ['市容中队', '示例市城市管理局'],
      ],
    ],
    ['a bracket behind', [['许可科（窗口）', '示例市水利局（牵头）']]],
  ] as const)('are noticed: %s', (_what, pairs) => {
    expect(refusal(withOffices(pairs))).toContain('行使主体');
  });

  test.each([
    ['an office that is an organ', [['示例市商务局', '示例市商务局']]],
    ['an office of two names', [['示例市人民政府', '示例市政府办公室']]],
    ['an organ that is a commission', [['示例市发展和改革委员会', '市发展改革委']]],
    ['an organ that ends as an office does', [['示例市气象台', '防灾减灾处']]],
    ['a brigade by law', [['示例市交通运输综合行政执法支队', '法制科']]],
    ['a street', [['示例街道办事处', '示例区民政局']]],
  ] as const)('are left alone: %s', (_what, pairs) => {
    expect(read(withOffices(pairs)).items).toHaveLength(1);
  });
});

describe('times that the law gives and that are promised', () => {
  const withTimes = (pairs: readonly (readonly [string, string])[]) =>
    sheetOf(
      pairs.map(([law, promise], n) => ({
        ...ROWS[n % 3],
        序号: n + 1,
        事项名称: `食品许可${'甲乙丙丁戊'.charAt(n)}`,
        法定办结时限: law,
        承诺办结时限: promise,
      })),
    );

  test.each([
    [
      'all of them',
      [
        ['5', '20'],
        ['10', '30'],
      ],
    ],
    [
      'most of them',
      [
        ['5日', '20日'],
        ['10日', '30日'],
        ['20日', '20日'],
      ],
    ],
    [
      'at once and days',
      [
        ['即办', '20个工作日'],
        ['当场办结', '1个工作日'],
      ],
    ],
    [
      'months',
      [
        ['20日', '2个月'],
        ['30日', '1年'],
      ],
    ],
  ] as const)('are swapped where the promise is longer: %s', (_what, pairs) => {
    expect(refusal(withTimes(pairs))).toContain('“承诺办结时限”列');
  });

  test.each([
    ['one row alone', [['5', '20']]],
    [
      'fewer than most',
      [
        ['5', '20'],
        ['6', '20'],
        ['20', '10'],
        ['20', '20'],
      ],
    ],
    [
      'all alike',
      [
        ['20', '20'],
        ['20', '20'],
      ],
    ],
    [
      'working days and days',
      [
        ['10个工作日', '14日'],
        ['20个工作日', '28日'],
      ],
    ],
    [
      'no numbers',
      [
        ['无', '20日'],
        ['3至5日', '20日'],
      ],
    ],
  ] as const)('are not where it is not sure: %s', (_what, pairs) => {
    expect(read(withTimes(pairs)).items).toHaveLength(pairs.length);
  });
});

describe('an item and its sub-items', () => {
  const rows = (first: string, second: string) => [
    ['序号', first, second, '权力类型', '实施依据', '行使主体'],
    [1, '食品许可', '食品销售', '行政许可', '《食品安全法》第三十五条', '示例市商务局'],
    [undefined, '', '餐饮服务', '行政许可', '《食品安全法》第三十五条', '示例市商务局'],
    [undefined, '', '单位食堂', '行政许可', '《食品安全法》第三十五条', '示例市商务局'],
  ];
  const merges = ['B2:B4', 'A2:A4'];

  test('are swapped where one sub-item has several items', () => {
    expect(refusal({ rows: rows('子项名称', '事项名称'), merges })).toContain('--column 事项名称=子项名称');
    expect(read({ rows: rows('事项名称', '子项名称'), merges }).items).toHaveLength(1);
  });

  test('are not where several items have parts of one name', () => {
    const same = ['甲证核发', '乙证核发', '丙证核发'].map((name, n) => [
      n + 1,
      name,
      '设立',
      '行政许可',
      '《甲法》第一条',
      '示例市商务局',
    ]);
    expect(read({ rows: [rows('事项名称', '子项名称')[0] ?? [], ...same] }).items).toHaveLength(3);
  });
});
