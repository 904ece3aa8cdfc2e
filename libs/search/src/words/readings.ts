import { SearchIndexError } from '../codec/errors.ts';
import { codesOf } from './terms.ts';

// How characters are said, without tones: so that 食品经赢, shipinjingying and spjy all find 食品经营.

/** First and last character of the table: the ideographs of everyday use, simplified and traditional. */
export const FIRST = 0x4e00;
export const LAST = 0x9fff;
/** Terms of initials stand above all terms of syllables. */
const INITIALS = 2 ** 20;
const LETTERS = 27;

/** What many regions do not tell apart is said the same: zh z, ch c, sh s, n l at the beginning, ing in, eng en, ang an. */
export function foldSyllable(syllable: string): string {
  return syllable
    .replace(/^([zcs])h/, '$1')
    .replace(/^n(?=.)/, 'l')
    .replace(/ü/g, 'v')
    .replace(/([iea])ng$/, '$1n');
}

/** @param first, second numbers of folded syllables, from 1 */
export function syllableTerm(first: number, second: number): number {
  return first * 1_024 + second;
}

/** Three neighbouring initials, `a` … `z`. */
export function initialsTerm(letters: string): number {
  return codesOf(letters).reduce((term, code) => term * LETTERS + (code - 96), 0) + INITIALS;
}

export function initialsTerms(letters: string): number[] {
  return Array.from({ length: Math.max(0, letters.length - 2) }, (_, i) =>
    initialsTerm(letters.slice(i, i + 3)),
  );
}

/** Folded syllables and, for every character of the range, the number of its own (0: none). */
export interface Readings {
  readonly syllables: readonly string[];
  readonly numbers: Uint16Array;
}

const CHARACTERS = LAST - FIRST + 1;

/** A line of syllables, a byte a character, and a bit a character for numbers beyond 255. */
export function encodeReadings({ syllables, numbers }: Readings): Uint8Array {
  const line = new TextEncoder().encode(`${syllables.join(' ')}\n`);
  const bytes = new Uint8Array(line.length + CHARACTERS + CHARACTERS / 8);
  bytes.set(line);
  numbers.forEach((number, i) => {
    bytes[line.length + i] = number & 255;
    const at = line.length + CHARACTERS + (i >> 3);
    bytes[at] = (bytes[at] ?? 0) | ((number >> 8) << (i & 7));
  });
  return bytes;
}

/** @throws SearchIndexError `malformed` */
export function parseReadings(bytes: Uint8Array): Readings {
  const end = bytes.indexOf(10);
  const syllables = new TextDecoder().decode(bytes.subarray(0, Math.max(0, end))).split(' ');
  const low = bytes.subarray(end + 1, end + 1 + CHARACTERS);
  const high = bytes.subarray(end + 1 + CHARACTERS);
  const numbers = Uint16Array.from(low, (byte, i) => byte + (((high[i >> 3] ?? 0) >> (i & 7)) & 1) * 256);
  const whole = end >= 0 && low.length === CHARACTERS && high.length === CHARACTERS / 8;
  if (!whole || numbers.some((number) => number > syllables.length)) {
    throw new SearchIndexError('malformed', 'the table of readings is damaged');
  }
  return { syllables, numbers };
}

/** Number of the syllable of a character; 0 where it has none. */
export function readingOf({ numbers }: Readings, code: number): number {
  return numbers[code - FIRST] ?? 0;
}

/** Terms of the syllables of a run of characters; undefined where one of them is not in the table. */
export function spokenTerms(readings: Readings, run: string): number[] | undefined {
  const numbers = codesOf(run).map((code) => readingOf(readings, code));
  if (numbers.length < 2 || numbers.includes(0)) return undefined;
  return numbers.slice(1).map((number, i) => syllableTerm(numbers[i] ?? 0, number));
}

const LONGEST = 6;

/**
 * Latin letters as syllables, those with the fewest first: xian → xian, xi an. At most `limit` ways. The last syllable may
 * be one that is still being typed; it is left out then.
 * @returns terms of each way that has at least two syllables
 */
export function spelledTerms(readings: Readings, letters: string, limit = 3): number[][] {
  const known = new Map(readings.syllables.map((syllable, i) => [syllable, i + 1]));
  const ways: number[][][] = Array.from({ length: letters.length + 1 }, () => []);
  ways[0] = [[]];
  for (let end = 1; end <= letters.length; end += 1) {
    const found: number[][] = [];
    for (let start = Math.max(0, end - LONGEST); start < end; start += 1) {
      const number = known.get(foldSyllable(letters.slice(start, end)));
      if (number !== undefined) for (const way of ways[start] ?? []) found.push([...way, number]);
    }
    ways[end] = found.sort((a, b) => a.length - b.length).slice(0, limit);
  }
  const whole = ways.findLast(
    (found, end) => end > letters.length - LONGEST && found.some((way) => way.length >= 2),
  );
  return (whole ?? [])
    .filter((way) => way.length >= 2)
    .map((way) => way.slice(1).map((number, i) => syllableTerm(way[i] ?? 0, number)));
}
