import { describe, expect, test } from '@jest/globals';
import { type AuthorityItem, parseLegalBases } from '@mandate/lists';
import fc from 'fast-check';
import { pairItems, type PairProposal } from './pair-items.ts';
import { bareName, featuresOf, ownName, pairsOf } from './power-features.ts';
import { differsByASlip } from './slip-of-name.ts';

interface Said {
  readonly category?: AuthorityItem['category'];
  readonly basis?: string;
  readonly duties?: string;
  readonly office?: string;
  readonly base?: string;
}

const DUTIES = '1.受理责任：公示应当提交的材料。2.审查责任：对材料进行审核。3.决定责任：作出决定。';

function power(name: string, said: Said = {}): AuthorityItem {
  const basisText = said.basis ?? `【法律】《示例法》第${name.length.toString()}条：由主管部门负责。`;
  return {
    schema: 'authority-item/1',
    organ: 'o-aaaaaaaaaaaaaaaa',
    name,
    category: said.category ?? '01',
    state: 'in-force',
    basisText,
    bases: parseLegalBases(basisText),
    levels: [],
    subItems: [],
    dutiesText: said.duties ?? DUTIES,
    handlingOffice: said.office ?? '示例科',
    ...(said.base !== undefined && { codes: { base: said.base } }),
  };
}

function pair(
  found: readonly AuthorityItem[],
  known: readonly AuthorityItem[],
  rest: readonly AuthorityItem[] = [],
  onCompare?: () => void,
): readonly PairProposal[] {
  const all = [...found, ...rest];
  return pairItems(
    found.map(featuresOf),
    known.map(featuresOf),
    {
      names: [...all, ...known, ...rest].map(({ name }) => pairsOf(ownName(bareName(name)))),
      features: all.map(featuresOf),
    },
    onCompare,
  );
}

/** Which it is said to be, and how surely. */
const told = (proposals: readonly PairProposal[]) =>
  proposals.map(({ found, is, candidates }) => [found, is, candidates.map(({ known }) => known)]);

const METROLOGY = {
  basis: '【法律】《中华人民共和国计量法》第八条：企业、事业单位根据需要，可以建立计量标准器具。',
};
const OTHERS = [
  '食品经营许可',
  '对无照经营的处罚',
  '特种设备使用登记',
  '药品经营许可',
  '对侵害消费者权益的处罚',
].map((name) => power(name));

describe('a listed power is asked for in a found one', () => {
  test.each<[string, AuthorityItem, AuthorityItem, PairProposal['is']]>([
    [
      'of a slip of the pen, without a doubt',
      power('计量标准器具核淮', METROLOGY),
      power('计量标准器具核准', METROLOGY),
      'sure',
    ],
    [
      'of a slip of the pen, but another basis',
      power('计量标准器具核淮'),
      power('计量标准器具核准', METROLOGY),
      'likely',
    ],
    [
      'reworded on the same basis',
      power('对未按规定报送资料行为的处罚', { basis: '《统计法》第四十一条：处以罚款。', category: '02' }),
      power('对未按规定报送统计资料的行政处罚', {
        basis: '《统计法》第四十一条：处以罚款。',
        category: '02',
      }),
      'likely',
    ],
    ['with more in its brackets', power('甲许可（含延续）'), power('甲许可'), 'likely'],
    [
      'of one name under another category, all else the same',
      power('计量标准器具核准', { ...METROLOGY, category: '07' }),
      power('计量标准器具核准', METROLOGY),
      'sure',
    ],
    [
      'of one name under another category, on another basis',
      power('计量标准器具核准', { category: '07', basis: '《另一条例》第九条：备案。' }),
      power('计量标准器具核准', METROLOGY),
      'likely',
    ],
    [
      'with half of its name new and the same code, without a doubt',
      power('企业计量标准器具核准', { ...METROLOGY, base: '000131001000' }),
      power('计量标准器具核准（一级）', { ...METROLOGY, base: '000131001000' }),
      'sure',
    ],
    [
      'of one article, hardly alike by its name',
      power('经营标签不符合规定的食品的处理', {
        basis: '《食品安全法》第一百二十五条：处以罚款。',
        category: '02',
      }),
      power('对违反食品标签要求的处罚', {
        basis: '《食品安全法》第一百二十五条：处以罚款。',
        category: '02',
      }),
      'likely',
    ],
  ])('%s', (_what, now, before, is) => {
    expect(told(pair([now], [before], OTHERS))).toEqual([[0, is, [0]]]);
  });

  test.each<[string, AuthorityItem, AuthorityItem]>([
    ['that only ends like it', power('对乙类行为的处罚'), power('对甲种活动的处罚')],
    ['that shares basis, duties and office with every power', power('戊己庚辛'), power('甲乙丙丁')],
    [
      'of another name, basis and category',
      power('对擅自停业的处罚', { category: '02' }),
      power('粮食收购备案', METROLOGY),
    ],
  ])('but not in one %s', (_what, now, before) => {
    expect(pair([now], [before], OTHERS)).toEqual([]);
  });

  test.each<[string, string]>([
    ['企业进口许可', '企业出口许可'],
    ['企业设立登记', '企业注销登记'],
    ['第一类器械备案', '第二类器械备案'],
    ['建筑业甲级资质许可', '建筑业乙级资质许可'],
    ['限制类项目核准', '非限制类项目核准'],
    ['省级文物保护审批', '市级文物保护审批'],
  ])('and never surely where one word makes another power: %s, %s', (before, now) => {
    const ground = { basis: '【法规】《示例条例》第三条：由主管部门负责，具体办法另行规定。' };
    expect(
      pair([power(now, ground)], [power(before, ground)], OTHERS).filter(({ is }) => is === 'sure'),
    ).toEqual([]);
    expect(differsByASlip(before, now)).toBe(false);
  });

  test('and never surely where another power says the same words', () => {
    const same = [power('计量标准器具变更', METROLOGY)];
    const found = [power('计量标准器具核淮', METROLOGY)];
    const known = [power('计量标准器具核准', METROLOGY)];
    expect(told(pair(found, known, [...OTHERS, ...same]))).toEqual([[0, 'likely', [0]]]);
  });
});

