import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type AuthorityItem, entryInForceOn, findMandate, type ListedItem } from './index.ts';

const ORGAN = 'o-aaaaaaaaaaaaaaaa';
const permits = { category: '01', itemNames: ['食品经营许可'] };

function listed(
  index: number,
  effectiveDate: string,
  changes: Partial<AuthorityItem> = {},
  time = '2024-12-20T02:00:00Z',
): ListedItem {
  const item: AuthorityItem = {
    schema: 'authority-item/1',
    organ: ORGAN,
    name: '食品经营许可',
    category: '01',
    state: 'in-force',
    bases: [],
    levels: [],
    subItems: [],
    ...changes,
  };
  const entry = {
    v: 1 as const,
    register: 'authority-item' as const,
    key: `${ORGAN}.00001`,
    time,
    effectiveDate,
    blob: `sha256:${'0'.repeat(64)}`,
    reason: '新增',
  };
  return { index, entry, item };
}

const on = (day: string, organ = ORGAN) => ({ organ, day, permits });

describe('the mandate rule', () => {
  test('holds from the effective date on, not a day before', () => {
    const entries = [listed(3, '2026-02-01')];
    expect(findMandate(entries, on('2026-01-31'))).toEqual({ holds: false, refusal: 'item-absent' });
    expect(findMandate(entries, on('2026-02-01'))).toMatchObject({ holds: true, listed: { index: 3 } });
  });

  test.each([
    ['item-suspended', { state: 'suspended' }],
    ['item-cancelled', { state: 'cancelled' }],
    ['item-not-of-type', { name: '食品生产许可' }],
    ['item-not-of-type', { category: '02' }],
    ['item-of-another-organ', { organ: 'o-bbbbbbbbbbbbbbbb' }],
  ] as const)('refuses with %s when %o', (refusal, changes) => {
    const entries = [listed(0, '2025-01-01'), listed(1, '2026-01-01', changes)];
    expect(findMandate(entries, on('2026-06-01'))).toMatchObject({ holds: false, refusal });
    // The day before, the earlier entry still carried.
    expect(findMandate(entries, on('2025-12-31'))).toMatchObject({ holds: true });
  });

  test('an edit listed later does not undo a cancellation that was scheduled before it', () => {
    const entries = [
      listed(0, '2025-01-01'),
      listed(1, '2026-07-01', { state: 'cancelled' }),
      listed(2, '2026-03-01', { remarks: '改了说明' }),
    ];
    expect(findMandate(entries, on('2026-06-30'))).toMatchObject({ holds: true, listed: { index: 2 } });
    expect(findMandate(entries, on('2026-07-01'))).toMatchObject({ holds: false, refusal: 'item-cancelled' });
  });

  test('does not hold on a day before the power was listed, though it was in force then', () => {
    const recorded = [listed(0, '2024-12-31', {}, '2026-11-27T15:59:59Z')];
    expect(findMandate(recorded, on('2026-11-26'))).toEqual({ holds: false, refusal: 'item-absent' });
    expect(findMandate(recorded, on('2026-11-27'))).toMatchObject({ holds: true, listed: { index: 0 } });
    const corrected = [listed(0, '2024-12-31'), listed(1, '2025-01-01', {}, '2026-11-27T16:00:00Z')];
    expect(findMandate(corrected, on('2026-11-27'))).toMatchObject({ holds: true, listed: { index: 0 } });
    expect(findMandate(corrected, on('2026-11-28'))).toMatchObject({ holds: true, listed: { index: 1 } });
  });

  test('of two entries with one date the one listed last counts', () => {
    const entries = [listed(4, '2026-01-01'), listed(5, '2026-01-01', { state: 'suspended' })];
    expect(findMandate(entries, on('2026-01-01'))).toMatchObject({ refusal: 'item-suspended' });
  });

  test('does not depend on the order in which entries are handed over', () => {
    const days = fc.integer({ min: 1, max: 28 }).map((day) => `2026-01-${String(day).padStart(2, '0')}`);
    fc.assert(
      fc.property(fc.array(days, { maxLength: 8 }), days, fc.infiniteStream(fc.nat()), (dates, day, salt) => {
        const entries = dates.map((date, index) => listed(index, date));
        const keyed = entries.map((entry) => ({ entry, order: salt.next().value }));
        const shuffled = keyed.sort((a, b) => a.order - b.order).map(({ entry }) => entry);
        expect(entryInForceOn(shuffled, day)).toBe(entryInForceOn(entries, day));
      }),
    );
  });
});
