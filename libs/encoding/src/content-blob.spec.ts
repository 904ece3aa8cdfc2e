import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { blobName, canonicalBytes, parseJson } from './canonical-json.ts';
import { ContentBlob } from './content-blob.ts';

describe('the content of a blob', () => {
  test('is cleaned text, its bytes, and the name of these', () => {
    const blob = ContentBlob.of({ b: ' 甲\r\n乙\u0000 ', a: undefined, 'c ': [1, null, { d: '\ufeff' }] });
    expect(blob.value).toEqual({ b: '甲\n乙', c: [1, null, { d: '' }] });
    expect(blob.bytes).toEqual(canonicalBytes({ c: [1, null, { d: '' }], b: '甲\n乙' }));
    expect(blob.name).toBe(blobName(blob.bytes));
  });

  test('does not change with the value it was made of', () => {
    const value = { texts: ['甲'] };
    const blob = ContentBlob.of(value);
    value.texts.push('乙');
    expect(blob.value).toEqual({ texts: ['甲'] });
    expect(parseJson(blob.bytes)).toEqual({ texts: ['甲'] });
  });

  test('made of itself is itself, whatever it is', () => {
    // Its type is not ours, what it makes is JSON.
    const json = fc.jsonValue({ noUnicodeString: false }) as fc.Arbitrary<never>;
    fc.assert(
      fc.property(json, (value) => {
        fc.pre(JSON.stringify(value).isWellFormed() && !JSON.stringify(value).includes('\\ud'));
        const blob = ContentBlob.of(value);
        expect(ContentBlob.of(blob.value).name).toBe(blob.name);
        expect(ContentBlob.of(parseJson(blob.bytes)).name).toBe(blob.name);
      }),
    );
  });
});
