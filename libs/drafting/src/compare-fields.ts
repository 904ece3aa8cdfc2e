import type { Json } from '@mandate/encoding';
import { compareTexts, type FieldChange } from '@mandate/lists';

export type FieldNames = Readonly<Record<string, string>>;
/** What the codes of a field mean, by the field. */
export type FieldWords = Readonly<Record<string, Readonly<Record<string, string>>>>;

type Fields = Readonly<Record<string, unknown>>;

/** What differs, field by field, as texts: for a register whose values are flat, or nearly so. */
export function compareFields(
  names: FieldNames,
  words: FieldWords = {},
): (before: Fields, after: Fields) => readonly FieldChange[] {
  const wordsOf = (field: string, value: Json | undefined): string => {
    if (value === undefined) return '';
    if (typeof value === 'boolean') return value ? '是' : '否';
    if (Array.isArray(value)) return value.map((one: Json) => wordsOf(field, one)).join('、');
    if (typeof value === 'string') {
      const table = words[field] ?? {};
      return Object.hasOwn(table, value) ? (table[value] ?? value) : value;
    }
    if (typeof value !== 'object' || value === null) return JSON.stringify(value);
    // What it is called, then what is said of it.
    return Object.entries(value)
      .map(([key, inner]) => `${names[`${field}.${key}`] ?? names[key] ?? key} ${wordsOf(key, inner)}`)
      .join('，');
  };
  return (before, after) =>
    [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((path) => {
      // Both are JSON.
      const [old, now] = [before[path], after[path]] as (Json | undefined)[];
      const pieces = compareTexts(wordsOf(path, old), wordsOf(path, now));
      if (pieces.every(({ kind }) => kind === 'same')) return [];
      const kind = old === undefined ? 'added' : now === undefined ? 'removed' : 'changed';
      return [{ path, name: names[path] ?? path, english: path, within: [], kind, pieces }];
    });
}
