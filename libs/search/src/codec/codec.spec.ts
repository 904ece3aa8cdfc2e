import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ByteReader, ByteWriter } from './bytes.ts';
import { readColumn, writeColumn } from './columns.ts';
import { readPostings, writePostings } from './postings.ts';
import { encodeShard, readShard, shardOf } from './shards.ts';
import { parseColumns, parseManifest, type Manifest } from './manifest.ts';
import { encodeReadings, FIRST, LAST, parseReadings } from '../words/readings.ts';

const LIMIT = 5_000;
const documents = fc
  .oneof(
    fc.uniqueArray(fc.nat(LIMIT - 1), { maxLength: 60 }),
    // Side by side, as the items of one organ are.
    fc
      .tuple(fc.nat(LIMIT - 1), fc.nat(900))
      .map(([from, count]) => Array.from({ length: Math.min(count, LIMIT - from) }, (_, i) => from + i)),
  )
  .map((numbers) => numbers.sort((a, b) => a - b));
const term = fc.oneof(
  fc.nat(2 ** 20),
  fc.maxSafeNat().map((number) => number % 2 ** 42),
);

function encode(numbers: readonly number[]): Uint8Array {
  const out = new ByteWriter();
  writePostings(out, numbers);
  return out.finish();
}

function decode(bytes: Uint8Array, limit = LIMIT): number[] {
  const found: number[] = [];
  readPostings(new ByteReader(bytes), limit).forEach((document) => found.push(document));
  return found;
}

/** Whatever the bytes are: a value, or an error that says so. */
function survives(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    expect((error as Error).name).toBe('SearchIndexError');
  }
}

describe('posting lists', () => {
  test('come back as they were', () => {
    fc.assert(
      fc.property(documents, (numbers) => {
        expect(decode(encode(numbers))).toEqual(numbers);
      }),
    );
  });

  test('are never longer than a bit a document', () => {
    fc.assert(
      fc.property(documents, (numbers) => {
        expect(encode(numbers).length).toBeLessThanOrEqual(LIMIT / 8 + 8);
      }),
    );
  });

  test('can be walked twice', () => {
    const list = readPostings(new ByteReader(encode([3, 4])), LIMIT);
    for (const _ of [1, 2]) {
      const found: number[] = [];
      list.forEach((document) => found.push(document));
      expect(found).toEqual([3, 4]);
    }
  });

  test('refuse a document that does not exist', () => {
    expect(() => decode(encode([1, 2, 3, 400]), 400)).toThrow('no such document');
  });
});

describe('shards', () => {
  test('come back as they were, empty lists left out', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(term, fc.array(documents, { maxLength: 8 })), {
          maxLength: 12,
          selector: ([key]) => key,
        }),
        (terms) => {
          const shard = readShard(encodeShard(new Map(terms)), LIMIT);
          for (const [key, lists] of terms) {
            const read = lists.map((_, i) => {
              const found: number[] = [];
              shard.get(key)?.[i]?.forEach((document) => found.push(document));
              return found;
            });
            expect(read).toEqual(lists);
          }
          expect(shard.size).toBe(terms.filter(([, lists]) => lists.some((list) => list.length > 0)).length);
        },
      ),
      { numRuns: 50 },
    );
  });

  test('say the same in the same bytes, in whichever order the terms came', () => {
    const terms: [number, number[][]][] = [
      [7, [[1, 2, 3]]],
      [2 ** 41, [[4]]],
      [9, [[], [5]]],
    ];
    expect(encodeShard(new Map(terms))).toEqual(encodeShard(new Map(terms.toReversed())));
  });

  test('every term has its file', () => {
    fc.assert(
      fc.property(term, fc.nat(14), (key, bits) => {
        const shard = shardOf(key, bits);
        expect(Number.isInteger(shard) && shard >= 0 && shard < 2 ** bits).toBe(true);
      }),
    );
  });

  test('bytes that nobody wrote are refused, never a crash', () => {
    const good = encodeShard(
      new Map([
        [5, [[1, 2, 3, 9], [4]]],
        [2 ** 40, [[100, 200]]],
      ]),
    );
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(255), fc.nat(good.length), (at, byte, end) => {
        const bytes = good.slice(0, end);
        if (at < end) bytes[at] = byte;
        survives(() =>
          readShard(bytes, LIMIT).forEach((lists) => lists.forEach((list) => list?.forEach(() => undefined))),
        );
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => survives(() => readShard(bytes, LIMIT))),
    );
  });
});

describe('columns', () => {
  const values = fc.oneof(
    fc.array(fc.nat(700), { maxLength: 3_000 }),
    fc
      .array(fc.tuple(fc.nat(9), fc.integer({ min: 1, max: 900 })), { maxLength: 12 })
      .map((runs) => runs.flatMap(([value, length]) => Array<number>(length).fill(value))),
  );

  test('come back as they were', () => {
    fc.assert(
      fc.property(values, (column) => {
        const out = new ByteWriter();
        writeColumn(out, column);
        expect([...readColumn(new ByteReader(out.finish()), column.length, 701)]).toEqual(column);
      }),
      { numRuns: 50 },
    );
  });

  test('refuse a value that means nothing, and bytes that nobody wrote', () => {
    const out = new ByteWriter();
    writeColumn(out, [1, 2, 3]);
    expect(() => readColumn(new ByteReader(out.finish()), 3, 3)).toThrow('no such value');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(2_000), (bytes, length) =>
        survives(() => readColumn(new ByteReader(bytes), length, 10)),
      ),
    );
  });
});

describe('the other files of the index', () => {
  const manifest: Manifest = {
    version: 1,
    digest: '',
    documents: 2,
    bits: { names: 0, readings: 0, exact: 0, text: 0 },
    sources: [['o-a', '局', '', 'o']],
    regions: [],
    levels: [''],
    sections: [''],
  };

  test('a manifest is refused unless it is whole', () => {
    expect(parseManifest(JSON.stringify(manifest))).toEqual(manifest);
    for (const name of Object.keys(manifest).filter((one) => one !== 'digest')) {
      expect(() => parseManifest(JSON.stringify({ ...manifest, [name]: undefined }))).toThrow();
      expect(() => parseManifest(JSON.stringify({ ...manifest, [name]: 'x' }))).toThrow();
    }
    fc.assert(fc.property(fc.oneof(fc.json(), fc.string()), (text) => survives(() => parseManifest(text))));
  });

  test('columns of another length than the manifest says are refused', () => {
    const out = new ByteWriter();
    for (let i = 0; i < 6; i += 1) writeColumn(out, [0, 0]);
    const bytes = out.finish();
    expect(parseColumns(bytes, manifest).state).toHaveLength(2);
    expect(() => parseColumns(Uint8Array.of(...bytes, 0), manifest)).toThrow('too many');
    expect(() => parseColumns(bytes.subarray(1), manifest)).toThrow();
  });

  test('the table of readings comes back as it was, numbers beyond a byte too', () => {
    const syllables = Array.from({ length: 300 }, (_, i) => `s${i}`);
    const numbers = Uint16Array.from({ length: LAST - FIRST + 1 }, (_, i) => i % 301);
    const bytes = encodeReadings({ syllables, numbers });
    expect(parseReadings(bytes)).toEqual({ syllables, numbers });
    expect(() => parseReadings(bytes.subarray(0, -1))).toThrow('readings');
    expect(() => parseReadings(new Uint8Array())).toThrow('readings');
  });
});
