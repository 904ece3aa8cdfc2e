import { describe, expect, test } from '@jest/globals';
import { canonicalBytes, utf8, type Json } from '@mandate/encoding';
import {
  parseEditionsFile,
  parseItemsFile,
  parseNegativeItemsFile,
  parseNegativeListsFile,
  parseOrgansFile,
  parseRegionsFile,
  parseRegistryFile,
  parseSummariesFile,
  parseTypesFile,
  PublishedFormatError,
} from './index.ts';

const ORGAN = 'o-aaaaaaaaaaaaaaaa';
const BLOB = `sha256:${'0'.repeat(64)}`;
const TYPE = `${'9'.repeat(18)}001`;

type Object = Record<string, Json>;

function entries(register: string, key: string): Json[] {
  const entry = {
    v: 1,
    register,
    key,
    time: '2026-01-01T00:00:00Z',
    effectiveDate: '2026-01-01',
    blob: BLOB,
  };
  return [{ index: 3, entry: { ...entry, reason: '首次公布', kind: 'added' } }];
}

const log = { origin: 'x/lists', vkey: 'x', size: 1, root: 'AA==', checkpoint: 'x' };
const organ = { schema: 'organ/1', key: ORGAN, name: '示例市局' };

interface Kind {
  readonly name: string;
  readonly schema: string;
  readonly parse: (bytes: Uint8Array) => unknown;
  /** as it is published today: of version 1, without saying so */
  readonly file: Object;
  /** path of the records, if the file has some */
  readonly records?: string;
  /** whether what is read is the records alone */
  readonly bare?: true;
  readonly entry?: 'entries';
}

const KINDS: readonly Kind[] = [
  {
    name: 'items',
    schema: 'items',
    parse: parseItemsFile,
    file: {
      organ: ORGAN,
      items: [{ key: `${ORGAN}.00001`, entries: entries('authority-item', `${ORGAN}.00001`) }],
    },
    records: 'items',
    entry: 'entries',
  },
  {
    name: 'negative items',
    schema: 'negative-items',
    parse: parseNegativeItemsFile,
    file: {
      list: 'n-a',
      items: [{ key: 'n-a.000001', entries: entries('negative-list-item', 'n-a.000001') }],
    },
    records: 'items',
    entry: 'entries',
  },
  {
    name: 'organs',
    schema: 'organs',
    parse: parseOrgansFile,
    file: {
      organs: [{ key: ORGAN, organ, entries: entries('organ', ORGAN), items: 1, categories: { '01': 1 } }],
    },
    records: 'organs',
    bare: true,
    entry: 'entries',
  },
  {
    name: 'regions',
    schema: 'regions',
    parse: parseRegionsFile,
    file: {
      regions: [
        {
          key: '430000',
          region: { schema: 'region/1', code: '430000', name: '湖南省', level: '2' },
          entries: entries('region', '430000'),
        },
      ],
    },
    records: 'regions',
    bare: true,
    entry: 'entries',
  },
  {
    name: 'editions',
    schema: 'editions',
    parse: parseEditionsFile,
    file: {
      editions: [
        {
          key: `${ORGAN}.2026`,
          edition: {
            schema: 'edition/1',
            list: ORGAN,
            number: '2026',
            name: '2026年版',
            date: '2026-01-01',
            items: 1,
            digest: BLOB,
          },
          entries: entries('edition', `${ORGAN}.2026`),
        },
      ],
    },
    records: 'editions',
    bare: true,
    entry: 'entries',
  },
  {
    name: 'negative lists',
    schema: 'negative-lists',
    parse: parseNegativeListsFile,
    file: {
      lists: [
        {
          key: 'n-a',
          list: { schema: 'negative-list/1', key: 'n-a', name: '负面清单', kind: 'other' },
          items: 1,
          entries: entries('negative-list', 'n-a'),
        },
      ],
    },
    records: 'lists',
    bare: true,
    entry: 'entries',
  },
  {
    name: 'types',
    schema: 'types',
    parse: parseTypesFile,
    file: {
      types: [{ code: TYPE, entries: entries('certificate-type', TYPE), type: { schema: 'x/7' } }],
    },
    records: 'types',
    bare: true,
    entry: 'entries',
  },
  {
    name: 'summaries',
    schema: 'summaries',
    parse: parseSummariesFile,
    file: {
      organ: ORGAN,
      items: [
        {
          key: `${ORGAN}.00001`,
          levels: [],
          subItems: [],
          state: 'in-force',
          versions: [
            {
              index: 3,
              time: '2026-01-01T00:00:00Z',
              effectiveDate: '2026-01-01',
              kind: 'added',
              reason: '首次公布',
              blob: BLOB,
            },
          ],
        },
      ],
    },
    records: 'items',
  },
  {
    name: 'registry',
    schema: 'registry',
    parse: parseRegistryFile,
    file: {
      schema: 'registry/1',
      name: '登记簿',
      publicUrl: 'https://example.org',
      rootKey: 'z6Mk',
      rootFingerprint: BLOB,
      logs: { lists: log, certificates: log },
      asOf: '',
      sample: true,
    },
  },
];

