import { describe, expect, test } from '@jest/globals';
import { canonicalBytes } from '@mandate/encoding';
import type { ListEntry } from '@mandate/lists';
import { parseItemsFile, encodeItemsFile } from '@mandate/published';
import { byKey, leavesByKey, parseListEntry } from './records.ts';

const ORGAN = 'o-aaaaaaaaaaaaaaaa';
const ENTRY: ListEntry = {
  v: 1,
  register: 'authority-item',
  key: `${ORGAN}.00001`,
  time: '2026-01-01T00:00:00Z',
  effectiveDate: '2026-01-01',
  blob: `sha256:${'0'.repeat(64)}`,
  reason: '首次公布',
};

describe('an entry that is to be published', () => {
  test('is read as it was written', () => {
    expect(parseListEntry(canonicalBytes(ENTRY))).toEqual(ENTRY);
  });

  // A reader passes over what is newer than itself; who publishes wrote it and knows all of it.
  test.each([
    ['a member nobody wrote', { ...ENTRY, later: 1 }],
    ['a version nobody wrote', { ...ENTRY, v: 2 }],
    ['a key of another register', { ...ENTRY, key: 'n-a.000001' }],
    ['a key that would lead elsewhere', { ...ENTRY, key: '...00001' }],
  ])('is refused with %s', (_what, entry) => {
    expect(() => parseListEntry(canonicalBytes(entry))).toThrow();
  });
});

test('entries in any order become histories in order of keys, oldest entry first', () => {
  const second = { ...ENTRY, key: `${ORGAN}.00002` };
  const entries = [
    { index: 7, entry: ENTRY },
    { index: 5, entry: second },
    { index: 2, entry: ENTRY },
  ];
  const indexes = byKey(entries).map(([key, history]) => [key, history.map(({ index }) => index)]);
  expect(indexes).toEqual([
    [ENTRY.key, [2, 7]],
    [second.key, [5]],
  ]);
  const { items } = parseItemsFile(encodeItemsFile(ORGAN, leavesByKey(entries)));
  expect(items.map(({ key, entries: history }) => [key, history.map(({ index }) => index)])).toEqual(indexes);
});
