import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { endOfDay, entriesListedBy, entryInForceOn, entryListedAt, type PlacedEntry } from './index.ts';

const entry = (index: number, time: string, effectiveDate: string): PlacedEntry => ({
  index,
  entry: { time: `${time}T02:00:00Z`, effectiveDate },
});
const FIRST = entry(3, '2023-02-20', '2023-03-01');
const LATER = entry(9, '2024-06-01', '2025-01-01');
const MEANWHILE = entry(12, '2024-08-01', '2024-09-01');
const ALL = [FIRST, LATER, MEANWHILE];

describe('what was in force on a day', () => {
  test.each([
    ['2023-02-28', undefined],
    ['2023-03-01', FIRST],
    ['2024-08-31', FIRST],
    ['2024-09-01', MEANWHILE],
    ['2024-12-31', MEANWHILE],
    // Listed before the one that took effect meanwhile, and not undone by it.
    ['2025-01-01', LATER],
    ['9999-12-31', LATER],
  ])('on %s', (day, found) => {
    expect(entryInForceOn(ALL, day)).toBe(found);
  });

  test('of two entries for one day the one listed last corrects the other', () => {
    const correction = entry(20, '2024-06-02', '2025-01-01');
    expect(entryInForceOn([...ALL, correction], '2025-06-01')).toBe(correction);
    expect(entryInForceOn([correction, ...ALL], '2025-06-01')).toBe(correction);
  });
});

describe('what the list said at a time', () => {
  test.each([
    ['2023-02-20T01:59:59Z', undefined],
    ['2023-02-20T02:00:00Z', FIRST],
    // In force it is not before 2025; the list says it already.
    ['2024-07-01T00:00:00Z', LATER],
    ['2024-08-01T02:00:00Z', MEANWHILE],
    ['2026-01-01T00:00:00Z', MEANWHILE],
  ])('at %s', (time, found) => {
    expect(entryListedAt(ALL, time)).toBe(found);
  });

  test('a day is a day of the registry: it ends at midnight in Shanghai', () => {
    expect(
      entryListedAt(
        [{ ...FIRST, entry: { ...FIRST.entry, time: '2023-02-20T15:59:59Z' } }],
        endOfDay('2023-02-20'),
      ),
    ).toBeDefined();
    expect(
      entryListedAt(
        [{ ...FIRST, entry: { ...FIRST.entry, time: '2023-02-20T16:00:00Z' } }],
        endOfDay('2023-02-20'),
      ),
    ).toBeUndefined();
  });
});

describe('whatever the entries', () => {
  const Day = fc.integer({ min: 10, max: 28 }).map((day) => `2024-01-${day.toString()}`);
  const Entries = fc
    .uniqueArray(fc.nat(50), { maxLength: 12 })
    .chain((indexes) =>
      fc.tuple(...indexes.map((index) => fc.tuple(Day, Day).map(([time, day]) => entry(index, time, day)))),
    );

  test('both answers depend on the entries and not on the order they are given in', () => {
    fc.assert(
      fc.property(Entries, Day, (entries, day) => {
        const turned = entries.toReversed();
        expect(entryInForceOn(turned, day)).toBe(entryInForceOn(entries, day));
        expect(entryListedAt(turned, endOfDay(day))).toBe(entryListedAt(entries, endOfDay(day)));
      }),
    );
  });

  test('what is in force has begun, and nothing that has begun later is', () => {
    fc.assert(
      fc.property(Entries, Day, (entries, day) => {
        const found = entryInForceOn(entries, day);
        const begun = entries.filter((one) => one.entry.effectiveDate <= day);
        expect(found === undefined).toBe(begun.length === 0);
        for (const one of begun)
          expect(one.entry.effectiveDate <= (found?.entry.effectiveDate ?? '')).toBe(true);
      }),
    );
  });

  test('what the list said is never taken back by what was listed later', () => {
    fc.assert(
      fc.property(Entries, Day, Day, (entries, a, b) => {
        const [early = a, late = b] = [a, b].sort();
        const listed = entriesListedBy(entries, endOfDay(early));
        expect(entriesListedBy(entries, endOfDay(late))).toEqual(expect.arrayContaining([...listed]));
        expect(entryListedAt(listed, endOfDay(late))).toBe(entryListedAt(entries, endOfDay(early)));
      }),
    );
  });
});
