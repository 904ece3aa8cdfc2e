import { describe, expect, test } from '@jest/globals';
import { type AuthorityItem, checkList, checkRubbish, HEALTH_RULES, type HealthRule } from '../index.ts';

const SOUND: AuthorityItem = {
  schema: 'authority-item/1',
  organ: 'o-aaaaaaaaaaaaaaaa',
  name: '食品经营许可',
  category: '01',
  state: 'in-force',
  implementingOrgan: '示例市市场监督管理局',
  basisText: '【法律】《示例法》第三十五条：国家实行许可制度。',
  bases: [{ kind: 'law', title: '示例法', articles: ['第三十五条'], text: '【法律】《示例法》第三十五条' }],
  levels: [],
  dutiesText: '1.受理责任：公示。',
  dutyBasisText: '《中华人民共和国行政许可法》第三十条',
  subItems: [],
};
const item = (more: Partial<AuthorityItem>): AuthorityItem => ({ ...SOUND, ...more });
const rules = (of: AuthorityItem): HealthRule[] => checkList([{ item: of }]).map(({ rule }) => rule);
/** what is said of its words; that it holds a number too is said beside it */
const ofName = (name: string): HealthRule[] =>
  rules(item({ name })).filter((rule) => !/^name-with-(?:number|article)$/.test(rule));

const gb = new TextDecoder('gb18030');
const latin = new TextDecoder('windows-1252');
const utf8 = new TextEncoder();
/** words in UTF-8 that a program took for GB 18030, or for Latin-1 */
const asGbk = (words: string): string => gb.decode(utf8.encode(words));
const asLatin = (words: string): string => latin.decode(utf8.encode(words));

test('all rules about what no person wrote stop a list', () => {
  for (const rule of ['error-value', 'garbled-text', 'markup-in-text', 'name-without-words'] as const)
    expect(HEALTH_RULES[rule].grade).toBe('must');
});

describe('a name', () => {
  test.each([
    '#REF!',
    '#N/A',
    '#VALUE!',
    '#DIV/0!',
    '#NAME?',
    '#NULL!',
    '#NUM!',
    '#SPILL!',
    '#ref!',
    '对#REF!的处罚',
    '=HYPERLINK("http://a.example","食品")',
    '=A1',
    '=Sheet1!A1',
    "='2026年'!B3",
    '=VLOOKUP(A2,B:C,2)',
    '=A1&B1',
    '+SUM(A1)',
    '=[1]Sheet1!$A$1',
  ])('that is an error or a formula: %s', (name) => {
    expect(ofName(name)).toEqual(['error-value']);
  });

  test.each([
    '食\ufffd经营许可',
    '锟斤拷锟斤拷',
    '烫烫烫许可',
    '屯屯屯',
    '锘挎潈鍔',
    '????许可',
    '食品？？？许可',
    'ï»¿许可',
    'ÐÐÕþÐí¿É',
    'Ðí¿É',
    asGbk('食品生产许可'),
    asGbk('许可'),
    asGbk('罚款').replaceAll('\ufffd', ''),
    asGbk('对违法行为的处罚'),
    `对${asGbk('食品')}的处罚`,
    asLatin('食品'),
    asLatin('许可'),
    asLatin('备案').replace(/[\u0080-\u009f]/g, ''),
    asLatin('《示例法》'),
    'â€œ食品â€\u009d',
  ])('that is garbled: %s', (name) => {
    expect(ofName(name)).toEqual(['garbled-text']);
  });

  test.each([
    '<b>食品</b>许可',
    '食品<br/>许可',
    '<script>alert(1)</script>',
    '食品&nbsp;许可',
    '食品&#160;许可',
    '食品_x000D_许可',
    '<span style="color:red">食品</span>',
    '<!-- 食品 -->许可',
    '&lt;食品&gt;许可',
  ])('with markup in it: %s', (name) => {
    expect(ofName(name)).toEqual(['markup-in-text']);
  });

  test.each([
    '2026年1月5日',
    '2026-01-05',
    '2026/1/5 0:00:00',
    '2026.1',
    '1月5日',
    '2026年度',
    '二〇二六年一月五日',
    '10:30',
    'Jan-26',
    '5-Jan-2026',
    'Mon Jan 05 2026 00:00:00 GMT+0800',
    '12',
    '１２',
    '3.5',
    '-1',
    '45%',
    '6.50102E+11',
    '¥300',
    '十二',
    '第十二项',
    '（三）',
    '1-2',
    '(1)',
    '二、',
    '3、',
    '650102001000',
    '91110108MA00ABCD8X',
    'ABC-001',
    'a1b2c3',
    'http://a.example/b',
    'www.a.example',
    'a@b.example',
    'C:\\list\\a.xls',
    '、',
    '—',
    '/',
    '·',
    '***',
    '　',
    '（）',
    '\ufe0f',
    '\ue000',
    '无',
    '待定',
    'null',
    'undefined',
    'N/A',
    '事项名称',
    '合计',
    '同上',
    '[object Object]',
    '测试',
    'NaN',
  ])('that is a date, a number, a code or nothing: %s', (name) => {
    expect(ofName(name)).toEqual(['name-without-words']);
  });

  test.each([
    '食品经营许可',
    '对违反《条例》第十二条规定的处罚',
    '“百日攻坚”行动备案',
    'C类（小型）食品店登记',
    '3000立方米以上取水许可',
    '65岁以上老年人优待证核发',
    'A级锅炉使用登记',
    'ISO标准认证',
    'GB/T 19001认证',
    '×××许可',
    '餐饮“三小”备案（<50平方米）',
    '对 a<b 情形的处罚',
    '一类疫苗接种单位指定',
    '二级建造师注册',
    '十年以上工龄认定',
    'José·García café 登记',
    'Größenänderung',
    '是否属于"三无"？的认定',
    '烫伤鉴定',
    '屯垦备案',
    '锘元素登记',
    '椋鸟保护',
    '琼州海峡通航许可',
    '娼妓收容',
    '恪守承诺备案',
    '浜海用地审批',
    'سىناق ئىجازەتنامىسى',
    'བཀྲ་ཤིས',
    '𠮷野许可',
    '年度检查',
    '月报备案',
    '无人机登记',
    '空白凭证管理',
    '测试机构认定',
    '合计登记',
  ])('that a person wrote: %s', (name) => {
    expect(ofName(name)).toEqual([]);
  });
});

