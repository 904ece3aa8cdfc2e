import type { ApiSchema } from './api-operations.ts';
import type { RequestField } from './request-fields.ts';

/** Stands in every bad text, so that whatever of it was kept can be found. */
export const MARK = '坏文';

/** Signs that no text may hold; those of half a character cannot be written into an address. */
export const BAD_SIGNS: readonly (readonly [name: string, sign: string])[] = [
  ['NUL', '\u0000'],
  ['escape', '\u001b'],
  ['C1', '\u0085'],
  ['override', '\u202e'],
  ['isolate', '\u2066'],
  ['right-to-left mark', '\u200f'],
  ['zero width', '\u200d'],
  ['noncharacter', '\uffff'],
];
export const HALF_CHARACTERS: typeof BAD_SIGNS = [
  ['first half', '\ud840'],
  ['second half', '\udc00'],
];

/** A number that JSON can write and JavaScript cannot hold: replaced in the text of the body. */
export const HUGE = '@@1e400@@';

const DAYS = ['2026-02-30', '2026-13-01', '2025-02-29', '0000-01-01', '1899-12-31', '9999-12-31'];

/** Values that a field's own schema excludes, each named. */
export function excludedValues({
  place,
  path,
  schema,
}: RequestField): readonly (readonly [string, unknown])[] {
  const values: [string, unknown][] = [];
  const add = (name: string, value: unknown): void => void values.push([name, value]);
  const { type, maxLength, pattern, minimum, maximum } = schema;
  const whole = type === 'integer' || type === 'number';
  if (type === 'string') {
    if (maxLength !== undefined) add('too long', '长'.repeat(maxLength + 1));
    if (pattern !== undefined || schema.enum !== undefined) add('of no form', '不合格式');
    if (isDay(schema)) for (const day of DAYS) add(day, day);
    if (place === 'body') add('a number for a text', 7);
  }
  if (whole) {
    add('a fraction', 1.5);
    add('no number', '一');
    if (minimum !== undefined) add('too small', minimum - 1);
    if (maximum !== undefined) add('too large', maximum + 1);
    add('beyond exact numbers', place === 'body' ? 2 ** 53 : '9007199254740993');
    add('infinite', place === 'body' ? HUGE : '1e400');
  }
  if (place === 'body' && type !== undefined) {
    add('an object', { a: 1 });
    add('a list', [[]]);
    add('null', null);
  }
  // An address has no field for what is none of its parts: an empty part is another route.
  return place === 'path' && path.length === 0 ? [] : values;
}

export function isDay({ pattern = '' }: ApiSchema): boolean {
  return pattern.includes('-\\d\\d-\\d\\d');
}
