import { describe, expect, test } from '@jest/globals';
import { blobName, canonicalBytes, ContentBlob, type Json } from '@mandate/encoding';
import { AuthorityItemSchema } from '@mandate/lists';
import fc from 'fast-check';
import { cleanJson } from './clean-json.ts';
import { DraftError } from './errors.ts';
import { parseRegisterValue } from './register-value.ts';
import { DRAFT_REGISTER_NAMES } from './registers.ts';

const ITEM = {
  schema: 'authority-item/1',
  organ: 'o-aaaaaaaaaaaaaaaa',
  name: '示例许可',
  category: '01',
  state: 'suspended',
  bases: [],
  levels: [],
  subItems: [],
};

/** The error's code; `none` where there is no error. Node's own errors are of another realm in Jest. */
function codeOf(work: () => unknown): unknown {
  try {
    work();
    return 'none';
  } catch (error) {
    return error instanceof DraftError ? error.code : error;
  }
}

describe('the content of a change', () => {
  test('is kept as the bytes that will be its blob', () => {
    const parsed = parseRegisterValue('authority-item', { ...ITEM, remarks: ' 两\r\n行\r\n ' });
    expect(parsed).toMatchObject({ state: 'suspended', name: '示例许可', list: ITEM.organ, key: undefined });
    expect(AuthorityItemSchema.parse(parsed.value).remarks).toBe('两\n行');
    expect(parsed.blob).toBe(blobName(canonicalBytes(parsed.value)));
  });

  test('says the characters that its look-alikes were meant for, in every register', () => {
    const type = {
      schema: 'certificate-type/1',
      code: '110000000EXAMPLE7L009',
      name: '⾷品⽣产许可证',
      mandate: { category: '01', itemNames: ['⾷品⽣产许可（样例）'] },
      faceFields: [{ name: 'KZ_FDDBR', label: '法定代表⼈', required: true, maxLength: 50 }],
      validityYears: 4,
    };
    expect(parseRegisterValue('certificate-type', type)).toMatchObject({
      name: '食品生产许可证',
      value: {
        mandate: { itemNames: ['食品生产许可（样例）'] },
        faceFields: [{ label: '法定代表人' }],
      },
    });
  });

  test.each([
    ['remarks', { ...ITEM, remarks: '两\u0000行' }],
    ['name', { ...ITEM, name: '示例\u202e许可' }],
    ['subItems.0.name', { ...ITEM, subItems: [{ name: '\ud840', bases: [] }] }],
    ['remarks', { ...ITEM, remarks: '\u200b' }],
  ])('with a text that nobody should publish is refused, by its field: %s', (field, value) => {
    expect(() => parseRegisterValue('authority-item', value)).toThrow(
      expect.objectContaining({
        code: 'invalid-change',
        message: expect.stringContaining(field),
        extension: { fields: [expect.objectContaining({ field })] },
      }),
    );
  });

  test('that was made once is taken as it is: its bytes are not made again', () => {
    const content = ContentBlob.of(ITEM);
    const parsed = parseRegisterValue('authority-item', ITEM, content);
    expect(parsed.text).toBe(content.text);
    expect(parsed.blob).toBe(content.name);
    expect(parsed.value).toBe(content.value);
    const stored = ContentBlob.stored(content.text);
    expect(stored.value).toEqual(content.value);
    expect(stored.bytes).toEqual(content.bytes);
    expect(stored.name).toBe(content.name);
    expect(codeOf(() => parseRegisterValue('authority-item', {}, ContentBlob.of({})))).toBe('invalid-change');
  });

  test('does not change with the object it came from', () => {
    const value = { ...ITEM };
    const parsed = parseRegisterValue('authority-item', value);
    value.name = '另一个';
    expect(parsed.value).toMatchObject({ name: '示例许可' });
  });

  const registers = fc.constantFrom(...DRAFT_REGISTER_NAMES);

  test('is taken or refused with a code, whatever JSON it is', () => {
    fc.assert(
      fc.property(registers, fc.jsonValue(), (register, value) => {
        // fast-check's JSON is ours, but for its mutable type.
        expect(codeOf(() => parseRegisterValue(register, value as Json))).toBe('invalid-change');
      }),
    );
  });

  test('is taken or refused with a code, whatever stands in one field of an item', () => {
    const field = fc.constantFrom(...Object.keys(AuthorityItemSchema.shape));
    const value = fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(field, value, (name, content) => {
        const code = codeOf(() => parseRegisterValue('authority-item', { ...ITEM, [name]: content as Json }));
        expect(['none', 'invalid-change']).toContain(code);
      }),
      { numRuns: 60 },
    );
  });

  test.each<[string, Json]>([
    ['arrays', Array.from({ length: 100_000 }).reduce<Json>((inner) => [inner], 1)],
    ['objects', Array.from({ length: 100_000 }).reduce<Json>((inner) => ({ a: inner }), 1)],
  ])('of a hundred thousand nested %s is refused', (_name, value) => {
    expect(codeOf(() => parseRegisterValue('authority-item', value))).toBe('invalid-change');
    expect(codeOf(() => parseRegisterValue('authority-item', { ...ITEM, service: value }))).toBe(
      'invalid-change',
    );
  });

  test('cleaned twice is what it is cleaned once', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const once = cleanJson(value);
        expect(cleanJson(once)).toEqual(once);
      }),
    );
  });

  test.each(['edition'] as const)('never enters register %s', (register) => {
    expect(codeOf(() => parseRegisterValue(register, ITEM))).toBe('invalid-change');
  });
});
