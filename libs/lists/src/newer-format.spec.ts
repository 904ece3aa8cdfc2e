import { describe, expect, test } from '@jest/globals';
import { canonicalBytes, type Json } from '@mandate/encoding';
import fc from 'fast-check';
import { findListEntry, ListEntrySchema, ListError, parseListedPower, type ListEntry } from './index.ts';

// What an old reader makes of what a later writer wrote (formats §9.3, §9.4).

const ENTRY: ListEntry = {
  v: 1,
  register: 'authority-item',
  key: 'o-aaaaaaaaaaaaaaaa.00001',
  time: '2026-01-01T00:00:00Z',
  effectiveDate: '2026-01-01',
  blob: `sha256:${'0'.repeat(64)}`,
  reason: '新增',
  kind: 'added',
};

const POWER = {
  schema: 'authority-item/1',
  organ: 'o-aaaaaaaaaaaaaaaa',
  name: '食品经营许可',
  category: '01',
  state: 'in-force',
};

const codeOf = (read: () => unknown): unknown => {
  try {
    read();
    return 'read';
  } catch (error) {
    return error instanceof ListError ? error.code : error;
  }
};

describe('an entry', () => {
  test('of today is read as it is', () => {
    expect(findListEntry(ENTRY)).toEqual(ENTRY);
  });

  test.each<[string, Json]>([
    ['a register that is not known', { ...ENTRY, register: 'certificate-template' }],
    [
      'a register that is not known, in a later version',
      { ...ENTRY, register: 'certificate-template', v: 2 },
    ],
    ['another kind of leaf', { depth: 3, map: 'mandate/map@1', records: 5, root: '00', size: 9, v: 1 }],
    ['a leaf that is no object', 'text'],
    ['a leaf that is a list', [1]],
  ])('%s is passed over', (_, leaf) => {
    expect(findListEntry(leaf)).toBeUndefined();
  });

  test('a member that is not known is passed over, while a writer is not allowed it', () => {
    const later = { ...ENTRY, laterMember: { of: 'any kind' } };
    expect(findListEntry(later)).toEqual(ENTRY);
    expect(ListEntrySchema.safeParse(later).success).toBe(false);
  });

  test('a kind of change that is not known leaves the entry without a kind', () => {
    const { kind: _, ...without } = ENTRY;
    expect(findListEntry({ ...ENTRY, kind: 'merged' })).toEqual(without);
  });

  test.each([2, 3, 1_000])('of a known register in version %i says newer-format', (v) => {
    expect(codeOf(() => findListEntry({ ...ENTRY, v }))).toBe('newer-format');
    expect(codeOf(() => findListEntry({ v, register: 'organ', key: 'o-aaaaaaaaaaaaaaaa' }))).toBe(
      'newer-format',
    );
  });

  test.each<[string, Json]>([
    ['version 0', { ...ENTRY, v: 0 }],
    ['a version in words', { ...ENTRY, v: '2' }],
    ['half a version', { ...ENTRY, v: 1.5 }],
    ['no blob', { ...ENTRY, blob: undefined }],
    ['another hash', { ...ENTRY, blob: `sha512:${'0'.repeat(128)}` }],
    ['a time that is none', { ...ENTRY, time: '2026-01-01' }],
  ])('with %s is invalid-entry: no later version explains it', (_, leaf) => {
    expect(codeOf(() => findListEntry(leaf))).toBe('invalid-entry');
  });

  test('throws nothing but ListError, whatever the leaf holds', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(['read', 'newer-format', 'invalid-entry']).toContain(
          codeOf(() => findListEntry(value)),
        );
      }),
    );
  });

  test('the leaf hash is that of the leaf, not of what was read of it', () => {
    const later = { ...ENTRY, laterMember: true };
    expect(canonicalBytes(findListEntry(later) ?? null)).not.toEqual(canonicalBytes(later));
  });
});

describe('the content of an item', () => {
  test('is read whatever else it holds', () => {
    const { schema: _, ...power } = POWER;
    expect(parseListedPower({ ...POWER, levels: 'in another form', laterMember: 1 })).toEqual(power);
  });

  test.each<[string, Json, string]>([
    ['a later version', { ...POWER, schema: 'authority-item/2' }, 'newer-format'],
    ['a much later version', { schema: 'authority-item/17' }, 'newer-format'],
    ['a state that is not known', { ...POWER, state: 'under-review' }, 'newer-format'],
    ['another schema', { ...POWER, schema: 'organ/2' }, 'invalid-item'],
    ['a version that is none', { ...POWER, schema: 'authority-item/two' }, 'invalid-item'],
    ['no schema', { ...POWER, schema: undefined }, 'invalid-item'],
    ['no name', { ...POWER, name: undefined }, 'invalid-item'],
    ['nothing', null, 'invalid-item'],
  ])('of %s is refused for the right reason', (_, json, code) => {
    expect(codeOf(() => parseListedPower(json))).toBe(code);
  });
});
