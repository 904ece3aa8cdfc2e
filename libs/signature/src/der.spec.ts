import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DerError, parseDer } from './der.ts';
import { element, objectIdentifier, octetString, sequence, setOf } from './der-write.ts';

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));
const hex = (value: Uint8Array) => Buffer.from(value).toString('hex');

describe('parseDer', () => {
  test.each([
    ['nothing', ''],
    ['a tag alone', '30'],
    ['content that is cut off', '0402ff'],
    ['bytes after the element', '0500 00'.replace(' ', '')],
    ['an indefinite length', '30800000'],
    ['a long form for a short length', '048101ff'],
    ['a length with a leading zero', `04820080${'00'.repeat(128)}`],
    ['a tag in several bytes', '1f8101ff'],
    ['an end-of-contents mark', '0000'],
    ['a child that is longer than its parent', '30030402ffff'],
    ['a length of four bytes', '0484ffffffff'],
    ['nesting deeper than 24', '3080'.repeat(30)],
  ])('refuses %s', (_, text) => {
    expect(() => parseDer(bytes(text))).toThrow(DerError);
  });

  test('refuses definite nesting 1,000 deep', () => {
    let nested = new Uint8Array();
    for (let depth = 0; depth < 1_000; depth += 1) nested = sequence(nested);
    expect(() => parseDer(nested)).toThrow(/too deep/);
  });

  test('refuses more elements than any certificate has', () => {
    expect(() => parseDer(sequence(new Uint8Array(50_000).map((_, i) => (i % 2 === 0 ? 5 : 0))))).toThrow(
      /too many/,
    );
  });

  test('reads what element writes, of any length', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70_000, size: 'max' }), (content) => {
        const [child] = parseDer(sequence(octetString(content))).children;
        expect(Buffer.compare(child?.content ?? new Uint8Array(), content)).toBe(0);
      }),
      { numRuns: 20 },
    );
  });

  test('throws nothing but DerError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (input) => {
        try {
          expect(parseDer(input).bytes).toEqual(input);
        } catch (error) {
          expect(error).toBeInstanceOf(DerError);
        }
      }),
    );
  });
});

describe('DER writing', () => {
  test('writes arcs beyond 64 bits', () => {
    // From `openssl asn1parse -genstr OID:2.25.23925403023777436945920231662452377410`.
    const expected = '061369a3ffeedcaccd929fcbbdd7bf8199c9ba8e42';
    expect(hex(objectIdentifier('2.25.23925403023777436945920231662452377410'))).toBe(expected);
  });

  test('puts the elements of a SET OF in the order of their encodings', () => {
    const items = [bytes('0403000000'), bytes('0402ffff'), bytes('0401ff')];
    expect(hex(setOf(items))).toBe('310c0401ff0402ffff0403000000');
    expect(hex(setOf([...items].reverse()))).toBe('310c0401ff0402ffff0403000000');
  });

  test('writes the shortest length', () => {
    expect(hex(element(4, new Uint8Array(127))).slice(0, 4)).toBe('047f');
    expect(hex(element(4, new Uint8Array(128))).slice(0, 6)).toBe('048180');
    expect(hex(element(4, new Uint8Array(256))).slice(0, 8)).toBe('04820100');
  });
});
