import { describe, expect, test } from '@jest/globals';
import { allowedSteps, mayRead } from './allowed-steps.ts';
import { DRAFT_STEPS, type DraftStep } from './steps.ts';
import type { DraftState } from './states.ts';

const ORGAN = 'o-aaaaaaaaaaaaaaaa';
const OTHER = 'o-bbbbbbbbbbbbbbbb';
const actor = (...roles: string[]) => ({ roles, organ: ORGAN as string | null, edited: false });
const draft = (state: DraftState, list = ORGAN) => ({ state, list });

describe('the steps that a console offers', () => {
  test('are those of role and state, in the order of the table', () => {
    const steps = allowedSteps(
      { state: 'submitted', list: 'o-aaaaaaaaaaaaaaaa' },
      { roles: ['editor', 'reviewer'], organ: 'o-aaaaaaaaaaaaaaaa', edited: true },
    );
    expect(steps).toEqual(['reopen', 'withdraw', 'reject']);
    expect(steps.map((step) => DRAFT_STEPS[step].words.name)).toEqual(['取回修改', '撤回', '退回']);
  });

  test.each<[DraftState, string, readonly DraftStep[]]>([
    ['draft', 'editor', ['submit', 'withdraw']],
    ['draft', 'reviewer', []],
    ['submitted', 'reviewer', ['approve', 'reject']],
    ['submitted', 'publisher', []],
    ['approved', 'editor', ['reopen', 'withdraw']],
    ['approved', 'reviewer', ['reject']],
    ['approved', 'publisher', ['publish']],
    ['approved', 'auditor', []],
    ['rejected', 'editor', ['reopen', 'withdraw']],
    ['published', 'publisher', []],
    ['withdrawn', 'editor', []],
  ])('with a draft that is %s, to a %s', (state, role, steps) => {
    expect(allowedSteps(draft(state), actor(role))).toEqual(steps);
  });

  test('are none with another organ’s draft, and the registry’s own have those of all', () => {
    expect(allowedSteps(draft('draft', OTHER), actor('editor'))).toEqual([]);
    expect(allowedSteps(draft('draft', OTHER), { ...actor('editor'), organ: null })).toEqual([
      'submit',
      'withdraw',
    ]);
  });

  test('never are an approval of one’s own, though one’s own may be published and sent back', () => {
    const own = { ...actor('reviewer', 'publisher'), edited: true };
    expect(allowedSteps(draft('submitted'), own)).toEqual(['reject']);
    expect(allowedSteps(draft('approved'), own)).toEqual(['reject', 'publish']);
  });
});

test('a draft is read by its organ, the registry and auditors', () => {
  expect(mayRead(actor('editor'), ORGAN)).toBe(true);
  expect(mayRead(actor('editor'), OTHER)).toBe(false);
  expect(mayRead({ roles: ['editor'], organ: null }, OTHER)).toBe(true);
  expect(mayRead({ roles: ['auditor'], organ: ORGAN }, OTHER)).toBe(true);
});
