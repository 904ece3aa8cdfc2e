import { describe, expect, test } from '@jest/globals';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { canonicalBytes, type Json } from './canonical-json.ts';
import { fromUtf8 } from './bytes.ts';
import { plainCanonical } from './plain-canonical.ts';

const NAMES = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('10', '9', '01', '__proto__', 'toJSON', 'é', '\ufb33', '\ud83d\ude00', ''),
);

describe('canonical JSON by the JSON of the language', () => {
  test('is that of the whole implementation, or is left to it', () => {
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.oneof(fc.string({ unit: 'binary' }), fc.double(), fc.integer(), fc.boolean(), fc.constant(null)),
        fc.array(fc.oneof(tie('tree'), fc.constant(undefined))),
        fc.dictionary(NAMES, fc.oneof(tie('tree'), fc.constant(undefined))),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        const plain = plainCanonical(value);
        if (plain !== undefined) expect(plain).toBe(canonicalize(value));
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    [
      'texts, numbers, lists and members in the order of their units',
      { b: ['甲\n', -0, 1e21], a: { '\ufb33': 1, '\ud83d\ude00': 2 } },
    ],
    ['members that are undefined', { a: undefined, b: [null] }],
  ])('knows %s', (_what, value) => {
    expect(plainCanonical(value)).toBe(canonicalize(value));
  });

  test.each([
    ['numbers as names, which come first in every object', { a: 1, 10: 2, 9: 3 }],
    ['a member that an object has otherwise', JSON.parse('{"__proto__":{"a":1}}') as Json],
    ['what says itself what it is as JSON', new Date(0) as unknown as Json],
  ])('leaves %s to the whole implementation', (_what, value) => {
    expect(plainCanonical(value)).toBeUndefined();
    expect(fromUtf8(canonicalBytes(value))).toBe(canonicalize(value));
  });

  test.each([
    ['half of a character', '\ud800'],
    ['a name with half of a character', { '\udc00': 1 }],
    ['no number', { a: Number.NaN }],
    ['no end', { a: [Number.POSITIVE_INFINITY] }],
  ])('has no form for %s', (_what, value) => {
    expect(plainCanonical(value)).toBeUndefined();
    expect(() => canonicalBytes(value)).toThrow(expect.objectContaining({ code: 'invalid-json' }));
  });

  test('has no form for a ring', () => {
    const ring: { inside?: Json } = {};
    ring.inside = ring;
    expect(() => canonicalBytes(ring)).toThrow(expect.objectContaining({ code: 'invalid-json' }));
  });
});
