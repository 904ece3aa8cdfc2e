import { describe, expect, test } from '@jest/globals';
import { blobName, canonicalBytes, utf8, type Json } from '@mandate/encoding';
import { OrganSchema } from '@mandate/lists';
import {
  findItemEntries,
  findItemHistory,
  findKnownSummaries,
  findTypeHistory,
  leafOf,
  parseBlob,
  parseCertificateEvent,
  parseHistoryEntry,
  parseListEntry,
  PublishedFormatError,
} from './index.ts';

const ORGAN = 'o-aaaaaaaaaaaaaaaa';
const BLOB = `sha256:${'0'.repeat(64)}`;
const TYPE = `${'9'.repeat(18)}001`;
const organ = { schema: 'organ/1', key: ORGAN, name: '示例市局' };

type Object = Record<string, Json>;

function entryOf(register: string, key: string): Object {
  const listed = {
    time: '2026-01-01T00:00:00Z',
    effectiveDate: '2026-01-01',
    blob: BLOB,
    reason: '首次公布',
  };
  return { v: 1, register, key, ...listed, kind: 'added' };
}

function codeOf(run: () => unknown): string {
  try {
    run();
    return 'read';
  } catch (error) {
    return error instanceof PublishedFormatError ? error.code : String(error);
  }
}

describe('the history of one key', () => {
  const key = `${ORGAN}.00001`;
  const entry = entryOf('authority-item', key);
  const fileOf = (changes: Object): Object => ({
    organ: ORGAN,
    items: [{ key, entries: [{ index: 3, entry: { ...entry, ...changes } }] }],
  });
  const items = fileOf({});
  const types = {
    types: [{ code: TYPE, entries: [{ index: 3, entry: entryOf('certificate-type', TYPE) }] }],
  };
  const history = (file: Json): string => codeOf(() => findItemHistory(canonicalBytes(file), key));

  test('is read though it came by a change of a kind that is not known', () => {
    expect(history(fileOf({ kind: 'split' }))).toBe('read');
    const said = canonicalBytes(fileOf({ kind: 'split' }));
    expect(codeOf(() => findItemEntries(said, key))).toBe('newer-format');
    expect(findItemEntries(canonicalBytes(items), key)).toEqual([{ index: 3, entry }]);
  });

  test('has leaves that are read so too', () => {
    expect(parseHistoryEntry(canonicalBytes({ ...entry, kind: 'split' }))).toMatchObject({ key });
    expect(codeOf(() => parseHistoryEntry(canonicalBytes({ ...entry, v: 2 })))).toBe('newer-format');
  });

  test('is read though the rest of the file cannot be', () => {
    const [one] = items['items'] as Json[];
    expect(history({ ...items, items: ['x', { key: 'y', entries: 7 }, one ?? null] })).toBe('read');
  });

  test('keeps what was passed over, so that its leaf can be told', () => {
    const [found] = findItemHistory(canonicalBytes(fileOf({ later: [1] })), key) ?? [];
    expect(found && leafOf(found.entry)).toEqual(canonicalBytes({ ...entry, later: [1] }));
  });

  test.each([
    ['newer-format', { ...items, schema: 'items/2' }],
    ['newer-format', fileOf({ v: 2 })],
    ['newer-format', fileOf({ register: 'drone-route' })],
    ['invalid', { ...items, schema: 'types/2' }],
    ['invalid', { ...items, items: {} }],
    ['invalid', fileOf({ register: 'organ' })],
    ['invalid', fileOf({ key: `${ORGAN}.00002` })],
    ['invalid', { ...items, items: [{ key, entries: [] }] }],
    ['invalid', null],
  ])('is %s of a file that says otherwise', (code, file) => {
    expect(history(file)).toBe(code);
  });

  test('of a type follows the same rule', () => {
    expect(codeOf(() => findTypeHistory(canonicalBytes({ ...types, schema: 'types/2' }), TYPE))).toBe(
      'newer-format',
    );
    expect(findTypeHistory(canonicalBytes(types), TYPE)).toHaveLength(1);
    expect(findTypeHistory(canonicalBytes(types), 'x')).toBeUndefined();
  });
});

describe('leaves', () => {
  const entry = entryOf('organ', ORGAN);
  const event = { v: 1, event: 'revoke', subject: '0'.repeat(64), time: '2026-01-01T00:00:00Z' };

  test.each([
    ['read', { ...entry, later: 1 }],
    ['newer-format', { ...entry, v: 2 }],
    ['newer-format', { ...entry, register: 'drone-route' }],
    ['newer-format', { ...entry, kind: 'split' }],
    ['invalid', { ...entry, v: 0 }],
    ['invalid', {}],
    ['invalid', [entry]],
  ])('of the lists log: %s', (code, leaf) => {
    expect(codeOf(() => parseListEntry(canonicalBytes(leaf as Json)))).toBe(code);
  });

  test.each([
    ['read', { ...event, later: 1 }],
    ['newer-format', { ...event, v: 2 }],
    ['newer-format', { ...event, event: 'suspend' }],
    ['invalid', { ...event, event: 7 }],
    ['invalid', { ...event, subject: 'x' }],
  ])('of the certificates log: %s', (code, leaf) => {
    expect(codeOf(() => parseCertificateEvent(canonicalBytes(leaf)))).toBe(code);
  });

  test('half of a surrogate pair, and endless nesting, have no leaf', () => {
    const parsed = parseListEntry(utf8(JSON.stringify({ ...entry, reason: '\ud800' })));
    expect(codeOf(() => leafOf(parsed))).toBe('invalid');
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    const nested = utf8(JSON.stringify({ ...entry, later: 0 }).replace('"later":0', `"later":${deep}`));
    expect(codeOf(() => leafOf(parseListEntry(nested)))).toBe('invalid');
  });
});

describe('a blob', () => {
  const bytes = canonicalBytes(organ);

  test('is what its name says, and may have a member more', () => {
    const later = canonicalBytes({ ...organ, later: 1 });
    expect(parseBlob(blobName(bytes), bytes, OrganSchema)).toEqual(organ);
    expect(parseBlob(blobName(later), later, OrganSchema)).toMatchObject(organ);
  });

  test.each([
    ['newer-format', { ...organ, schema: 'organ/2' }],
    ['invalid', { ...organ, schema: 'region/1' }],
    ['invalid', { ...organ, name: '' }],
  ])('is %s when it says otherwise', (code, value) => {
    const other = canonicalBytes(value);
    expect(codeOf(() => parseBlob(blobName(other), other, OrganSchema))).toBe(code);
  });

  test('of another name is refused before it is read', () => {
    expect(codeOf(() => parseBlob(BLOB, bytes, OrganSchema))).toBe('wrong-blob');
  });
});

test('of a damaged file no summary is known', () => {
  for (const text of ['', '{', 'null', '[]', '{"items":7}', '{"schema":"summaries/2","items":[]}'])
    expect(findKnownSummaries(utf8(text)).size).toBe(0);
  const odd = utf8(
    '{"items":[7,null,{"key":1},{"key":"a","versions":[{"index":"1"}]},{"key":"b","versions":[]}]}',
  );
  expect([...findKnownSummaries(odd).keys()]).toEqual(['b']);
});