describe('what is not for a program to decide is offered', () => {
  test('one power that became two: neither is it, and each is asked', () => {
    const basis = { basis: '《渔业法》第十一条：核发养殖证。' };
    const before = power('水域养殖证、捕捞证核发', basis);
    const proposals = pair(
      [power('水域养殖证核发', basis), power('水域捕捞证核发', basis)],
      [before],
      OTHERS,
    );
    expect(told(proposals)).toEqual([
      [0, 'open', [0]],
      [1, 'open', [0]],
    ]);
    expect(proposals.map(({ rivals }) => rivals)).toEqual([[1], [0]]);
  });

  test('two powers that became one: both are offered', () => {
    const basis = { basis: '《渔业法》第十一条：核发养殖证。' };
    const known = [power('水域养殖证核发', basis), power('水域捕捞证核发', basis)];
    const [proposal, ...more] = pair([power('水域养殖证、捕捞证核发', basis)], known, OTHERS);
    expect(more).toEqual([]);
    expect(proposal?.is).toBe('open');
    expect(proposal?.candidates.map(({ known: n }) => n).sort()).toEqual([0, 1]);
  });

  test('but what is clearly one of several alike is that one', () => {
    const names = ['甲', '乙', '丙', '丁'].map((word) => `${word}${word}河道采砂许可${word}段`);
    const found = names.map((name) => power(`${name}（试行）`)).reverse();
    expect(
      told(
        pair(
          found,
          names.map((name) => power(name)),
          OTHERS,
        ),
      ),
    ).toEqual([3, 2, 1, 0].map((known, n) => [n, 'likely', expect.arrayContaining([known])]));
  });
});

test('no two found ones are said to be one listed one, whatever the names', () => {
  const name = fc
    .array(fc.constantFrom('计', '量', '标', '准', '器', '具', '核', '许可', '登记'), {
      minLength: 2,
      maxLength: 7,
    })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.array(name, { maxLength: 12 }), fc.array(name, { maxLength: 12 }), (now, before) => {
      const decided = pair(
        now.map((one) => power(one)),
        before.map((one) => power(one)),
      ).filter(({ is }) => is !== 'open');
      const taken = decided.map(({ candidates }) => candidates[0]?.known);
      expect(new Set(taken).size).toBe(taken.length);
    }),
    { numRuns: 60 },
  );
});

describe('a thousand against a thousand', () => {
  const WORDS =
    '食药器械特种设备计量标准广告商标价格合同网络动产抵押股权许可登记备案检验认证质量监督'.match(/../g) ?? [];
  const names = Array.from({ length: 1_000 }, (_, n) => {
    const part = (step: number): string => WORDS[Math.floor(n / step) % WORDS.length] ?? '';
    return `对违反${part(1)}${part(22)}${part(484)}规定第${n.toString()}号情形的处罚`;
  });
  const before = names.map((name, n) =>
    power(name, { basis: `《示例法》第${(n % 90).toString()}条：罚款。` }),
  );
  const now = names.map((name, n) =>
    power(name.replace('规定', '管理规定'), { basis: `《示例法》第${(n % 90).toString()}条：罚款。` }),
  );

  test('are paired without holding each against each', () => {
    let compared = 0;
    const proposals = pair(now, before, [], () => (compared += 1));
    expect(compared).toBeLessThan(12_001);
    const right = proposals.filter(({ found, candidates }) => candidates[0]?.known === found);
    expect(right.length).toBeGreaterThan(990);
    expect(
      proposals.filter(({ found, is, candidates }) => is === 'sure' && candidates[0]?.known !== found),
    ).toEqual([]);
  });
});
