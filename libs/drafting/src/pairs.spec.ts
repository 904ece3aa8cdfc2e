import { describe, expect, test } from '@jest/globals';
import type { ChangePair, PairState } from './draft.ts';
import { rewordReason, withPairDoubt } from './pairs.ts';

const CANDIDATES = [
  { key: 'k1', name: '水域养殖证核发', likeness: 80 },
  { key: 'k2', name: '水域捕捞证核发', likeness: 78 },
];
const pair = (state: PairState, more: Partial<ChangePair> = {}): ChangePair => ({
  state,
  candidates: CANDIDATES.slice(0, 1),
  rivals: [],
  found: {},
  ...more,
});
const HIDDEN = { code: 'hidden-row', message: '第 3 行' };

describe('what a pair leaves doubtful', () => {
  test('is asked before all else that is doubtful, and once', () => {
    const doubts = withPairDoubt([HIDDEN], pair('asked'), 'k1');
    expect(doubts.map(({ code }) => code)).toEqual(['renamed', 'hidden-row']);
    expect(doubts[0]?.message).toContain('“水域养殖证核发”（k1）与它相近，是否同一事项');
    const answered = withPairDoubt(doubts, pair('same'), 'k1');
    expect(answered.map(({ code }) => code)).toEqual(['renamed', 'hidden-row']);
    expect(answered[0]?.message).toContain('已由编辑确认');
  });

  test('is nothing once the two are parted', () => {
    expect(withPairDoubt([HIDDEN], pair('apart'), undefined)).toEqual([HIDDEN]);
  });

  test('says that nobody was asked about a slip of the pen', () => {
    expect(withPairDoubt([], pair('sure'), 'k1')[0]?.message).toContain('已认作同一事项');
  });

  test('says that two may have become one, and one two', () => {
    const merged = withPairDoubt([], pair('asked', { candidates: CANDIDATES }), undefined);
    expect(merged[0]).toMatchObject({
      code: 'alike',
      message: expect.stringContaining('几项并成了一项') as unknown,
    });
    const split = withPairDoubt([], pair('asked', { rivals: ['捕捞证核发'] }), undefined);
    expect(split[0]?.message).toContain('“捕捞证核发”也与它相近：可能是一项拆成了几项');
  });
});

test('the reason that an import gave follows what the change has become, a person’s own does not', () => {
  expect(rewordReason('按公布的清单列入', '修改')).toBe('按公布的清单修改');
  expect(rewordReason('按公布的清单修改', '列入')).toBe('按公布的清单列入');
  expect(rewordReason('市政府批准', '修改')).toBe('市政府批准');
  expect(rewordReason(undefined, '修改')).toBeUndefined();
});
