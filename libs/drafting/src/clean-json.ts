import {
  cleanText,
  describeTextFault,
  findTextFault,
  type Json,
  mendText,
  withoutFaults,
} from '@mandate/encoding';
import { DraftError } from './errors.ts';

/** An item has seven levels. */
const MOST_LEVELS = 30;

/**
 * Every string as it enters a blob (formats §1.2), radicals as the characters they look like.
 * @throws DraftError `invalid-change` for text that nobody should sign or publish (`findTextFault`), with its field, and for
 *   what is nested so deep that it could only be meant to break the reader
 */
export function cleanJson(value: Json): Json {
  return eachText(value, (text, path) => {
    const found = findTextFault(text, { lines: true });
    // Whoever sends it cannot see that it is a radical either; what comes back is what he meant.
    if (found === undefined) return mendText(text).text;
    const [field, message] = [path.map(withoutFaults).join('.'), describeTextFault(found)];
    throw new DraftError('invalid-change', `内容的文字有误：${field || '内容'}：${message}`, {
      fields: [{ field, message }],
    });
  });
}

/** What the registry says of a file, which quotes its words: what may not stand in a text is left out. */
export function quotedJson(value: Json): Json {
  return eachText(value, (text) => cleanText(withoutFaults(text)));
}

function eachText(
  value: Json,
  change: (text: string, path: readonly string[]) => string,
  path: readonly string[] = [],
): Json {
  if (path.length > MOST_LEVELS) throw new DraftError('invalid-change', '内容的层次太深，不是登记的格式。');
  if (typeof value === 'string') return change(value, path);
  if (Array.isArray(value))
    return value.map((one: Json, at) => eachText(one, change, [...path, at.toString()]));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, one]) =>
      one === undefined ? [] : [[change(name, [...path, name]), eachText(one, change, [...path, name])]],
    ),
  );
}
