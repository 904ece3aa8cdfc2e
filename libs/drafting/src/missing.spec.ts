import { describe, expect, test } from '@jest/globals';
import type { MissingItem } from './draft.ts';
import {
  editionReason,
  type MissingChange,
  missingState,
  type MissingState,
  type OpenQuestions,
  requireAnswered,
} from './missing.ts';

const BLOB = `sha256:${'a'.repeat(64)}`;
const item: MissingItem = { key: 'o-aaaaaaaaaaaaaaaa.00001', name: '甲许可' };
const kept: MissingItem = { ...item, stays: { reason: '暂予保留', blob: BLOB, by: 'zhang' } };
const now = { blob: BLOB, state: 'in-force' } as const;
const change = (kind: MissingChange['kind'], paired = false): MissingChange => ({ number: 1, kind, paired });

describe('what becomes of an item that the source no longer has', () => {
  test.each<[string, Parameters<typeof missingState>, MissingState]>([
    ['is open while nobody has said it', [item, undefined, now], 'undecided'],
    ['is open of a suspended one too', [item, undefined, { ...now, state: 'suspended' }], 'undecided'],
    ['is said by its cancellation', [item, change('cancelled'), now], 'cancelled'],
    ['is said by its handing over', [item, change('delegated'), now], 'moved'],
    ['is said by what is the same under another name', [item, change('changed', true), now], 'renamed'],
    ['is said by what an editor words by hand', [item, change('changed'), now], 'changed'],
    ['is said with a reason', [kept, undefined, now], 'stays'],
    ['has to be said anew once it is another', [kept, undefined, { ...now, blob: 'sha256:0' }], 'stale'],
    [
      'has to be said anew once it is cancelled',
      [kept, undefined, { blob: 'sha256:0', state: 'cancelled' }],
      'stale',
    ],
    [
      'is no question once another draft has cancelled it',
      [item, undefined, { ...now, state: 'cancelled' }],
      'gone',
    ],
    ['is its change, whatever was said before', [kept, change('cancelled'), now], 'cancelled'],
  ])('%s', (_what, given, state) => {
    expect(missingState(...given)).toBe(state);
  });
});

describe('a draft goes on', () => {
  const refusal = (open: Partial<OpenQuestions>): { code?: string; message: string } => {
    try {
      requireAnswered('d1', { pairs: [], missing: [], stale: [], ...open });
      return { message: 'none' };
    } catch (error) {
      // Only a DraftError is thrown.
      return error as { code: string; message: string };
    }
  };

  test('when nothing is open', () => {
    expect(refusal({})).toEqual({ message: 'none' });
  });

  test('not before what is open is said, and the refusal names how many, the first of them and the command', () => {
    const many = Array.from({ length: 7 }, (_, n) => ({
      key: `k${n.toString()}`,
      name: `第${n.toString()}项`,
    }));
    const missing = refusal({ missing: many });
    expect(missing.code).toBe('missing-undecided');
    expect(missing.message).toContain('“第0项”、“第1项”、“第2项”等 7 项');
    expect(missing.message).toContain('：npx mandate drafts missing d1 --cancel --all --as <login>；');
    const pairs = refusal({ pairs: [{ number: 4, name: '核淮' }], missing: many });
    expect(pairs).toMatchObject({
      code: 'pairs-unanswered',
      extension: { pairs: 1, missing: 7, changes: [4] },
    });
    expect(pairs.message).toContain('npx mandate drafts pair d1 <第几项> --same --as <login>');
    expect(refusal({ stale: [kept], pairs: [{ number: 4, name: '核淮' }] }).code).toBe('stale');
  });

  test('not of a thousand either, of which the first twenty are named', () => {
    const many = Array.from({ length: 1_000 }, (_, n) => ({
      number: n,
      key: `k${n.toString()}`,
      name: '甲',
    }));
    const [changes, keys] = [
      many.slice(0, 20).map(({ number }) => number),
      many.slice(0, 20).map((one) => one.key),
    ];
    expect(refusal({ pairs: many, missing: many })).toMatchObject({
      extension: { pairs: 1_000, missing: 1_000, changes, keys },
    });
  });
});

describe('the reason of an edition', () => {
  const draft = { reason: '按公布的清单整理', missing: [kept, { ...kept, key: 'k2', name: '乙检查' }] };

  test('says what stays without its source, and why', () => {
    expect(editionReason(draft, new Set([item.key, 'k2']))).toBe(
      '按公布的清单整理；来源中没有而仍保留：甲许可、乙检查（暂予保留）',
    );
    expect(editionReason(draft, new Set(['k2']))).toBe(
      '按公布的清单整理；来源中没有而仍保留：乙检查（暂予保留）',
    );
    expect(editionReason(draft, new Set())).toBe('按公布的清单整理');
  });

  test('is never longer than an entry takes with the reason for a past day', () => {
    const missing = Array.from({ length: 900 }, (_, n) => ({
      key: `k${n.toString()}`,
      name: '很长的名称'.repeat(30),
      stays: { reason: `理由${n.toString()}`.repeat(20), blob: BLOB, by: 'zhang' },
    }));
    const reason = editionReason(
      { reason: '理'.repeat(700), missing },
      new Set(missing.map(({ key }) => key)),
    );
    expect([...reason].length).toBeLessThanOrEqual(1_000 - 250 - '（追溯生效：）'.length);
    expect(reason.startsWith('理'.repeat(700))).toBe(true);
  });
});
