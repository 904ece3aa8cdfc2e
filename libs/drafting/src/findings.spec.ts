import { describe, expect, test } from '@jest/globals';
import {
  findingId,
  type MustFinding,
  openByRule,
  type Overrule,
  requireSettled,
  settle,
} from './findings.ts';

const finding = (more: Partial<MustFinding> = {}): MustFinding => ({
  rule: 'power-without-basis',
  pointer: '',
  place: '设定依据',
  text: '没有设定依据',
  name: '甲许可',
  advice: '补写设定依据',
  change: 1,
  version: 1,
  ...more,
});
const overrule = (...covered: readonly MustFinding[]): Overrule => ({
  id: 'a',
  rule: 'power-without-basis',
  reason: '条例正在修订',
  covers: new Set(covered.map(findingId)),
  by: { login: 'wang', displayName: '王' },
  at: new Date(0),
});

describe('an overrule covers', () => {
  const own = finding({ pointer: '/name' });

  test('what stood there when it was given', () => {
    const { open, settled } = settle([own], [overrule(finding()), overrule(own)]);
    expect([open, [...settled.values()]]).toEqual([[], [overrule(own)]]);
  });

  test.each<[string, Partial<MustFinding>]>([
    ['another change', { change: 2 }],
    ['another wording of the change', { version: 2 }],
    ['another place of it', { pointer: '/subItems/0/name' }],
    ['what another rule finds there', { rule: 'error-value' }],
  ])('not %s', (_what, more) => {
    const other = { ...own, ...more };
    expect(settle([own, other], [overrule(own)]).open).toEqual([other]);
  });
});

describe('what is open', () => {
  const many = Array.from({ length: 1_000 }, (_, n) => finding({ change: n + 1 }));

  test('stops the draft, one line a rule with its number and a few places', () => {
    expect(openByRule([...many, finding({ rule: 'error-value' })])).toMatchObject([
      { rule: 'error-value', count: 1, first: [{ change: 1 }] },
      { rule: 'power-without-basis', count: 1_000, first: [1, 2, 3, 4, 5].map((change) => ({ change })) },
    ]);
    const refusal = {
      code: 'open-findings',
      message: expect.stringContaining('[power-without-basis] 1000 处：第 1 项“甲许可”') as unknown,
      extension: { count: 1_000, findings: [{ count: 1_000 }] },
    };
    expect(() => {
      requireSettled(many);
    }).toThrow(expect.objectContaining({ code: refusal.code, message: refusal.message }));
  });

  test('is nothing where nothing is found', () => {
    expect(() => {
      requireSettled([]);
    }).not.toThrow();
  });
});