/** The file with something else at a place. */
function changed(file: Json, path: readonly (string | number)[], value: Json | undefined): Json {
  const [name, ...rest] = path;
  if (name === undefined) return value ?? null;
  // Tests know the shape of what they change.
  const copy = structuredClone(file) as Object;
  copy[name] = changed(copy[name] ?? {}, rest, value);
  return copy;
}

function codeOf(run: () => unknown): string {
  try {
    run();
    return 'read';
  } catch (error) {
    return error instanceof PublishedFormatError ? error.code : String(error);
  }
}

const withEntries = KINDS.filter(({ entry }) => entry !== undefined);
const withRecords = KINDS.filter(({ records }) => records !== undefined);

describe.each(KINDS)('$name of a later version', ({ parse, file, schema, records, bare }) => {
  const read = (value: Json): string => codeOf(() => parse(canonicalBytes(value)));

  test('are read as they are published today', () => {
    expect(parse(canonicalBytes(file))).toEqual(bare ? file[records ?? ''] : file);
  });

  test('are read when they say that they are of version 1', () => {
    expect(read({ ...file, schema: `${schema}/1` })).toBe('read');
  });

  test.each([2, 10, 999])('are newer than this reader when they say %i', (version) => {
    expect(read({ ...file, schema: `${schema}/${version}` })).toBe('newer-format');
    expect(read({ schema: `${schema}/${version}`, everything: 'else' })).toBe('newer-format');
  });

  test.each(['other/1', 'other/2', '/2', 2, null, '', 'registry/0', 'items/2x'])(
    'are not these when they say %j',
    (said) => {
      expect(read({ ...file, schema: said })).toBe('invalid');
    },
  );

  test('may have a member more', () => {
    expect(read({ ...file, later: { a: [1] } })).toBe('read');
  });

  test.each(['', '{', '[]', 'null', '1', '"x"', '{}', '{"items":{}}', '\ud800', '['.repeat(50_000)])(
    'are nothing when they are %.20j',
    (text) => {
      expect(codeOf(() => parse(utf8(text)))).toBe('invalid');
    },
  );

  test('are nothing when they are no text', () => {
    expect(codeOf(() => parse(Uint8Array.of(0x7b, 0xff, 0x7d)))).toBe('invalid');
  });
});

describe.each(withRecords)('a record of $name', ({ parse, file, records = '', bare }) => {
  const read = (path: readonly (string | number)[], value: Json | undefined): string =>
    codeOf(() => parse(canonicalBytes(changed(file, [records, 0, ...path], value))));

  test('may have a member more, and keeps it', () => {
    const later = changed(file, [records, 0, 'later'], { a: [1] }) as Object;
    expect(parse(canonicalBytes(later))).toEqual(bare ? later[records] : later);
  });

  test('is nothing without its key', () => {
    const key = file['types'] === undefined ? 'key' : 'code';
    expect(read([key], undefined)).toBe('invalid');
    expect(read([key], 7)).toBe('invalid');
  });

  test.each([[], null, 'x', { 0: 1 }])('is nothing with %j for its entries', (value) => {
    expect(
      read([file['items'] !== undefined && !('entries' in first(file)) ? 'versions' : 'entries'], value),
    ).toBe('invalid');
  });
});

