import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  checkList,
  checkMeasures,
  organKey,
  sistersOf,
  type AuthorityItem,
  type HealthContext,
  type HealthRule,
  type NegativeListItem,
  type Organ,
} from '../index.ts';
import { comparableName } from './likeness.ts';

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
const rules = (of: AuthorityItem, context: HealthContext = {}): HealthRule[] =>
  checkList([{ item: of }], context).map(({ rule }) => rule);

describe('certificates of this registry', () => {
  const code = '110000000EXAMPLE7L001';
  const certificateTypes = [
    { code, name: '食品经营许可证', mandate: { category: '01', itemNames: ['食品经营许可'] } },
  ];
  const asked = (name: string, certificateType?: string): HealthRule[] =>
    rules(
      item({
        name: '娱乐场所经营许可',
        service: { materials: [{ name, ...(certificateType !== undefined && { certificateType }) }] },
      }),
      { certificateTypes },
    );

  test.each([
    '食品经营许可证',
    '《食品经营许可证》',
    '食品经营许可证（原件）',
    '食品经营许可证正、副本',
    '食品经营许可证副本复印件',
    '食品经营许可证原件及复印件',
  ])('must not be asked for: %s', (name) => {
    expect(asked(name)).toEqual(['material-is-certificate']);
  });

  test('must not be asked for under another name either', () => {
    expect(asked('餐饮许可证明', code)).toEqual(['material-is-certificate']);
  });

  test.each(['营业执照', '食品经营许可申请书', '食品经营许可证遗失声明', '食品生产许可证'])(
    'are not %s',
    (name) => {
      expect(asked(name)).toEqual([]);
    },
  );

  test('are missed where a certificate is what comes of an item', () => {
    const of = (name: string, more: Partial<AuthorityItem> = {}): HealthRule[] =>
      rules(item({ name: '娱乐场所经营许可', service: { result: { name } }, ...more }), { certificateTypes });
    expect(of('娱乐经营许可证')).toEqual(['no-certificate-type']);
    expect(of('食品经营许可证')).toEqual([]);
    expect(of('准予许可决定书')).toEqual([]);
    expect(of('许可证', { name: '食品经营许可' })).toEqual([]);
    expect(rules(item({ service: { result: { name: '娱乐经营许可证' } } }))).toEqual([]);
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
const OTHER = organ('样本县农业农村局', '010121', '样本县');

describe('sister organs (三级四同)', () => {
  const sister = (more: object = {}) => ({
    key: `${COUNTY.key}.00001`,
    name: '食品经营许可',
    category: '01' as const,
    state: 'in-force' as const,
    laws: ['中华人民共和国食品安全法'],
    ...more,
  });
  const against = (more: object, said: Partial<AuthorityItem> = {}): HealthRule[] =>
    rules(item(said), { organ: CITY, organs: [CITY, COUNTY, OTHER], sisters: [sister(more)] });

  test('are those of the same trade in another place, whatever their rank and reform called them', () => {
    const culture = ['示例市文化和旅游局', '样本县文化体育广播电视和旅游局', '示东区文化广电和旅游局'].map(
      (name, n) => organ(name, `0101${n.toString()}1`, name.slice(0, 3)),
    );
    const [first, ...others] = culture;
    expect([...sistersOf(first ?? CITY, culture).keys()].sort()).toEqual(others.map(({ key }) => key).sort());
    expect([...sistersOf(CITY, [CITY, COUNTY, OTHER]).keys()]).toEqual([COUNTY.key]);
    expect([...sistersOf(CITY, [CITY, { ...COUNTY, abolished: true }]).keys()]).toEqual([]);
  });

  test('are the nearest twelve of many', () => {
    const many = Array.from({ length: 30 }, (_, n) =>
      organ(
        `测${n.toString()}县卫生健康局`,
        `${n % 2 ? '0101' : '0203'}${(n + 10).toString()}`,
        `测${n.toString()}县`,
      ),
    );
    const found = [...sistersOf(CITY, [CITY, ...many]).keys()];
    expect(found).toHaveLength(12);
    expect(found.every((key) => many.find((one) => one.key === key)?.region?.startsWith('0101'))).toBe(true);
  });

  test('agree where nothing but particles, brackets, places and marks differ in the law’s title', () => {
    expect(against({})).toEqual([]);
    expect(against({ laws: ['食品安全法（2021年修正）'] })).toEqual([]);
    expect(against({ laws: [] })).toEqual([]);
    expect(against({ state: 'cancelled', category: '10' })).toEqual([]);
  });

  test.each([
    ['another name', { name: '食品的经营许可' }, 'sister-name'],
    ['another name with brackets', { name: '食品经营许可（含保健食品）' }, 'sister-name'],
    ['another name with its place', { name: '样本县食品经营许可' }, 'sister-name'],
    ['another category', { category: '10' }, 'sister-category'],
    ['another basis', { laws: ['农产品质量安全法'] }, 'sister-basis'],
  ])('are found to have %s', (_, more, rule) => {
    expect(against(more)).toEqual([rule]);
  });

  test('are found by the code under a name that nobody would think the same', () => {
    const base = '010131001000';
    expect(against({ name: '餐饮服务准入', baseCode: base }, { codes: { base } })).toEqual(['sister-name']);
    expect(against({ name: '餐饮服务准入' })).toEqual([]);
  });

  test('are not organs of another trade', () => {
    expect(against({ key: `${OTHER.key}.00001`, category: '10' })).toEqual([]);
  });
});

describe('one list', () => {
  test('does not hold the same power twice under names that say the same', () => {
    const names = [
      '对未经批准，擅自从事复制业务的行政处罚',
      '对未经批准擅自从事复制业务的处罚',
      '对擅自复制的处罚',
    ];
    const found = checkList(
      names.map((name, n) => ({
        key: `o-aaaaaaaaaaaaaaaa.0000${n.toString()}`,
        item: item({ name, category: '02' }),
      })),
    );
    expect(found).toMatchObject([
      {
        rule: 'listed-twice',
        key: 'o-aaaaaaaaaaaaaaaa.00001',
        related: [{ key: 'o-aaaaaaaaaaaaaaaa.00000' }],
      },
    ]);
  });

  test('may hold the same words in two categories', () => {
    const items = (['01', '06'] as const).map((category) => ({ item: item({ category }) }));
    expect(checkList(items)).toEqual([]);
  });
});

describe('the negative list', () => {
  const base = '010123002000';
  const measures = (authority: string, ...baseCodes: string[]): NegativeListItem => ({
    schema: 'negative-list-item/1',
    list: 'n-sample',
    number: '1',
    code: '217001',
    chapter: 'permitted',
    name: '未获得许可，不得设置医疗机构',
    measures: [{ text: '医疗机构执业登记', authority, baseCodes }],
    state: 'in-force',
  });
  const context = (...negativeItems: NegativeListItem[]): HealthContext => ({
    organ: CITY,
    organs: [CITY],
    negativeItems,
  });

  test('asks for a licence that no power serves: told to the organ whose trade it is', () => {
    expect(rules(SOUND, context(measures('卫生健康部门', base)))).toEqual(['measure-without-power']);
    expect(rules(SOUND, context(measures('农业农村部门', base)))).toEqual([]);
    expect(rules(SOUND, context({ ...measures('卫生健康部门', base), state: 'cancelled' }))).toEqual([]);
    expect(rules(SOUND, context({ ...measures('卫生健康部门', base), chapter: 'prohibited' }))).toEqual([]);
    expect(rules(SOUND, context(measures('卫生健康部门')))).toEqual([]);
    expect(rules(item({ codes: { base } }), context(measures('卫生健康部门', base)))).toEqual([]);
  });

  test('of the whole registry is checked against all codes at once', () => {
    expect(checkMeasures([measures('民航部门', base)], new Set())).toMatchObject([
      { rule: 'measure-without-power', name: '医疗机构执业登记', related: [{ key: 'n-sample.217001' }] },
    ]);
    expect(checkMeasures([measures('民航部门', base)], new Set([base]))).toEqual([]);
  });

  test('does not know a licence: of the market, in force and with a code', () => {
    const licence = { codes: { base: '010199999000' } };
    const known = context(measures('农业农村部门', base));
    expect(rules(item(licence), known)).toEqual(['power-without-measure']);
    expect(rules(item({ ...licence, category: '06' }), known)).toEqual([]);
    expect(rules(item({ ...licence, service: { applicants: ['natural-person'] } }), known)).toEqual([]);
    expect(rules(item({ ...licence, state: 'suspended' }), known)).toEqual([]);
    expect(rules(item(licence), context())).toEqual([]);
  });
});

describe('the likeness of names', () => {
  const Part = fc.constantFrom(
    '食品',
    '药品',
    '经营',
    '许可',
    '未经批准',
    '擅自',
    '设立',
    '处罚',
    '备案',
    '检查',
  );
  const Parts = fc.array(Part, { minLength: 1, maxLength: 8 });

  test('does not hang on particles, blanks, marks, brackets, serials and places', () => {
    const Noise = fc.constantFrom('', '的', '和', '、', '，', ' ', '（含变更）', '“”', '行为', '示例市');
    fc.assert(
      fc.property(Parts, fc.array(Noise, { minLength: 9, maxLength: 9 }), (parts, noise) => {
        const noisy = parts.map((part, n) => `${part}${noise[n] ?? ''}`).join('');
        const same = comparableName(parts.join(''), ['示例市']);
        expect(comparableName(noisy, ['示例市'])).toBe(same);
        expect(comparableName(`1.${noisy}`, ['示例市'])).toBe(same);
        expect(comparableName(`市级${noisy}`, ['示例市'])).toBe(same);
      }),
    );
  });

  test('tells powers apart whose own words differ', () => {
    fc.assert(
      fc.property(Parts, Parts, (a, b) => {
        fc.pre(a.join('') !== b.join(''));
        expect(comparableName(a.join(''), [])).not.toBe(comparableName(b.join(''), []));
      }),
    );
  });
});
