import { describe, expect, test } from '@jest/globals';
import { editionNumberOf, recordedOf, recordedWords } from './recorded.ts';

const time = '2026-11-26T16:00:00Z';

describe('what was first recorded is told', () => {
  test.each([
    [{ effectiveDate: '2026-11-27', edition: '2024' }, '2024 年版清单所列，2026年11月27日收录'],
    [{ effectiveDate: '2026-11-27', edition: '2024-2' }, '2024 年版清单所列，2026年11月27日收录'],
    [
      { effectiveDate: '2024-12-31', edition: '2024' },
      '2024 年版清单（2024年12月31日）所列，2026年11月27日收录',
    ],
    [{ effectiveDate: '2024-12-31' }, '2024年12月31日的清单所列，2026年11月27日收录'],
    [{ effectiveDate: '2024-12-31', edition: 'v3' }, '2024年12月31日的清单所列，2026年11月27日收录'],
    [{ effectiveDate: '2026-11-27', edition: '20241' }, '2026年11月27日收录'],
    [{ effectiveDate: '2026-11-27' }, '2026年11月27日收录'],
  ])('by its list and the day on which it was taken in: %o', (more, words) => {
    expect(recordedWords({ time, ...more }).zh).toBe(words);
  });

  test('in English too', () => {
    expect(recordedWords({ time, effectiveDate: '2024-12-31', edition: '2024' }).en).toBe(
      'on the 2024 list (31 December 2024), recorded 27 November 2026',
    );
    expect(recordedWords({ time, effectiveDate: '2026-11-27' }).en).toBe('recorded 27 November 2026');
  });

  test('of an entry that says so, and of no other', () => {
    const entry = { time, effectiveDate: '2026-11-27', edition: 'o-aaaaaaaaaaaaaaaa.2024' };
    expect(recordedOf({ ...entry, kind: 'recorded' })?.zh).toBe('2024 年版清单所列，2026年11月27日收录');
    expect([recordedOf({ ...entry, kind: 'added' }), recordedOf(entry)]).toEqual([undefined, undefined]);
  });

  test('by the number of an edition, which stands behind the first dot of its key', () => {
    expect(editionNumberOf('o-aaaaaaaaaaaaaaaa.2024-1')).toBe('2024-1');
    expect(editionNumberOf(undefined)).toBeUndefined();
  });
});