describe('other words', () => {
  test.each<[string, HealthRule, Partial<AuthorityItem>]>([
    ['an error for a basis', 'error-value', { basisText: '#REF!', bases: [] }],
    ['an error among its lines', 'error-value', { basisText: '《示例法》第一条\n#N/A' }],
    ['a formula for duties', 'error-value', { dutiesText: '=HYPERLINK("http://a.example")' }],
    ['a lost character in the basis', 'garbled-text', { basisText: '《示\ufffd法》第一条' }],
    ['garbled remarks', 'garbled-text', { remarks: asGbk('依法公示') }],
    ['a blank of a page in remarks', 'markup-in-text', { remarks: '依法&nbsp;公示' }],
    ['the name of an organ that is an error', 'error-value', { implementingOrgan: '示例局#REF!' }],
    ['the name of an organ that is a date', 'name-without-words', { implementingOrgan: '2026/1/5' }],
    ['a sub-item that is a number', 'name-without-words', { subItems: [{ name: '3', bases: [] }] }],
  ])('%s', (_name, rule, more) => {
    expect(rules(item(more))).toEqual([rule]);
  });

  test.each<[string, Partial<AuthorityItem>]>([
    ['an organ that is nobody', { implementingOrgan: '/' }],
    ['a question in the duties', { dutiesText: '责任：谁负责？？？' }],
    ['an error that a sentence speaks of', { remarks: '表格出现 #REF! 时请联系窗口' }],
    [
      'short sub-items',
      { subItems: ['一级', '新办', '二类', 'A类', '1.设立审批', '甲'].map((name) => ({ name, bases: [] })) },
    ],
    ['a number that is a text of the service', { remarks: '12' }],
  ])('that a person wrote: %s', (_name, more) => {
    expect(rules(item(more)).filter((rule) => rule !== 'name-with-number')).toEqual([]);
  });
});

test('what stands at many places is one finding, with the first of them and their number', () => {
  const found = checkRubbish(
    item({
      basisText: '#REF!',
      bases: [{ kind: 'unknown', articles: [], text: '#REF!' }],
      subItems: [
        { name: '#N/A', bases: [] },
        { name: '甲', basisText: '#NUM!', bases: [] },
      ],
    }),
  );
  expect(found).toEqual([
    { rule: 'error-value', pointer: '/basisText', place: '设定和实施依据等 3 处', text: '“#REF!”' },
  ]);
  expect(checkRubbish(item({ subItems: [{ name: '食品#N/A', bases: [] }] }))).toEqual([
    {
      rule: 'error-value',
      pointer: '/subItems/0/name',
      place: '第1个子项的名称',
      text: '“#N/A”，见“食品#N/A”',
    },
  ]);
});

test.each([
  ['half of words in the wrong encoding', { dutiesText: '浣犲'.repeat(300_000) }],
  ['titles that nothing closes', { name: `示${'《'.repeat(400_000)}` }],
  ['the beginning of a date', { name: `mon${'a'.repeat(400_000)}` }],
])('%s are looked through once: far longer than any text may be, they hold nobody up', (_, more) => {
  // Looked through again from each of its signs, this would not end within the time of a test.
  expect(checkList([{ item: item(more) }]).length).toBeGreaterThanOrEqual(0);
});

test('what is found does not follow the order of members, in which a database may answer', () => {
  const broken = item({
    basisText: '#REF!',
    bases: [{ kind: 'unknown', articles: [], text: '#REF!' }],
    dutiesText: '<b>公示</b>',
    remarks: '&nbsp;',
  });
  const turned = Object.fromEntries(Object.entries(broken).reverse());
  expect(Object.keys(turned)).not.toEqual(Object.keys(broken));
  expect(checkRubbish(turned)).toEqual(checkRubbish(broken));
});

test('a measure of the negative list is looked through as well', () => {
  const measure = {
    schema: 'negative-list-item/1',
    name: '许可准入',
    measures: [{ text: '未获得许可&nbsp;不得从事' }],
  };
  expect(checkRubbish(measure)).toMatchObject([{ rule: 'markup-in-text', place: '准入措施' }]);
});