function first(file: Object): Object {
  return (file['items'] as Object[])[0] ?? {};
}

describe.each(withEntries)('an entry in $name', ({ parse, file, records = '' }) => {
  const read = (path: readonly (string | number)[], value: Json | undefined): string =>
    codeOf(() => parse(canonicalBytes(changed(file, [records, 0, 'entries', 0, ...path], value))));

  test('may have a member more', () => {
    expect(read(['entry', 'later'], 'x')).toBe('read');
    expect(read(['later'], 'x')).toBe('read');
  });

  test.each([
    [['entry', 'v'], 2],
    [['entry', 'register'], 'drone-route'],
    [['entry', 'kind'], 'split'],
  ])('is newer than this reader with %j %j', (path, value) => {
    expect(read(path, value)).toBe('newer-format');
  });

  test('of a later version is newer whatever else it says', () => {
    expect(read(['entry'], { v: 2, where: 'else' })).toBe('newer-format');
  });

  test.each([
    [['entry', 'v'], 0],
    [['entry', 'v'], 1.5],
    [['entry', 'v'], '2'],
    [['entry', 'register'], 7],
    [['entry', 'kind'], null],
    [['entry', 'time'], '2026-01-01'],
    [['entry', 'effectiveDate'], 20260101],
    [['entry', 'blob'], 'sha256:00'],
    [['entry', 'key'], '../../etc/passwd'],
    [['entry', 'reason'], ''],
    [['index'], -1],
    [['index'], 1.5],
    [['index'], undefined],
    [['entry'], null],
  ])('is nothing with %j %j', (path, value) => {
    expect(read(path, value)).toBe('invalid');
  });
});

test('entries out of the order of the log are no history', () => {
  const items = KINDS[0]?.file ?? {};
  const [one] = entries('authority-item', `${ORGAN}.00001`);
  const twice = changed(items, ['items', 0, 'entries'], [one ?? null, one ?? null]);
  expect(codeOf(() => parseItemsFile(canonicalBytes(twice)))).toBe('invalid');
});

test.each(['o-bbbbbbbbbbbbbbbb.00001', `${ORGAN}.000001`, `${ORGAN}.0000`, '../x.00001', '__proto__'])(
  'an item %s is not one of the organ’s',
  (key) => {
    const file = { organ: ORGAN, items: [{ key, entries: entries('authority-item', key) }] };
    expect(codeOf(() => parseItemsFile(canonicalBytes(file)))).toBe('invalid');
  },
);

describe('words that are not known', () => {
  const summaries = KINDS.find(({ name }) => name === 'summaries')?.file ?? {};

  test.each([
    [['items', 0, 'state'], 'transferred'],
    [['items', 0, 'category'], '11'],
    [['items', 0, 'levels'], ['7']],
    [['items', 0, 'versions', 0, 'kind'], 'split'],
  ])('%j %j is newer than this reader', (path, value) => {
    const bytes = canonicalBytes(changed(summaries, path, value));
    expect(codeOf(() => parseSummariesFile(bytes))).toBe('newer-format');
  });

  test('beside something that is wrong it is wrong', () => {
    const file = changed(changed(summaries, ['items', 0, 'state'], 'x'), ['items', 0, 'subItems'], 7);
    expect(codeOf(() => parseSummariesFile(canonicalBytes(file)))).toBe('invalid');
  });

  test('beside a member that is not known it is still newer', () => {
    const file = changed(changed(summaries, ['items', 0, 'state'], 'x'), ['later'], 7);
    expect(codeOf(() => parseSummariesFile(canonicalBytes(file)))).toBe('newer-format');
  });
});
