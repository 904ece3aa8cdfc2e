import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  checkList,
  HEALTH_RULE_CODES,
  HEALTH_RULES,
  checkTexts,
  openMustCheck,
  organKey,
  type AuthorityItem,
  type HealthContext,
  type HealthRule,
  type Organ,
} from '../index.ts';

const SOUND: AuthorityItem = {
  schema: 'authority-item/1',
  organ: 'o-aaaaaaaaaaaaaaaa',
  name: '食品经营许可',
  category: '01',
  state: 'in-force',
  bases: [
    {
      kind: 'law',
      title: '中华人民共和国食品安全法',
      articles: ['第三十五条'],
      text: '【法律】《…》第三十五条',
    },
  ],
  levels: [],
  dutiesText: '1.受理责任：公示。',
  dutyBasisText: '《中华人民共和国行政许可法》第三十条',
  subItems: [],
};

const item = (more: Partial<AuthorityItem>): AuthorityItem => ({ ...SOUND, ...more });
const without = (...fields: (keyof AuthorityItem)[]): AuthorityItem => {
  const left: Partial<AuthorityItem> = { ...SOUND };
  for (const field of fields) Reflect.deleteProperty(left, field);
  // Only optional fields are taken away.
  return left as AuthorityItem;
};
const rules = (of: AuthorityItem, context: HealthContext = {}): HealthRule[] =>
  checkList([{ item: of }], context).map(({ rule }) => rule);

describe('an item', () => {
  test('that says what it must is not found', () => {
    expect(rules(SOUND)).toEqual([]);
  });

  test('that is cancelled is not looked at', () => {
    expect(rules({ ...without('dutiesText'), state: 'cancelled' })).toEqual([]);
  });

  test('names the place, the text and what to do', () => {
    const [found] = checkList([{ key: 'o-aaaaaaaaaaaaaaaa.00001', item: without('dutyBasisText') }]);
    expect(found).toEqual({
      rule: 'duty-without-basis',
      key: 'o-aaaaaaaaaaaaaaaa.00001',
      name: '食品经营许可',
      pointer: '/dutiesText',
      place: '责任事项',
      text: '1.受理责任：公示。',
      advice: HEALTH_RULES['duty-without-basis'].advice,
    });
  });
});

describe('duties and bases', () => {
  test('a power without duties', () => {
    expect(rules(without('dutiesText'))).toEqual(['power-without-duties']);
  });

  test.each<[string, AuthorityItem]>([
    ['of a level', { ...without('dutiesText'), levels: [{ level: '3', dutiesText: '1.监督。' }] }],
    [
      'of a sub-item',
      { ...without('dutiesText'), subItems: [{ name: '变更', bases: [], dutiesText: '1.核对。' }] },
    ],
    [
      'whose basis stands at another level',
      {
        ...without('dutyBasisText'),
        levels: [{ level: '2' }, { level: '3', dutyBasisText: '《…》第一条' }],
      },
    ],
    [
      'whose basis stands at the duty',
      item({
        dutiesText: undefined,
        dutyBasisText: undefined,
        duties: [{ text: '受理', bases: SOUND.bases }],
      }),
    ],
  ])('duties %s are enough', (_, said) => {
    expect(rules(said)).toEqual([]);
  });

  test('a power without a basis', () => {
    expect(rules(item({ bases: [] }))).toEqual(['power-without-basis']);
  });

  test.each(['无', ' 暂无 ', '—', '/', '待补充', '略', '12'])(
    '%j where a text should be says nothing',
    (text) => {
      const basis = { kind: 'unknown' as const, articles: [], text };
      expect(rules(item({ basisText: text, bases: [basis] }))).toEqual(['power-without-basis']);
      expect(rules(item({ dutiesText: text, duties: [{ text }] }))).toEqual(['power-without-duties']);
      expect(rules(item({ dutyBasisText: text, dutyBases: [basis] }))).toEqual(['duty-without-basis']);
    },
  );

  test('a reference to another cell, and an article behind a title, say something', () => {
    const cited = { kind: 'law' as const, title: '示例法', articles: ['第一条'], text: '第一条' };
    expect(rules(item({ bases: [cited] }))).toEqual([]);
    expect(rules(item({ bases: [], basisText: '同上' }))).toEqual([]);
  });

  test.each([
    [
      'a law that is only named',
      'law',
      '中华人民共和国畜牧法',
      '【法律】《中华人民共和国畜牧法》的有关规定处罚。',
    ],
    [
      'a regulation that is only named',
      'administrative-regulation',
      '危险化学品安全管理条例',
      '【法规】《…条例》（2011年）',
    ],
    ['a kind and nothing behind it', 'rule', undefined, '【规章】'],
  ] as const)('finds %s', (_, kind, title, text) => {
    const basis = { kind, articles: [], text, ...(title !== undefined && { title }) };
    expect(checkList([{ item: item({ bases: [basis] }) }])).toMatchObject([
      { rule: 'basis-without-article', pointer: '/bases/0', text },
    ]);
  });

  test.each([
    ['a decision with an annex', 'state-council-decision', '国务院决定', '【国务院决定】附件第120项'],
    ['a normative document', 'normative-document', '关于加强管理的通知', '【规范性文件】《…通知》'],
    [
      'a plan under the wrong bracket',
      'administrative-regulation',
      '改革工作方案',
      '【法规】《改革工作方案》',
    ],
    ['a standard', 'rule', '汽车客运站级别划分和建设要求', '【规章】《…》（JT/T200-2020）8'],
    ['an article that only a person sees', 'rule', undefined, '【部令】国务院令第676号《…》第三十三条:…'],
    ['a paragraph of a list that has no brackets', 'unknown', '医疗保障法', '《医疗保障法》'],
  ] as const)('is silent about %s', (_, kind, title, text) => {
    const basis = { kind, articles: [], text, ...(title !== undefined && { title }) };
    expect(rules(item({ bases: [basis] }))).toEqual([]);
  });
});

