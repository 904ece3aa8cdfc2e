// Chinese has no blanks between words, and word lists disagree. So texts are indexed by their characters and by every two
// neighbouring ones (食品经营 → 食 品 经 营 食品 品经 经营), a query is cut the same way, and any part of a name is found.

/** Kinds of place where a term of `names` and of `readings` occurs; a document stands in the best one only. */
export const NAME_LISTS = {
  /** the name begins with the term; the document stands in its class of length too */
  start: 0,
  /** names by length, short ones first: a part of a short name is more of it */
  name: [1, 2, 3, 4],
  /** sub-items (子项), and the measures of a negative list */
  part: 5,
  /** titles of the legal bases, the handling office */
  basis: 6,
} as const;

/** The only list of `text` and of `exact`. */
export const ONLY_LIST = 0;

/** @param length characters of the name → its list */
export function nameList(length: number): number {
  if (length <= 8) return 1;
  if (length <= 14) return 2;
  return length <= 24 ? 3 : 4;
}

const RUNS = /[\p{L}\p{N}]+/gu;
const PLANE = 2 ** 21;

/** The text as it is compared: one width, one case. */
export function foldText(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** Runs of letters and digits, folded: what stands between two marks or blanks. */
export function runsOf(text: string): string[] {
  return foldText(text).match(RUNS) ?? [];
}

export function characterTerm(code: number): number {
  return code * PLANE;
}

export function pairTerm(first: number, second: number): number {
  return first * PLANE + second;
}

export function codesOf(run: string): number[] {
  return Array.from(run, (character) => character.codePointAt(0) ?? 0);
}

/** Terms of every two neighbours of a run; none for a single character. */
export function pairTerms(run: string): number[] {
  const codes = codesOf(run);
  return codes.slice(1).map((code, i) => pairTerm(codes[i] ?? 0, code));
}

export function characterTerms(run: string): number[] {
  return codesOf(run).map(characterTerm);
}

/** A whole name or code as one term of 42 bits, whatever marks and blanks stand in it. */
export function exactTerm(text: string): number {
  const whole = runsOf(text).join('');
  let [a, b] = [0x811c9dc5, 0x1b873593];
  for (const code of codesOf(whole)) {
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ (code + 0x7f4a), 0xcc9e2d51);
    b ^= b >>> 15;
  }
  a ^= a >>> 13;
  a = Math.imul(a, 0x85ebca6b);
  return ((a ^ (a >>> 16)) >>> 11) * PLANE + ((b ^ (b >>> 13)) >>> 11);
}
