import { describe, expect, test } from '@jest/globals';
import { canonicalBytes } from '@mandate/encoding';
import {
  CHANGE_KIND_CODES,
  type Edition,
  type ItemSummary,
  type ListEntry,
  type NegativeList,
  type Organ,
  type Region,
  type Register,
} from '@mandate/lists';
import * as fc from 'fast-check';
import {
  encodeEditionsFile,
  encodeItemsFile,
  encodeNegativeItemsFile,
  encodeNegativeListsFile,
  encodeOrgansFile,
  encodeRegionsFile,
  encodeRegistryFile,
  encodeSummariesFile,
  encodeSummary,
  encodeTypesFile,
  findItemHistory,
  findKnownSummaries,
  findTypeHistory,
  leafOf,
  parseCertificateEvent,
  parseEditionsFile,
  parseItemsFile,
  parseListEntry,
  parseNegativeItemsFile,
  parseNegativeListsFile,
  parseOrgansFile,
  parseRegionsFile,
  parseRegistryFile,
  parseSummariesFile,
  parseTypesFile,
  type IndexedEntry,
} from './index.ts';

const RUNS = { numRuns: 60 };
const digits = (count: number) => fc.stringMatching(new RegExp(`^[0-9]{${count}}$`));
const hex = fc.stringMatching(/^[0-9a-f]{64}$/);
const blob = hex.map((digest) => `sha256:${digest}`);
const day = fc.stringMatching(/^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])$/);
const time = day.map((one) => `${one}T01:02:03Z`);
const words = fc
  .string({ minLength: 2, maxLength: 30, unit: 'grapheme' })
  .filter((text) => text.isWellFormed() && text.length >= 2 && text.length <= 90);
const organKeys = fc.oneof(
  fc.stringMatching(/^[0-9A-Z]{18}$/),
  fc.stringMatching(/^[a-z2-7]{16}$/).map((key) => `o-${key}`),
);
const negativeKeys = fc.stringMatching(/^[a-z0-9-]{1,36}$/).map((key) => `n-${key}`);

/** Absent, or there: never there as `undefined`, which JSON cannot say. */
function sometimes<T extends object>(optional: { [K in keyof T]: fc.Arbitrary<T[K]> }) {
  return fc.record(optional, { requiredKeys: [] });
}

function entryOf(register: Register, key: string): fc.Arbitrary<ListEntry> {
  return fc
    .tuple(
      fc.record({ time, effectiveDate: day, blob, reason: words }),
      sometimes({
        organ: organKeys,
        kind: fc.constantFrom(...CHANGE_KIND_CODES),
        document: words,
        edition: words,
        related: words,
      }),
    )
    .map(([said, more]) => ({ v: 1 as const, register, key, ...said, ...more }));
}

function entriesOf(register: Register, key: string): fc.Arbitrary<IndexedEntry[]> {
  return fc
    .array(fc.tuple(fc.integer({ min: 1, max: 1_000 }), entryOf(register, key)), {
      minLength: 1,
      maxLength: 4,
    })
    .map((listed) => {
      let index = -1;
      return listed.map(([step, entry]) => ({ index: (index += step), entry }));
    });
}

const sorted = <T>(of: (one: T) => string | number, all: readonly T[]): T[] =>
  [...all].sort((a, b) => (of(a) < of(b) ? -1 : 1));

function recordsOf<T>(
  register: Register,
  keys: fc.Arbitrary<string>,
  value: (key: string) => fc.Arbitrary<T>,
): fc.Arbitrary<{ key: string; value: T; entries: IndexedEntry[] }[]> {
  return fc
    .uniqueArray(keys, { maxLength: 5 })
    .chain((all) =>
      fc.tuple(
        ...all.map((key) =>
          fc.record({ key: fc.constant(key), value: value(key), entries: entriesOf(register, key) }),
        ),
      ),
    )
    .map((records) => sorted(({ key }) => key, records));
}