describe('names', () => {
  const organ: Organ = {
    schema: 'organ/1',
    key: organKey({ name: '样本县市场监督管理局' }),
    name: '样本县市场监督管理局',
    regionName: '样本县',
  };
  const context: HealthContext = { organ, organs: [organ], regions: [{ name: '示例市' }] };

  test.each<[string, HealthRule]>([
    ['样本县市场监督管理局食品备案', 'name-with-organ'],
    ['由市场监督管理局办理的登记', 'name-with-organ'],
    ['样本县食品摊贩备案', 'name-with-place'],
    ['示例市食品摊贩备案', 'name-with-place'],
    ['本市食品摊贩备案', 'name-with-place'],
    ['全县食品摊贩备案', 'name-with-place'],
    ['1.食品摊贩备案', 'name-with-number'],
    ['（一）食品摊贩备案', 'name-with-number'],
    ['第二批食品摊贩备案', 'name-with-number'],
    ['依〔2018〕5号办理的备案', 'name-with-number'],
    ['对《物业管理条例》第六十三条禁止行为的处罚', 'name-with-article'],
    ['对违反《网络出版服务管理规定》第五十二条第一款行为的行政处罚', 'name-with-article'],
    ['对《医疗器械监督管理条例》第八十九条列举的违法行为的处罚', 'name-with-article'],
  ])('finds %s', (name, rule) => {
    expect(rules(item({ name }), context)).toEqual([rule]);
  });

  test.each([
    '对不满16周岁未成年人介绍就业的处罚',
    '第三类医疗器械经营许可',
    '对抽查检验连续2次不合格的处罚',
    '变更持有5%以上股权的股东备案',
    '对本市场内经营者的检查',
    '对通过道路跨省、自治区、直辖市运输动物的处罚',
    '省级文物保护单位的核定',
    '对旅行社未履行《中华人民共和国旅游法》第五十五条规定的报告义务的处罚',
    '对违反《示例市食品摊贩管理办法》摆摊的处罚',
    '对全区域限行路段的公告',
  ])('is silent about %s', (name) => {
    expect(rules(item({ name }), context)).toEqual([]);
  });

  test('says once that sub-items are numbered', () => {
    const subItems = ['1.设立', '2.变更', '3.注销'].map((name) => ({ name, bases: [] }));
    expect(checkList([{ item: item({ subItems }) }])).toMatchObject([
      { rule: 'name-with-number', place: '3个子项的名称', pointer: '/subItems/0/name' },
    ]);
  });
});

