import { describe, expect, test } from '@jest/globals';
import { countMonth, eachNews, groupChanges, monthOf, MOST_NAMED, newestOf, type Change } from './changes.ts';

const LIST = { key: 'o-aaaaaaaaaaaaaaaa', name: '示例市民政局', href: '/organs/o-aaaaaaaaaaaaaaaa/' };

const change = (index: number, more: Partial<Change> = {}): Change => ({
  index,
  time: '2026-11-26T16:00:00Z',
  effectiveDate: '2026-11-27',
  kind: 'added',
  name: `事项${index.toString()}`,
  href: '/',
  list: LIST,
  reason: '按公布的清单列入',
  document: undefined,
  edition: undefined,
  ...more,
});
const recorded = (index: number, more: Partial<Change> = {}): Change =>
  change(index, { kind: 'recorded', reason: '按公布的清单首次收录', edition: '2024', ...more });
const many = (count: number, of: (index: number) => Change): Change[] =>
  Array.from({ length: count }, (_, n) => of(n + 10));

describe('changes side by side', () => {
  test('are counted whole, and named up to what a page holds, the newest first', () => {
    const [group, ...others] = groupChanges(many(5 * MOST_NAMED, (index) => change(index)));
    expect(others).toEqual([]);
    expect(group).toMatchObject({ total: 5 * MOST_NAMED, isFirstRecording: false });
    expect(group?.changes).toHaveLength(MOST_NAMED);
    expect(group?.changes[0]?.index).toBe(5 * MOST_NAMED + 9);
  });

  test('keep what was first recorded apart from what came with it for the same reason', () => {
    const reason = '同一理由';
    const groups = groupChanges([recorded(1, { reason }), change(2, { reason }), recorded(3, { reason })]);
    expect(groups.map(({ isFirstRecording, total, edition }) => [isFirstRecording, total, edition])).toEqual([
      [true, 2, '2024'],
      [false, 1, undefined],
    ]);
    // Also where no edition came with it.
    expect(groupChanges([recorded(1, { reason, edition: undefined }), change(2, { reason })])).toHaveLength(
      2,
    );
  });
});

describe('a first recording', () => {
  test('is one piece of news for each list and day, however many items it has', () => {
    const changes = [change(1), ...many(442, (index) => recorded(index)), change(500)];
    const news = [...eachNews(changes)];
    expect(news.map(({ index, together }) => [index, together])).toEqual([
      [1, undefined],
      [500, undefined],
      [10, 442],
    ]);
    const other = { ...LIST, key: 'o-bbbbbbbbbbbbbbbb' };
    expect([...eachNews([recorded(1), recorded(2, { list: other })])]).toHaveLength(2);
    // What a feed cuts off is older news, not a part of this.
    expect(newestOf(eachNews(changes), 2).map(({ index }) => index)).toEqual([500, 10]);
  });

  test('is told in the month in which it was taken in, and counted as no change', () => {
    const old = { effectiveDate: '2024-12-31' };
    expect(monthOf(recorded(1, old))).toBe('2026-11');
    expect(monthOf(change(1, old))).toBe('2024-12');
    expect(countMonth('2026-11', [recorded(1), recorded(2), change(3)])).toEqual({
      month: '2026-11',
      kinds: { recorded: 2, added: 1 },
      total: 1,
      recorded: 2,
    });
  });
});