const organOf = (key: string): fc.Arbitrary<Organ> =>
  fc
    .tuple(
      fc.record({ name: words }),
      sometimes({ region: digits(6), parent: organKeys, sample: fc.constant(true as const) }),
    )
    .map(([said, more]) => ({ schema: 'organ/1' as const, key, ...said, ...more }));
const regionOf = (code: string): fc.Arbitrary<Region> =>
  fc.record({
    schema: fc.constant('region/1' as const),
    code: fc.constant(code),
    name: words,
    level: fc.constantFrom('2' as Region['level']),
  });
const listOf = (key: string): fc.Arbitrary<NegativeList> =>
  fc.record({
    schema: fc.constant('negative-list/1' as const),
    key: fc.constant(key),
    name: words,
    kind: fc.constantFrom('market-access', 'foreign-investment', 'other'),
  });
const editionOf = (key: string): fc.Arbitrary<Edition> =>
  fc.record({
    schema: fc.constant('edition/1' as const),
    list: fc.constant(key.slice(0, key.indexOf('.'))),
    number: fc.constant(key.slice(key.indexOf('.') + 1)),
    name: words,
    date: day,
    items: fc.nat(),
    digest: blob,
  });
const itemKeys = (list: string, length: number) => digits(length).map((number) => `${list}.${number}`);
const editionKeys = fc
  .tuple(fc.oneof(organKeys, negativeKeys), fc.stringMatching(/^[0-9A-Za-z-]{1,30}$/))
  .map((parts) => parts.join('.'));

const leaves = (entries: readonly IndexedEntry[]) =>
  entries.map(({ index, entry }) => ({ index, leaf: canonicalBytes(entry) }));

