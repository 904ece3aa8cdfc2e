import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CATEGORY_CODES, findImplementationCode, isBaseCode, isBusinessCode, isUscc } from './index.ts';

// The one vector that is published (formats §2.3): organ, level, base code.
const IMPLEMENTATION = '11610900016048121H3000913001000';

const Category = fc.constantFrom(...CATEGORY_CODES);
const Base = fc
  .tuple(fc.stringMatching(/^\d{2}$/), Category, fc.stringMatching(/^\d{8}$/))
  .map((parts) => parts.join(''));

describe('基本编码, 12 digits', () => {
  test.each(['000913001000', '000131001000', '652099999001'])('takes %s', (code) => {
    expect(isBaseCode(code)).toBe(true);
  });

  test.each([
    ['nothing', ''],
    ['eleven digits', '00091300100'],
    ['thirteen digits', '0009130010000'],
    ['a category that is none', '001113001000'],
    ['category 00', '000013001000'],
    ['a letter', '00091300100A'],
    ['digits of another script', '００09１3001000'],
    ['blanks', ' 00913001000'],
    ['a line end', '000913001000\n'],
  ])('refuses %s', (_, code) => {
    expect(isBaseCode(code)).toBe(false);
  });

  test('is of a category of the field, whatever the rest', () => {
    fc.assert(fc.property(Base, (code) => isBaseCode(code)));
    fc.assert(
      fc.property(fc.stringMatching(/^\d{12}$/), (code) => {
        expect(isBaseCode(code)).toBe(CATEGORY_CODES.some((category) => category === code.slice(2, 4)));
      }),
    );
  });
});

describe('实施编码, 31 places', () => {
  test('reads the published one into organ, level and base code', () => {
    expect(findImplementationCode(IMPLEMENTATION)).toEqual({
      uscc: '11610900016048121H',
      level: '3',
      base: '000913001000',
    });
  });

  test.each([
    ['nothing', ''],
    ['a base code alone', '000913001000'],
    ['a wrong check digit of the organ', IMPLEMENTATION.replace('121H', '121J')],
    ['level 0', `${IMPLEMENTATION.slice(0, 18)}0${IMPLEMENTATION.slice(19)}`],
    ['level 7', `${IMPLEMENTATION.slice(0, 18)}7${IMPLEMENTATION.slice(19)}`],
    ['a category that is none', `${IMPLEMENTATION.slice(0, 21)}99${IMPLEMENTATION.slice(23)}`],
    ['one place too many', `${IMPLEMENTATION}0`],
    ['lower case', IMPLEMENTATION.toLowerCase()],
    ['a business code', `${IMPLEMENTATION}01`],
  ])('refuses %s', (_, code) => {
    expect(findImplementationCode(code)).toBeUndefined();
  });

  test('is put together again from what was read', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), Base, (level, base) => {
        const code = `11610900016048121H${level.toString()}${base}`;
        const read = findImplementationCode(code);
        expect(`${read?.uscc ?? ''}${read?.level ?? ''}${read?.base ?? ''}`).toBe(code);
      }),
    );
  });

  test('says nothing of any text that is none, and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const read = findImplementationCode(text);
        expect(read === undefined || isUscc(read.uscc)).toBe(true);
      }),
    );
  });
});

describe('业务办理项编码, 33 places', () => {
  test('is an implementation code and two digits', () => {
    expect(isBusinessCode(`${IMPLEMENTATION}01`)).toBe(true);
  });

  test.each([
    ['the implementation code alone', IMPLEMENTATION],
    ['one digit', `${IMPLEMENTATION}1`],
    ['three digits', `${IMPLEMENTATION}001`],
    ['letters', `${IMPLEMENTATION}A1`],
    ['a wrong organ', `${IMPLEMENTATION.replace('121H', '121J')}01`],
  ])('refuses %s', (_, code) => {
    expect(isBusinessCode(code)).toBe(false);
  });
});
