import { cleanText, type Json } from '@mandate/encoding';
import { DraftError } from './errors.ts';

/** An item has seven levels. */
const MOST_LEVELS = 30;

/**
 * Every string as it enters a blob (formats §1.2): PostgreSQL reads the blobs as JSON, and has no word for U+0000.
 * @throws DraftError `invalid-change` for what is nested so deep that it could only be meant to break the reader
 */
export function cleanJson(value: Json, depth = 0): Json {
  if (depth > MOST_LEVELS) throw new DraftError('invalid-change', '内容的层次太深，不是登记的格式。');
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map((one: Json) => cleanJson(one, depth + 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, one]) =>
      one === undefined ? [] : [[cleanText(name), cleanJson(one, depth + 1)]],
    ),
  );
}
