import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { shardPath } from '../codec/manifest.ts';
import type { DocumentRow } from './document-row.ts';
import type { DocumentText } from './document-terms.ts';
import { IndexBuilder } from './index-builder.ts';
import { makeOverview, partsOf, sameParts } from './overview.ts';
import { PostingBuilder } from './posting-builder.ts';
import { ShardEdits } from './shard-edits.ts';

const words = fc
  .array(fc.constantFrom('食品', '经营', '许可', '运输', '道路', 'gb4754', '，'), { maxLength: 6 })
  .map((parts) => parts.join(''));
const text: fc.Arbitrary<DocumentText> = fc.record({
  name: words,
  codes: fc.array(fc.stringMatching(/^\d{4}$/), { maxLength: 2 }),
  parts: fc.array(words, { maxLength: 2 }),
  bases: fc.array(words, { maxLength: 2 }),
  text: fc.array(words, { maxLength: 2 }),
});
/** Undefined for a document whose content was redacted. */
const texts = fc.array(fc.option(text, { nil: undefined }), { minLength: 1, maxLength: 60 });

function row(number: number, name: string): DocumentRow {
  const key = `o-exampleexampleex.${String(number).padStart(5, '0')}`;
  return {
    key,
    name,
    category: '01',
    state: 'in-force',
    levels: '',
    section: '',
    duty: false,
    baseCodes: [],
  };
}

function build(documents: readonly (DocumentText | undefined)[]): Map<string, Uint8Array> {
  const builder = new IndexBuilder();
  for (const [number, one] of documents.entries()) if (one) builder.add(number, one);
  return new Map(builder.files(documents.map((one, number) => row(number, one?.name ?? ''))));
}

function shardsOf(files: ReadonlyMap<string, Uint8Array>): [string, Uint8Array][] {
  return [...files].filter(([path]) => /^(names|readings|exact|text)\//.test(path));
}

describe('an index', () => {
  test('that was edited is the one that is built of the same documents, byte for byte', () => {
    fc.assert(
      fc.property(texts, fc.nat(), fc.option(text, { nil: undefined }), (documents, at, after) => {
        const place = at % documents.length;
        const files = build(documents);
        const edits = new ShardEdits();
        edits.change(place, documents[place], after);
        const read = (path: string): Uint8Array => files.get(path) ?? new Uint8Array();
        const bits = partsOf(documents.length);
        edits.apply({ read, write: (path, bytes) => files.set(path, bytes) }, bits, documents.length);
        expect(shardsOf(files)).toEqual(shardsOf(build(documents.with(place, after))));
      }),
      { numRuns: 40 },
    );
  });

  test('has every file its manifest promises, empty ones too', () => {
    const documents = Array.from({ length: 200 }, () => undefined);
    const files = build(documents);
    for (const [index, bits] of Object.entries(partsOf(200)) as ['names', number][]) {
      for (let shard = 0; shard < 2 ** bits; shard += 1)
        expect(files.has(shardPath(index, shard))).toBe(true);
    }
  });

  test('is edited only while it has the same files', () => {
    expect(sameParts(100, 101)).toBe(true);
    expect(sameParts(48, 49)).toBe(false);
  });
});

test('powers get the sections of the measures that name their code, cancelled measures none', () => {
  const measure = (section: string, state: DocumentRow['state']): DocumentRow => ({
    ...row(2, ''),
    key: 'n-example.200001',
    section,
    state,
    baseCodes: ['000100001000'],
  });
  const power = { ...row(1, ''), baseCodes: ['000100001000'] };
  const sources = {
    organs: [{ key: 'o-exampleexampleex', organ: { name: '局' } }],
    lists: [{ key: 'n-example', list: { name: '负面清单' } }],
    regions: [],
  };
  const { manifest } = makeOverview(
    [power, measure('F', 'in-force'), measure('B', 'in-force'), measure('A', 'cancelled')],
    sources,
    '',
  );
  const { sections } = JSON.parse(new TextDecoder().decode(manifest)) as { sections: string[] };
  expect(sections).toEqual(['BF', 'F', 'B', 'A']);
});

test('posting lists refuse documents out of order: numbers are gaps', () => {
  const builder = new PostingBuilder();
  builder.add(1, 0, 5);
  expect(() => builder.add(1, 0, 4)).toThrow('ascending');
});
