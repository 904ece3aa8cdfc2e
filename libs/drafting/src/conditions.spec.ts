import { describe, expect, test } from '@jest/globals';
import type { ChangeKind } from '@mandate/lists';
import {
  dayOfEffect,
  entryReason,
  requireEditionOfScope,
  requireTimely,
  requireVersion,
} from './conditions.ts';
import type { Draft } from './draft.ts';
import { requireGuards } from './guards.ts';

const DRAFT: Draft = {
  id: '00000000-0000-4000-8000-000000000000',
  scope: 'change',
  list: 'o-aaaaaaaaaaaaaaaa',
  title: '示例草稿',
  effectiveDate: '2026-06-01',
  reason: '示例理由',
  missing: [],
  state: 'draft',
  version: 3,
  author: { login: 'editor', displayName: '编辑' },
  createdAt: new Date(0),
  changedAt: new Date(0),
};
const edition = { number: '2026', name: '示例清单', date: '2026-01-01' };

const code = (work: () => void): unknown => {
  try {
    work();
    return 'none';
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
};

describe('the day from which a draft is to hold', () => {
  const timely = (
    today: string,
    more: Partial<Draft> = {},
    days: readonly (string | undefined)[] = [],
    recorded: readonly (string | undefined)[] = [],
  ) =>
    code(() => {
      const changes = [
        ...days.map((effectiveDate) => ({ kind: 'changed' as const, effectiveDate })),
        ...recorded.map((effectiveDate) => ({ kind: 'recorded' as const, effectiveDate })),
      ];
      requireTimely({ ...DRAFT, ...more }, { today, changes });
    });

  test('may be today, and a day that is past needs a reason of its own', () => {
    expect(timely('2026-06-01')).toBe('none');
    expect(timely('2026-06-02')).toBe('backdated');
    expect(timely('2026-06-02', { backdatedReason: '补录' })).toBe('none');
  });

  test('is that of its earliest change', () => {
    expect(timely('2026-06-01', {}, [undefined, '2026-05-31', '2027-01-01'])).toBe('backdated');
    expect(timely('2026-06-01', {}, [undefined, '2026-07-01'])).toBe('none');
  });

  test('may be past without a reason for what is first recorded, and for nothing beside it', () => {
    expect(timely('2026-06-02', {}, [], [undefined, '2024-12-31'])).toBe('none');
    expect(timely('2026-06-02', {}, [undefined], ['2024-12-31'])).toBe('backdated');
    expect(timely('2026-06-01', {}, ['2026-05-31'], ['2024-12-31'])).toBe('backdated');
    expect(timely('2026-06-01', {}, ['2026-06-01'], ['2024-12-31'])).toBe('none');
    const entry = { reason: '理由', effectiveDate: '2024-12-31', today: '2026-06-02' };
    expect(entryReason({ backdatedReason: '补录' }, { ...entry, kind: 'recorded' })).toBe('理由');
    // What is to hold some day was not in force before it was recorded.
    expect(timely('2026-06-02', { backdatedReason: '补录' }, [], ['2030-01-01'])).toBe('invalid-change');
  });

  test('is that of the list, or of the recording where the list says no whole day', () => {
    const undated = { effectiveDate: '2026-06-01', edition: { number: '2024', name: '示例清单' } };
    const dated = { ...undated, edition: { ...undated.edition, date: '2026-01-01' } };
    const day = (draft: Parameters<typeof dayOfEffect>[0], kind?: ChangeKind, effectiveDate?: string) =>
      dayOfEffect(draft, { change: kind && { kind, effectiveDate }, today: '2026-06-03' });
    expect([day(undated, 'recorded'), day(undated)]).toEqual(['2026-06-03', '2026-06-03']);
    expect([day(dated, 'recorded'), day(dated)]).toEqual(['2026-06-01', '2026-06-01']);
    expect(day(undated, 'changed')).toBe('2026-06-01');
    expect(day(undated, 'recorded', '2024-12-31')).toBe('2024-12-31');
    expect(day({ ...undated, effectiveDate: '2027-01-01' }, 'recorded')).toBe('2027-01-01');
  });

  test('stands with its reason in an entry that is past when it is published, and in no other', () => {
    const backdated = { backdatedReason: '补录' };
    const entry = { reason: '示例理由', effectiveDate: '2026-06-01', today: '2026-06-02' };
    expect(entryReason(backdated, entry)).toBe('示例理由（追溯生效：补录）');
    expect(entryReason(backdated, { ...entry, today: '2026-06-01' })).toBe('示例理由');
    expect(entryReason({}, entry)).toBe('示例理由');
  });
});

test('who acts on a version that is no more gets both', () => {
  const headings = { title: '我的', effectiveDate: '2026-06-01', reason: '理由' };
  expect(
    code(() => {
      requireVersion(DRAFT, 3);
    }),
  ).toBe('none');
  try {
    requireVersion(DRAFT, 2, headings);
    throw new Error('it was taken');
  } catch (error) {
    expect(error).toMatchObject({
      code: 'draft-changed',
      extension: { yours: { version: 2, title: '我的' }, theirs: { version: 3, title: '示例草稿' } },
    });
  }
});

test.each<[string, Partial<Draft>, string]>([
  ['a change', {}, 'none'],
  ['a change with an edition', { edition }, 'invalid-draft'],
  ['an edition', { scope: 'edition', edition }, 'none'],
  ['an edition without its number', { scope: 'edition' }, 'invalid-draft'],
  ['an edition of no list', { scope: 'edition', edition, list: 'registry' }, 'invalid-draft'],
])('scope and edition fit each other: %s', (_name, more, expected) => {
  expect(
    code(() => {
      requireEditionOfScope({ ...DRAFT, ...more });
    }),
  ).toBe(expected);
});

test.each([
  [['other-person'], { edited: false }, 'none'],
  [['other-person'], { edited: true }, 'own-draft'],
  [['says-why'], { edited: true, comment: '依据不全' }, 'none'],
  [['says-why'], { edited: false }, 'comment-missing'],
  [['says-why'], { edited: false, comment: ' \u0000\n' }, 'comment-missing'],
  [[], { edited: true }, 'none'],
] as const)('guards %j of %j: %s', (guards, facts, expected) => {
  expect(
    code(() => {
      requireGuards(guards, facts);
    }),
  ).toBe(expected);
});
