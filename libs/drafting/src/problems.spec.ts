import { describe, expect, test } from '@jest/globals';
import type { AuthorityItem } from '@mandate/lists';
import { candidateOf } from './candidate.ts';
import type { NewDraftChange } from './draft.ts';
import {
  type ListedState,
  problemsOf,
  requireNoProblems,
  requireWhole,
  unlistedProblem,
} from './problems.ts';

const ORGAN = 'o-aaaaaaaaaaaaaaaa';
const KEY = `${ORGAN}.00001`;
const DAY = '2026-06-01';
const ITEM: AuthorityItem = {
  schema: 'authority-item/1',
  organ: ORGAN,
  name: '示例许可',
  category: '01',
  state: 'in-force',
  bases: [],
  levels: [],
  subItems: [],
};
const BEFORE: ListedState = {
  blob: `sha256:${'0'.repeat(64)}`,
  effectiveDate: '2026-01-01',
  state: 'in-force',
};

const change = (more: Partial<NewDraftChange> = {}, value: Partial<AuthorityItem> = {}) =>
  candidateOf(1, {
    register: 'authority-item',
    key: KEY,
    kind: 'changed',
    value: { ...ITEM, ...value },
    ...more,
  });
const problems = (one: ReturnType<typeof change>, now: ListedState | undefined = BEFORE, list = ORGAN) =>
  problemsOf({ list, effectiveDate: DAY }, one, now).map(({ code }) => code);

describe('a change held against what is listed', () => {
  test('is good where its kind leads from the state of the day to its own', () => {
    expect(problems(change())).toEqual([]);
    expect(problems(change({ kind: 'cancelled' }, { state: 'cancelled' }))).toEqual([]);
    expect(problems(change({ kind: 'cancelled' }))).toEqual(['invalid-kind']);
    expect(problems(change(), { ...BEFORE, state: 'cancelled' })).toEqual(['invalid-kind']);
  });

  test('is first recorded once, on whatever day: not before what is listed, nor before what was cancelled', () => {
    const recorded = change({ kind: 'recorded', effectiveDate: '1990-01-01' });
    expect(problems(recorded, { ...BEFORE, state: 'none' })).toEqual(['invalid-kind']);
    const first = candidateOf(1, { register: 'authority-item', kind: 'recorded', value: { ...ITEM } });
    expect(problemsOf({ list: ORGAN, effectiveDate: '1990-01-01' }, first, undefined)).toEqual([]);
  });

  test('stays in its own list; a draft of the registry may change several', () => {
    const other = 'o-bbbbbbbbbbbbbbbb';
    expect(problems(change(), BEFORE, other)).toEqual(['invalid-change']);
    expect(problems(change(), BEFORE, 'registry')).toEqual([]);
    // An item's key begins with its organ: it is handed over, never moved.
    expect(problems(change({}, { organ: other }), BEFORE, 'registry')).toEqual(['invalid-change']);
  });

  test('is not handed over to itself', () => {
    for (const related of [KEY, '#1'])
      expect(problems(change({ kind: 'delegated', related }))).toEqual(['invalid-change']);
    expect(problems(change({ kind: 'delegated', related: `${ORGAN}.00002` }))).toEqual([]);
    expect(problems(change({ kind: 'delegated', related: '#2' }))).toEqual([]);
  });

  test('changes something: content, or the day from which it holds', () => {
    const same = change();
    const now = { ...BEFORE, blob: same.content.blob };
    expect(problems(same, now)).toEqual(['nothing-changed']);
    expect(problems(same, { ...now, effectiveDate: '2027-01-01' })).toEqual([]);
  });

  test('names a listed item, or none', () => {
    expect(unlistedProblem(change())?.code).toBe('invalid-change');
    expect(
      unlistedProblem(candidateOf(1, { register: 'authority-item', kind: 'added', value: { ...ITEM } })),
    ).toBe(undefined);
  });

  test.each(['delegated', 'taken-over', 'entrusted'] as const)('%s is for powers only', (kind) => {
    const region = { schema: 'region/1', code: '990100', name: '示例市', level: '3' };
    const one = candidateOf(1, { register: 'region', key: '990100', kind, value: region });
    expect(problems(one, BEFORE, 'registry')).toContain('invalid-kind');
  });
});

test('all that is wrong is told at once, as much as a person reads', () => {
  requireNoProblems([]);
  const many = Array.from({ length: 30 }, (_, n) => ({
    change: n + 1,
    code: 'invalid-kind' as const,
    message: '不符',
  }));
  try {
    requireNoProblems(many);
    throw new Error('it was taken');
  } catch (error) {
    expect(error).toMatchObject({ code: 'invalid-kind', message: expect.stringContaining('共 30 处') });
    expect(error).toMatchObject({
      extension: { count: 30, problems: many.slice(0, 20) },
    });
  }
});

test.each<[string, Parameters<typeof requireWhole>, string | undefined]>([
  ['has changes', ['change', []], 'no-changes'],
  ['or is an edition of what is there', ['edition', []], undefined],
  [
    'holds the counterparts its changes name',
    [
      'change',
      [
        { number: 1, related: '#2' },
        { number: 2, related: undefined },
      ],
    ],
    undefined,
  ],
  ['and none that it does not hold', ['change', [{ number: 1, related: '#2' }]], 'related-not-found'],
])('a whole draft %s', (_name, [scope, changes], code) => {
  const check = (): void => {
    requireWhole(scope, changes);
  };
  if (code === undefined) expect(check).not.toThrow();
  else expect(check).toThrow(expect.objectContaining({ code }));
});
