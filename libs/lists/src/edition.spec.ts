import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { editionDigest, EditionSchema } from './index.ts';

const blob = (n: number): string => `sha256:${n.toString(16).padStart(64, '0')}`;
const EDITION = {
  schema: 'edition/1',
  list: 'o-aaaaaaaaaaaaaaaa',
  number: '2026',
  name: '权责清单（2026年版）',
  date: '2026-01-15',
  items: 2,
  digest: editionDigest([]),
};

describe('an edition', () => {
  test('is what its schema says', () => {
    const whole = { ...EDITION, document: '示政发〔2026〕1号', approvedBy: '示例市人民政府' };
    expect(EditionSchema.parse(whole)).toEqual(whole);
  });

  test.each([
    ['a number with a point, which parts keys', { number: '2026.1' }],
    ['no number', { number: '' }],
    ['a day that is none', { date: '2026年1月15日' }],
    ['a negative count', { items: -1 }],
    ['half a thing', { items: 1.5 }],
    ['another digest', { digest: 'md5:00' }],
    ['an empty document number', { document: '' }],
    ['what it does not know', { title: '…' }],
  ])('refuses %s', (_, wrong) => {
    expect(EditionSchema.safeParse({ ...EDITION, ...wrong }).success).toBe(false);
  });
});

describe('the digest', () => {
  const Records = fc.uniqueArray(
    fc.record({ key: fc.stringMatching(/^[a-z]-[a-z0-9]{1,6}\.\d{5}$/), blob: fc.nat(1_000).map(blob) }),
    {
      selector: ({ key }) => key,
      maxLength: 12,
    },
  );

  test('is of [[key, blob], …] in canonical JSON, so that anybody can recompute it', () => {
    // printf '[["a.00001","sha256:0…1"],["b.00001","sha256:0…2"]]' | sha256sum
    expect(editionDigest([])).toBe('sha256:4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945');
    expect(
      editionDigest([
        { key: 'b.00001', blob: blob(2) },
        { key: 'a.00001', blob: blob(1) },
      ]),
    ).toBe('sha256:77b0e0f459dc2f993c7cfe0ce3bd40ddd08cff3ad8662fc08a18f7d5c0f631b3');
  });

  test('does not hang on the order in which the records come', () => {
    fc.assert(
      fc.property(Records, (records) => {
        expect(editionDigest(records.toReversed())).toBe(editionDigest(records));
      }),
    );
  });

  test('changes when a record is left out, added or says something else', () => {
    fc.assert(
      fc.property(Records, fc.nat(), (records, at) => {
        fc.pre(records.length > 0);
        const n = at % records.length;
        const whole = editionDigest(records);
        expect(editionDigest(records.filter((_, i) => i !== n))).not.toBe(whole);
        expect(
          editionDigest(records.map((one, i) => (i === n ? { ...one, blob: blob(2_000) } : one))),
        ).not.toBe(whole);
      }),
    );
  });
});
