import { describe, expect, test } from '@jest/globals';
import { DRAFT_ACTIONS, EDITING_ACTIONS } from './actions.ts';
import { requireWholeTable } from './check-steps.ts';
import { DRAFT_STATE_CODES, DRAFT_STATES, type DraftState } from './states.ts';
import { DRAFT_STEP_NAMES, DRAFT_STEPS, EDITING, requireState, REVIEW_STEPS } from './steps.ts';

/** From which states each step leads where, written out: a slip in the table shows here. */
const MOVES: Readonly<Record<string, Partial<Record<DraftState, DraftState>>>> = {
  submit: { draft: 'submitted' },
  reopen: { submitted: 'draft', approved: 'draft', rejected: 'draft' },
  withdraw: { draft: 'withdrawn', submitted: 'withdrawn', approved: 'withdrawn', rejected: 'withdrawn' },
  approve: { submitted: 'approved' },
  reject: { submitted: 'rejected', approved: 'rejected' },
  publish: { approved: 'published' },
};

const takes = (state: DraftState, step: Parameters<typeof requireState>[1]): boolean => {
  try {
    requireState(state, step);
    return true;
  } catch {
    return false;
  }
};

describe('the table of steps', () => {
  test.each(DRAFT_STEP_NAMES)('%s leads where it should, and from nowhere else', (name) => {
    const step = DRAFT_STEPS[name];
    const moves = DRAFT_STATE_CODES.filter((state) => takes(state, step)).map((state) => [state, step.to]);
    expect(Object.fromEntries(moves)).toEqual(MOVES[name]);
  });

  test('nothing is published that was not approved, and nobody approves but a reviewer with clean hands', () => {
    expect(DRAFT_STEPS.publish.from).toEqual(['approved']);
    const approving = DRAFT_STEP_NAMES.filter((name) => DRAFT_STEPS[name].to === 'approved');
    expect(approving).toEqual(['approve']);
    expect(DRAFT_STEPS.approve).toMatchObject({ role: 'reviewer', guards: ['other-person'] });
    expect(DRAFT_STEPS.publish.role).toBe('publisher');
  });

  test('a draft is held against the lists when it is submitted and when it is published', () => {
    expect(DRAFT_STEP_NAMES.filter((name) => DRAFT_STEPS[name].heldAgainstLists)).toEqual([
      'submit',
      'publish',
    ]);
  });

  test('what is asked is answered before a draft is submitted, approved or published', () => {
    expect(DRAFT_STEP_NAMES.filter((name) => DRAFT_STEPS[name].answered)).toEqual([
      'submit',
      'approve',
      'publish',
    ]);
  });

  test('only a draft that is being written is edited', () => {
    expect(DRAFT_STATE_CODES.filter((state) => takes(state, EDITING))).toEqual(['draft']);
  });

  test('the steps of review are all but the one that writes into the lists', () => {
    expect([...REVIEW_STEPS, 'publish']).toEqual(DRAFT_STEP_NAMES);
  });

  test.each<[DraftState, keyof typeof DRAFT_STEPS, string]>([
    ['draft', 'approve', '这份草稿起草中，不能通过。须在“待审核”时才能通过。'],
    ['draft', 'reject', '这份草稿起草中，不能退回。须在“待审核”或“已通过，待发布”时才能退回。'],
    ['published', 'reopen', '这份草稿已发布，不能取回修改。要再改动清单，请另起一份草稿。'],
    ['withdrawn', 'submit', '这份草稿已撤回，不能提交。请另起一份草稿。'],
  ])('a draft that is %s refuses %s and says what to do', (state, step, message) => {
    expect(() => {
      requireState(state, DRAFT_STEPS[step]);
    }).toThrow(message);
  });

  test('who wrote, changed or submitted has edited; who decided or only said something has not', () => {
    expect([...EDITING_ACTIONS].sort()).toEqual([
      'change-added',
      'change-edited',
      'change-removed',
      'created',
      'described',
      'missing-decided',
      'pair-answered',
      'replaced',
      'submitted',
    ]);
    expect(DRAFT_ACTIONS.reopened.edits).toBe(false);
  });
});

describe('a table is refused at the start', () => {
  const step = (from: readonly DraftState[], to: string, route = `${from.join()}-${to}`) => ({
    from,
    to,
    route,
  });
  const whole = {
    submit: step(['draft'], 'submitted'),
    approve: step(['submitted'], 'approved'),
    reject: step(['submitted'], 'rejected'),
    publish: step(['approved'], 'published'),
    withdraw: step(['draft'], 'withdrawn'),
  };

  test('but not when it is whole', () => {
    requireWholeTable(whole);
    expect(Object.keys(DRAFT_STATES)).toHaveLength(6);
  });

  test.each<[string, Parameters<typeof requireWholeTable>[0], string]>([
    ['with a state that nothing leads to', { ...whole, reject: step(['draft'], 'draft') }, 'rejected'],
    [
      'with a state that only leads to itself',
      { ...whole, approve: step(['approved'], 'approved') },
      'approved',
    ],
    ['with a target there is not', { ...whole, more: step(['draft'], 'archived') }, 'archived'],
    ['with a step from nowhere', { ...whole, more: step([], 'draft') }, 'never'],
    [
      'with one route for two steps',
      { ...whole, more: step(['draft'], 'draft', 'draft-submitted') },
      'route',
    ],
  ])('%s', (_name, table, why) => {
    expect(() => {
      requireWholeTable(table);
    }).toThrow(why);
  });
});
