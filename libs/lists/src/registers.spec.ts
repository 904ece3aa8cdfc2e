import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  DiscretionStandardSchema,
  IntegrityRiskSchema,
  ListError,
  NegativeListItemSchema,
  NegativeListSchema,
  organKey,
  OrganSchema,
  ProcessSchema,
  RegionSchema,
  ServiceFactsSchema,
} from './index.ts';

// Every schema of the blobs: one that is whole, and what it refuses. A blob is for ever, so what is let in is.

const saysSomething = (value: unknown): boolean =>
  typeof value !== 'object' || value === null || Object.keys(value).length > 0;

const refusals = (
  schema: { safeParse: (value: unknown) => { success: boolean } },
  whole: object,
  wrong: readonly (readonly [string, object])[],
): void => {
  test('takes what is whole', () => {
    expect(schema.safeParse(whole).success).toBe(true);
  });
  test.each([...wrong, ['what it does not know', { unheardOf: 1 }] as const])('refuses %s', (_, part) => {
    expect(schema.safeParse({ ...whole, ...part }).success).toBe(false);
  });
  test('says so of anything whatever, and never throws', () => {
    fc.assert(
      // Of nothing at all a schema whose fields are all optional may say yes.
      fc.property(fc.anything().filter(saysSomething), (value) => {
        expect(schema.safeParse(value).success).toBe(false);
      }),
      { numRuns: 50 },
    );
  });
};

describe('a negative list', () => {
  refusals(
    NegativeListSchema,
    { schema: 'negative-list/1', key: 'n-sample', name: '市场准入负面清单', kind: 'market-access' },
    [
      ['a key of an organ', { key: 'o-aaaaaaaaaaaaaaaa' }],
      ['a key with a point, which parts keys', { key: 'n-sample.1' }],
      ['a kind that is none', { kind: 'negative' }],
      ['no name', { name: '' }],
    ],
  );
});

describe('an item of a negative list', () => {
  const measure = {
    text: '食品经营许可',
    authority: '市场监管部门',
    baseCodes: ['000131001000'],
    provisional: true,
  };
  refusals(
    NegativeListItemSchema,
    {
      schema: 'negative-list-item/1',
      list: 'n-sample',
      number: '6',
      code: '206001',
      chapter: 'permitted',
      section: 'F',
      name: '未获得许可，不得从事食品经营',
      measures: [measure, { text: '仅本地', local: '示例市' }],
      state: 'in-force',
    },
    [
      ['a code of five digits', { code: '20600' }],
      ['a section behind T', { section: 'U' }],
      ['a chapter that is none', { chapter: 'open' }],
      ['a measure without words', { measures: [{ ...measure, text: '' }] }],
      ['a base code of no category', { measures: [{ ...measure, baseCodes: ['009931001000'] }] }],
      ['a base code that is too short', { measures: [{ ...measure, baseCodes: ['00013100100'] }] }],
      [
        'a provisional mark that is false: absent is said by absence',
        { measures: [{ ...measure, provisional: false }] },
      ],
      ['a state of powers', { state: 'suspended' }],
    ],
  );
});

describe('a region', () => {
  refusals(
    RegionSchema,
    { schema: 'region/1', code: '010121', name: '样本县', level: '4', parent: '010100' },
    [
      ['a code of nine digits', { code: '010121001' }],
      ['a level that is none', { level: '7' }],
      ['a level that is a number', { level: 4 }],
      ['a parent by its name', { parent: '示例市' }],
      ['no name', { name: '' }],
    ],
  );
});

describe('an organ', () => {
  const whole = {
    schema: 'organ/1',
    key: organKey({ name: '示例市文化和旅游局' }),
    name: '示例市文化广电和旅游局',
    region: '010100',
    level: '3',
    parent: organKey({ name: '示例市人民政府' }),
    abolished: true,
    successors: ['11100000000013338W'],
  };
  refusals(OrganSchema, whole, [
    ['a key that is neither', { key: '示例市文化和旅游局' }],
    ['a provisional key in upper case', { key: whole.key.toUpperCase() }],
    ['a USCC whose check digit is wrong', { uscc: '11440300007542785T' }],
    ['abolished: false', { abolished: false }],
    ['a name of one character', { name: '局' }],
  ]);

  test('keeps its provisional key when its name changes or its code becomes known', () => {
    expect(OrganSchema.parse({ ...whole, uscc: '11100000000013338W' }).key).toBe(whole.key);
  });

  test('has as key its code, else a digest of its name: the same name read twice is one organ', () => {
    expect(organKey({ name: '甲', uscc: '11100000000013338W' })).toBe('11100000000013338W');
    expect(() => organKey({ name: '' })).toThrow(ListError);
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (a, b) => {
        expect(organKey({ name: a })).toMatch(/^o-[a-z2-7]{16}$/);
        expect(organKey({ name: a }) === organKey({ name: b })).toBe(a === b);
      }),
    );
  });
});

