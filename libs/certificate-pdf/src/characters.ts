// What is drawn as one. A character with the selector that picks its form: the 辻 of one person is not that of another. And words of
// scripts whose letters change form and place beside each other, which a font draws only as a whole.

/** Scripts of names in this country and of its neighbours that nobody reads letter by letter. */
const SCRIPTS = (
  'Arabic Syriac Thaana Nko Hebrew Mongolian Phags_Pa Tibetan Devanagari Bengali Gurmukhi Gujarati Oriya Tamil Telugu Kannada ' +
  'Malayalam Sinhala Thai Lao Khmer Myanmar Tai_Tham'
).split(' ');
/** Letters, vowels and marks of each; digits run from left to right in all of them and are drawn one by one. */
const CLASSES = SCRIPTS.map((script) => {
  // Marks and signs that Arabic shares with its neighbours.
  const shared = script === 'Arabic' ? '\\u0640\\u064b-\\u0655\\u0670\\u060c\\u061b\\u061f' : '';
  return `\\p{Script=${script}}${shared}`;
});
const letterOf = (classes: string): string => `(?:(?!\\p{Nd})[${classes}])`;
const LETTER = letterOf(CLASSES.join(''));
const JOINER = '(?:\\u200c|\\u200d|[\\u180b-\\u180f])';
const SELECTOR = '[\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}]';
const CHARACTER = new RegExp(`${LETTER}${JOINER}*|[\\s\\S]${SELECTOR}*`, 'gu');
/** words of one script, for no font joins those of two */
const WORDS = new RegExp(
  CLASSES.map(letterOf)
    .map((letter) => `${letter}(?:${letter}|${JOINER}|[ \\u00a0](?=${letter}))*`)
    .join('|'),
  'gu',
);
const JOINERS = new RegExp(JOINER, 'gu');
const SHAPED = new RegExp(`^${LETTER}`, 'u');
const SELECTS = new RegExp(`^${SELECTOR}$`, 'u');

/** Nearly every line of a page: nothing in it is drawn with its neighbours. */
const PLAIN = /^[\n -\u02ff\u2010-\u2027\u2030-\u205e\u3000-\u9fff\uff01-\uffe6]*$/;

export function charactersOf(text: string): string[] {
  if (PLAIN.test(text)) return [...text];
  return text.match(CHARACTER) ?? [];
}

/** Whether a character of `charactersOf` is drawn with its neighbours. */
export function isShaped(character: string): boolean {
  return SHAPED.test(character);
}

/** @param character one of `charactersOf` @returns `selector` 0 where none picks the form */
export function codesOf(character: string): { readonly code: number; readonly selector: number } {
  const [first = '', second = ''] = character;
  return {
    code: first.codePointAt(0) ?? 0,
    selector: SELECTS.test(second) ? (second.codePointAt(0) ?? 0) : 0,
  };
}

/** Letters of scripts that are written from right to left. */
const FROM_RIGHT = /^[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Hebrew}]/u;

/**
 * The letters of words that are drawn as a whole, in the order in which they stand from left to right; without joiners, which have
 * no place there.
 */
export function inPlace(words: string): string[] {
  const characters = charactersOf(words.replace(JOINERS, ''));
  return FROM_RIGHT.test(words) ? characters.reverse() : characters;
}

export interface Segment {
  readonly text: string;
  readonly shaped: boolean;
}

/** A line in pieces that are drawn as a whole, and those that are drawn character by character. */
export function segmentsOf(text: string): Segment[] {
  if (PLAIN.test(text)) return text === '' ? [] : [{ text, shaped: false }];
  const segments: Segment[] = [];
  let end = 0;
  for (const { 0: words, index } of text.matchAll(WORDS)) {
    if (index > end) segments.push({ text: text.slice(end, index), shaped: false });
    segments.push({ text: words, shaped: true });
    end = index + words.length;
  }
  if (end < text.length) segments.push({ text: text.slice(end), shaped: false });
  return segments;
}
