import { isSeenJoiner, JOINERS } from './joiners.ts';

// Which signs a text may hold that people typed or a program sent. What is refused here either cannot be stored (U+0000,
// half of a character), or makes what is read differ from what is written: a name that runs backwards, two names that look
// the same and are not. Every character that is seen may stand in a text, also those that no program of today knows
// (unassigned, private use: names are written with them), and so may the selectors of a character's form, which are marks.
//
// Zero-width signs are refused with the others: a name that differs from another by one of them cannot be told from it. Joiners
// stay between letters whose form they change (`isSeenJoiner`), and U+180E does: Mongolian is spelt with them.

export type TextFault =
  /** U+0000–U+001F, U+007F–U+009F; LF, CR and tab stand in a text of several lines */
  | 'control'
  /** half of a character: no encoding has it */
  | 'surrogate'
  /** U+061C, U+200E, U+200F, U+202A–U+202E, U+2066–U+2069: what follows runs the other way */
  | 'direction'
  /** nothing is seen: zero-width signs, soft hyphen, byte order mark, tags … */
  | 'invisible'
  /** U+FFFE, U+FDD0 … (never characters), U+FFFD (a character that was lost on its way here) */
  | 'no-character'
  /** LF, CR, tab, U+2028, U+2029 in a text of one line */
  | 'line-end';

// Signs of Arabic numbers are format characters (Cf) that are seen.
const SEEN_FORMATS = /[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u180e]/u;
const DIRECTIONS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
const BREAKS = /[\t\n\r\u2028\u2029]/u;
const NO_CHARACTERS = /[\ufdd0-\ufdef\ufffd]|\p{Noncharacter_Code_Point}/u;
// Quick look first: nearly every text passes. Lone surrogates are Cs only with the `u` flag, and only where they are alone.
const SUSPECT =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u034f\u115f\u1160\u3164\uffa0\ufffd]|\p{Noncharacter_Code_Point}/u;
/** The same in a text of several lines, whose line ends and tabs are no reason to look at every sign. */
const SUSPECT_IN_LINES = new RegExp(
  SUSPECT.source.replace('\\p{Cc}', '\\0-\\x08\\v\\f\\x0e-\\x1f\\x7f-\\x9f'),
  'u',
);
/** Letters (Hangul fillers, the grapheme joiner) that draw nothing. */
const BLANK_LETTERS = /[\u034f\u115f\u1160\u3164\uffa0]/u;

/** The first sign of a text that may not stand in it. */
export interface FoundFault {
  readonly fault: TextFault;
  /** place in UTF-16 units, from 0 */
  readonly at: number;
  readonly sign: string;
}

const FAULT_WORDS: Readonly<Record<TextFault, string>> = {
  control: '控制字符',
  surrogate: '半个字符',
  direction: '改变文字方向的符号',
  invisible: '看不见的字符',
  'no-character': '不是文字的字符',
  'line-end': '换行或制表符',
};

/** What is wrong with a text, and where; undefined for one that may be kept. @param lines whether it may have several lines */
export function findTextFault(
  text: string,
  { lines = false }: { readonly lines?: boolean } = {},
): FoundFault | undefined {
  if (!(lines ? SUSPECT_IN_LINES : SUSPECT).test(text)) return undefined;
  let at = 0;
  const signs = [...text];
  for (const [n, sign] of signs.entries()) {
    const fault = faultIn(signs, n, lines);
    if (fault !== undefined) return { fault, at, sign };
    at += sign.length;
  }
  return undefined;
}

/** For whoever sent the text: what to take out, and where it stands. */
export function describeTextFault({ fault, at, sign }: FoundFault): string {
  const code = (sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `第 ${(at + 1).toString()} 个字处有${FAULT_WORDS[fault]}（U+${code}），请删去`;
}

/** The text without whatever `findTextFault` finds in one of several lines. */
export function withoutFaults(text: string): string {
  if (!SUSPECT_IN_LINES.test(text)) return text;
  return [...text].filter((_sign, n, signs) => faultIn(signs, n, true) === undefined).join('');
}

/** Stands for a character that was lost on the way here: to take it out would hide that there was one. */
export const LOST_SIGN = '\ufffd';

/** The same, but a sign that says that a character was lost stays. */
export function keptSigns(text: string): string {
  return text.split(LOST_SIGN).map(withoutFaults).join(LOST_SIGN);
}

/** At most so many UTF-16 units from the start, and never half of a character at the end. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  return /[\ud800-\udbff]$/.test(text.slice(0, most)) ? text.slice(0, most - 1) : text.slice(0, most);
}

function faultIn(signs: readonly string[], at: number, lines: boolean): TextFault | undefined {
  const sign = signs[at] ?? '';
  if (JOINERS.test(sign) && isSeenJoiner(sign, signs[at - 1], signs[at + 1])) return undefined;
  return faultOf(sign, lines);
}

function faultOf(sign: string, lines: boolean): TextFault | undefined {
  if (BREAKS.test(sign)) return lines ? undefined : 'line-end';
  if (/\p{Cc}/u.test(sign)) return 'control';
  if (/\p{Cs}/u.test(sign)) return 'surrogate';
  if (DIRECTIONS.test(sign)) return 'direction';
  if (NO_CHARACTERS.test(sign)) return 'no-character';
  if (BLANK_LETTERS.test(sign)) return 'invisible';
  return /\p{Cf}/u.test(sign) && !SEEN_FORMATS.test(sign) ? 'invisible' : undefined;
}