describe('what an encoder writes its parser reads back', () => {
  test('the items of an organ, and the history of each of them', () => {
    const files = organKeys.chain((organ) =>
      recordsOf('authority-item', itemKeys(organ, 5), () => fc.constant(0)).map((items) => ({
        organ,
        items: items.map(({ key, entries }) => ({ key, entries })),
      })),
    );
    fc.assert(
      fc.property(files, (file) => {
        const bytes = encodeItemsFile(
          file.organ,
          file.items.map(({ key, entries }) => [key, leaves(entries)]),
        );
        expect(parseItemsFile(bytes)).toEqual(file);
        expect(bytes).toEqual(canonicalBytes(file));
        for (const { key, entries } of file.items) expect(findItemHistory(bytes, key)).toEqual(entries);
        expect(findItemHistory(bytes, `${file.organ}.x`)).toBeUndefined();
      }),
      RUNS,
    );
  });

  test('the items of a negative list', () => {
    const files = negativeKeys.chain((list) =>
      recordsOf('negative-list-item', itemKeys(list, 6), () => fc.constant(0)).map((items) => ({
        list,
        items: items.map(({ key, entries }) => ({ key, entries })),
      })),
    );
    fc.assert(
      fc.property(files, (file) => {
        const bytes = encodeNegativeItemsFile(
          file.list,
          file.items.map(({ key, entries }) => [key, leaves(entries)]),
        );
        expect(parseNegativeItemsFile(bytes)).toEqual(file);
        expect(bytes).toEqual(canonicalBytes(file));
      }),
      RUNS,
    );
  });

  test('the organs, in the order in which they came onto the list', () => {
    const records = recordsOf('organ', organKeys, organOf).chain((all) =>
      fc.tuple(
        ...all.map(({ key, value, entries }) =>
          fc.record({
            key: fc.constant(key),
            organ: fc.constant(value),
            entries: fc.constant(entries),
            items: fc.nat(),
            categories: fc.dictionary(fc.constantFrom('01', '02', '10'), fc.nat()),
          }),
        ),
      ),
    );
    fc.assert(
      fc.property(records, (organs) => {
        const read = parseOrgansFile(encodeOrgansFile(organs));
        expect(sorted(({ key }) => key, read)).toEqual(organs);
        const first = read.map(({ entries }) => entries[0]?.index ?? 0);
        expect(first).toEqual([...first].sort((a, b) => a - b));
      }),
      RUNS,
    );
  });

  test('regions, editions, negative lists and types, in the order of their keys', () => {
    const all = fc.record({
      regions: recordsOf('region', digits(6), regionOf),
      editions: recordsOf('edition', editionKeys, editionOf),
      lists: recordsOf('negative-list', negativeKeys, listOf),
      types: recordsOf('certificate-type', digits(21), () => fc.constant(0)),
    });
    fc.assert(
      fc.property(all, (files) => {
        const regions = files.regions.map(({ value, ...rest }) => ({ ...rest, region: value }));
        expect(parseRegionsFile(encodeRegionsFile([...regions].reverse()))).toEqual(regions);
        const editions = files.editions.map(({ value, ...rest }) => ({ ...rest, edition: value }));
        expect(parseEditionsFile(encodeEditionsFile([...editions].reverse()))).toEqual(editions);
        const lists = files.lists.map(({ value, ...rest }) => ({ ...rest, list: value, items: 3 }));
        expect(parseNegativeListsFile(encodeNegativeListsFile([...lists].reverse()))).toEqual(lists);
        const types = files.types.map(({ key, entries }) => ({
          code: key,
          entries,
          type: { name: key, deep: [null, { a: 1 }] },
        }));
        const bytes = encodeTypesFile([...types].reverse());
        expect(parseTypesFile(bytes)).toEqual(types);
        for (const { code, entries } of types) expect(findTypeHistory(bytes, code)).toEqual(entries);
      }),
      RUNS,
    );
  });

  test('the summaries of an organ; what was published before is taken over to the byte', () => {
    const version = fc.record({
      index: fc.nat(),
      time,
      effectiveDate: day,
      kind: fc.constantFrom(...CHANGE_KIND_CODES),
      reason: words,
      blob,
    });
    const summaries = fc.array(
      fc
        .tuple(
          fc.record({
            key: digits(5),
            levels: fc.constant<ItemSummary['levels']>([]),
            subItems: fc.array(words, { maxLength: 3 }),
            versions: fc.array(version, { minLength: 1, maxLength: 3 }),
          }),
          sometimes({ name: words, office: words, charged: fc.boolean(), promisedDays: fc.nat() }),
        )
        .map(([said, more]) => ({ ...said, ...more })),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(organKeys, summaries, (organ, items) => {
        const bytes = encodeSummariesFile(organ, items.map(encodeSummary));
        expect(parseSummariesFile(bytes)).toEqual({ organ, items });
        expect(bytes).toEqual(canonicalBytes({ organ, items }));
        const known = findKnownSummaries(bytes);
        const last = new Map(items.map((item) => [item.key, item]));
        expect([...known.values()].map(({ text }) => text)).toEqual([...last.values()].map(encodeSummary));
      }),
      RUNS,
    );
  });

  test('what the registry says of itself', () => {
    const log = fc.record({
      origin: words,
      vkey: words,
      size: fc.nat(),
      root: fc.base64String(),
      checkpoint: words,
    });
    const registry = fc.record({
      name: words,
      publicUrl: fc.webUrl(),
      rootKey: words,
      rootFingerprint: blob,
      logs: fc.record({ lists: log, certificates: log }),
      asOf: fc.oneof(fc.constant(''), time),
      sample: fc.boolean(),
    });
    fc.assert(
      fc.property(registry, (file) => {
        expect(parseRegistryFile(encodeRegistryFile(file))).toEqual({ schema: 'registry/1', ...file });
      }),
      RUNS,
    );
  });

  test('leaves of both logs', () => {
    const event = fc.record(
      {
        v: fc.constant(1 as const),
        event: fc.constantFrom('issue' as const, 'revoke' as const),
        subject: hex,
        time,
        document: hex,
        mandate: hex,
      },
      { requiredKeys: ['v', 'event', 'subject', 'time'] },
    );
    fc.assert(
      fc.property(entryOf('organ', 'o-aaaaaaaaaaaaaaaa'), event, (entry, logged) => {
        expect(parseListEntry(leafOf(entry))).toEqual(entry);
        expect(parseCertificateEvent(canonicalBytes(logged))).toEqual(logged);
      }),
      RUNS,
    );
  });
});
