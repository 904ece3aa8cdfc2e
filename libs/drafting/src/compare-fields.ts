import type { Json } from '@mandate/encoding';
import { compareTexts, type FieldChange } from '@mandate/lists';

export type FieldNames = Readonly<Record<string, string>>;

type Fields = Readonly<Record<string, unknown>>;

/** What differs, field by field, as texts: for a register whose values are flat, or nearly so. */
export function compareFields(names: FieldNames): (before: Fields, after: Fields) => readonly FieldChange[] {
  return (before, after) =>
    [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((path) => {
      // Both are JSON.
      const [old, now] = [before[path], after[path]] as (Json | undefined)[];
      const pieces = compareTexts(wordsOf(old), wordsOf(now));
      if (pieces.every(({ kind }) => kind === 'same')) return [];
      const kind = old === undefined ? 'added' : now === undefined ? 'removed' : 'changed';
      return [{ path, name: names[path] ?? path, english: path, within: [], kind, pieces }];
    });
}

function wordsOf(value: Json | undefined): string {
  if (value === undefined) return '';
  if (value === true) return '是';
  if (Array.isArray(value)) return value.map(wordsOf).join('、');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