describe('service facts', () => {
  const material = {
    name: '申请书',
    form: 'either',
    necessity: 'required',
    originals: 1,
    copies: 0,
    source: 'applicant',
  };
  refusals(
    ServiceFactsSchema,
    {
      applicants: ['legal-person'],
      conditions: '1.…',
      handling: 'promised',
      statutoryTime: { text: '二十日', days: 20, unit: 'calendar-day' },
      fee: { charged: true, standard: '10元', basis: '…' },
      materials: [{ ...material, blankForm: 'https://forms.example.com/a.docx', formOffered: true }],
      windows: [{ name: '窗口', phone: '0000-12345', url: 'https://online.example.com/' }],
      visits: 0,
      result: { name: '许可证', certificateType: '110000000EXAMPLE7L001' },
    },
    [
      ['minus one copy', { materials: [{ ...material, copies: -1 }] }],
      ['half an original', { materials: [{ ...material, originals: 0.5 }] }],
      ['a form behind a script', { materials: [{ ...material, blankForm: 'javascript:alert(1)' }] }],
      ['a form in a file', { materials: [{ ...material, blankForm: 'file:///etc/passwd' }] }],
      ['a material without a name', { materials: [{ ...material, name: '' }] }],
      ['a window behind a script', { windows: [{ url: 'data:text/html,x' }] }],
      ['a limit without words', { statutoryTime: { text: '', days: 1 } }],
      ['a limit of eleven years', { statutoryTime: { text: '…', days: 4_000 } }],
      ['more visits than anybody makes', { visits: 21 }],
      ['an applicant that is none', { applicants: ['robot'] }],
      ['a fee that does not say whether', { fee: { standard: '10元' } }],
    ],
  );

  test('may say nothing at all', () => {
    expect(ServiceFactsSchema.parse({})).toEqual({});
  });
});

describe('a process', () => {
  const steps = [
    { id: 'accept', name: '受理', next: [{ to: 'decide', when: '齐全' }, { to: 'end' }] },
    { id: 'decide', name: '决定', handler: '负责人' },
    { id: 'end', name: '办结', next: [] },
  ];

  test('goes from step to step, with branches and back again', () => {
    expect(ProcessSchema.parse(steps)).toEqual(steps);
    const back = [{ id: 'a', name: '甲', next: [{ to: 'a', when: '补正' }] }];
    expect(ProcessSchema.parse(back)).toEqual(back);
  });

  test.each([
    ['no step', []],
    ['a step to nowhere', [{ id: 'a', name: '甲', next: [{ to: 'b' }] }]],
    ['one id twice', [steps[1], steps[1]]],
    ['an id in capitals', [{ id: 'A', name: '甲' }]],
    ['sixty-one steps', Array.from({ length: 61 }, (_, n) => ({ id: `s${n.toString()}`, name: '步' }))],
  ])('refuses %s, in words', (_, wrong) => {
    const { error } = ProcessSchema.safeParse(wrong);
    expect(error?.issues.length).toBeGreaterThan(0);
  });

  test('names the step that is missing, and where it was asked for', () => {
    const { error } = ProcessSchema.safeParse([{ id: 'a', name: '甲', next: [{ to: 'b' }] }]);
    expect(error?.issues).toMatchObject([{ path: [0, 'next'], message: '流程里没有环节 b' }]);
  });
});

describe('an integrity risk', () => {
  refusals(
    IntegrityRiskSchema,
    { step: '受理', form: '拖延', grade: 'high', measures: '限时', post: '受理岗' },
    [
      ['a grade in words', { grade: '高' }],
      ['no measures', { measures: '' }],
    ],
  );
});

describe('a discretion standard', () => {
  const tier = { tier: '一般', circumstances: '没有其他情形', standard: '处…罚款' };
  refusals(DiscretionStandardSchema, { conduct: '无证经营', basis: '…', tiers: [tier] }, [
    ['no tier', { tiers: [] }],
    ['a tier without a standard', { tiers: [{ ...tier, standard: '' }] }],
    ['no conduct', { conduct: '' }],
  ]);
});