describe('service facts', () => {
  const served = (service: AuthorityItem['service']): HealthRule[] => rules(item({ service }));
  const days = (n: number, unit: 'working-day' | 'calendar-day') => ({ text: '…', days: n, unit });

  test('are nothing to a list that has none', () => {
    expect(served({})).toEqual([]);
    expect(served({ materials: [], fee: { charged: false } })).toEqual([]);
  });

  test.each([
    [days(25, 'working-day'), days(20, 'working-day')],
    [days(21, 'working-day'), days(20, 'calendar-day')],
    [{ text: '自受理之日起二十五个工作日' }, { text: '20个工作日内' }],
    [{ text: '3个月' }, { text: '二十日' }],
    [days(60, 'calendar-day'), days(20, 'working-day')],
  ])('finds that the promise %o is longer than %o', (promisedTime, statutoryTime) => {
    expect(served({ promisedTime, statutoryTime })).toEqual(['promise-longer-than-statute']);
  });

  test.each([
    [days(20, 'working-day'), days(20, 'working-day')],
    // Twenty working days are four weeks and longer where holidays fall into them.
    [days(30, 'calendar-day'), days(20, 'working-day')],
    [{ text: '当场' }, { text: '20个工作日' }],
    [{ text: '尽快' }, { text: '20个工作日' }],
    [{ text: '一般30日，复杂的60日' }, { text: '20日' }],
    [{ text: '15日' }, { text: '十五日' }],
  ])('is silent about the promise %o under %o', (promisedTime, statutoryTime) => {
    expect(served({ promisedTime, statutoryTime })).toEqual([]);
  });

  test('finds a fee without a basis, and not one with it', () => {
    expect(served({ fee: { charged: true, standard: '10元' } })).toEqual(['fee-without-basis']);
    expect(served({ fee: { charged: true, standard: '10元', basis: '《…》第三条' } })).toEqual([]);
  });

  test('finds a form to be downloaded that is not there', () => {
    expect(served({ materials: [{ name: '申请表', formOffered: true }] })).toEqual(['form-missing']);
    expect(served({ materials: [{ name: '申请表', remarks: '请在网站下载' }] })).toEqual(['form-missing']);
    expect(
      served({
        materials: [{ name: '申请表', formOffered: true, blankForm: 'https://forms.example.com/1' }],
      }),
    ).toEqual([]);
  });

  test('finds zero originals and zero copies of a paper, and of a paper only', () => {
    const asked = { name: '营业执照', originals: 0, copies: 0 };
    expect(served({ materials: [asked] })).toEqual(['material-zero-copies']);
    expect(served({ materials: [{ ...asked, form: 'electronic' }] })).toEqual([]);
    expect(served({ materials: [{ name: '营业执照', originals: 0 }] })).toEqual([]);
  });
});

const organ = (name: string, region: string, regionName: string): Organ => ({
  schema: 'organ/1',
  key: organKey({ name }),
  name,
  region,
  regionName,
});
const CITY = organ('示例市卫生健康委员会', '010100', '示例市');
const COUNTY = organ('样本县卫生健康局', '010121', '样本县');

describe('whatever an item says', () => {
  const Words = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc
      .array(
        fc.constantFrom('第', '条', '《', '》', '（', '）', '1.', '一', '市', '县', '的', '处罚', '日', '20'),
        { maxLength: 20 },
      )
      .map((parts) => parts.join('')),
  );
  const Name = Words.map((text) => `事${text}`);
  const Items = fc.record({
    name: Name,
    text: Name,
    promised: Name,
    materials: fc.array(fc.record({ name: Name, originals: fc.nat(2), copies: fc.nat(2) }), { maxLength: 3 }),
  });

  test('the check ends, in order, with known rules, places and texts that are not too long', () => {
    fc.assert(
      fc.property(fc.array(Items, { maxLength: 5 }), (said) => {
        const items = said.map(({ name, text, promised, materials }) => ({
          item: item({
            name,
            bases: [{ kind: 'law', title: text, articles: [], text }],
            service: { promisedTime: { text: promised }, statutoryTime: { text }, materials },
          }),
        }));
        const found = checkList(items, {
          organ: CITY,
          organs: [CITY, COUNTY],
          sisters: [{ key: `${COUNTY.key}.00001`, name: '事', category: '02', state: 'in-force', laws: [] }],
          certificateTypes: [],
          negativeItems: [],
        });
        const order = found.map(({ rule }) => HEALTH_RULE_CODES.indexOf(rule));
        expect(order).toEqual([...order].sort((a, b) => a - b));
        for (const { place, text, advice } of found) {
          expect([place.length > 0, advice.length > 0, text.length < 700]).toEqual([true, true, true]);
        }
      }),
    );
  });

  test('every rule says what it means and what to do, to everybody', () => {
    for (const rule of HEALTH_RULE_CODES) {
      const { means, advice, name, english } = HEALTH_RULES[rule];
      for (const words of [means, advice, name]) expect(words).toMatch(/\p{Script=Han}/u);
      expect(english).toMatch(/^[A-Z][\x20-\x7e]+$/);
    }
  });
});

describe('what must be put right', () => {
  // A new rule of grade `must` stands here with an item that it finds: the gate knows items and certificate types alone.
  const FOUND: Readonly<Record<string, AuthorityItem>> = {
    'power-without-duties': without('dutiesText'),
    'duty-without-basis': without('dutyBasisText'),
    'power-without-basis': item({ bases: [] }),
    'promise-longer-than-statute': item({
      service: {
        statutoryTime: { text: '十个工作日', days: 10, unit: 'working-day' },
        promisedTime: { text: '二十个工作日', days: 20, unit: 'working-day' },
      },
    }),
    'fee-without-basis': item({ service: { fee: { charged: true } } }),
    'form-missing': item({ service: { materials: [{ name: '申请表', formOffered: true }] } }),
    'material-zero-copies': item({ service: { materials: [{ name: '申请表', originals: 0, copies: 0 }] } }),
    'material-is-certificate': item({ service: { materials: [{ name: '示例证' }] } }),
    'error-value': item({ name: '#REF!' }),
    'garbled-text': item({ name: '名字�锟斤拷' }),
    'markup-in-text': item({ name: '<script>alert(1)</script>' }),
    'name-without-words': item({ name: '2026-01-26' }),
  };
  const TYPES = [{ code: '1', name: '示例证', mandate: { category: '10', itemNames: ['别的事项'] } }];
  const must = HEALTH_RULE_CODES.filter((rule) => HEALTH_RULES[rule].grade === 'must');

  test.each(must)('%s is found by the gate as the health check finds it', (rule) => {
    const found = FOUND[rule];
    if (found === undefined) throw new Error(`the gate is not known to see ${rule}`);
    const gate = openMustCheck(TYPES)({ item: found });
    expect(gate.map((one) => one.rule)).toContain(rule);
    const all = checkList([{ item: found }], { certificateTypes: TYPES });
    expect(gate).toEqual(all.filter((one) => HEALTH_RULES[one.rule].grade === 'must'));
  });

  test('is found in what else is listed, and not in codes', () => {
    const organ = { schema: 'organ/1', key: 'o-aaaaaaaaaaaaaaaa', name: '#N/A' };
    expect(checkTexts('organ', { key: organ.key, content: organ })).toMatchObject([
      { rule: 'error-value', name: '#N/A', key: organ.key },
    ]);
    expect(
      checkTexts('negative-list-item', {
        key: undefined,
        content: { name: '示例', measures: [{ text: '<b>禁止</b>' }] },
      }),
    ).toMatchObject([{ rule: 'markup-in-text' }]);
    for (const register of ['region', 'negative-list', 'certificate-type'] as const)
      expect(checkTexts(register, { key: undefined, content: { name: '#N/A' } })).toMatchObject([
        { rule: 'error-value' },
      ]);
    expect(checkTexts('signing-key', { key: undefined, content: { certificate: '#REF!' } })).toEqual([]);
  });

  test('is nothing of another grade, and nothing of what is cancelled', () => {
    const check = openMustCheck(TYPES);
    const slip = item({ name: '1.第2批食品经营许可' });
    expect(rules(slip)).toEqual(['name-with-number']);
    expect(check({ item: slip })).toEqual([]);
    expect(check({ item: item({ bases: [], state: 'cancelled' }) })).toEqual([]);
  });
});
