// Zero-width joiners (U+200C, U+200D) are part of the spelling where letters change their form beside each other, and nothing
// but a second name that looks the same everywhere else. So they stand only where they are seen (as in RFC 5892, appendix A):
// between letters that join, between letters of Mongolian, and beside the sign that takes the vowel from an Indic letter.

export const JOINERS = /[\u200c\u200d]/u;

const ARABIC = /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Nko}]/u;
/** Letters that never join the one after them: behind them a non-joiner changes nothing. */
const ENDING =
  /[\u0621-\u0625\u0627\u0629\u062f-\u0632\u0648\u0671-\u0673\u0675-\u0677\u0688-\u0699\u06c0\u06c3-\u06cb\u06cd\u06cf\u06d2\u06d3\u06d5\u06ee\u06ef\u0710\u0715-\u0719\u071e\u0728\u072a\u072c]/u;
const MONGOLIAN = /[\p{Script=Mongolian}\p{Script=Phags_Pa}]/u;
const INDIC =
  /[\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}]/u;
const VIRAMA = /[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca]/u;
const LETTER = /[\p{L}\p{M}]/u;

/** Whether a joiner between these two changes how they are written. */
export function isSeenJoiner(joiner: string, before = '', after = ''): boolean {
  if (!LETTER.test(before) || !LETTER.test(after)) return false;
  if (MONGOLIAN.test(before) && MONGOLIAN.test(after)) return true;
  if (INDIC.test(before) && INDIC.test(after)) return VIRAMA.test(before) || VIRAMA.test(after);
  return ARABIC.test(before) && ARABIC.test(after) && joiner === '\u200c' && !ENDING.test(before);
}
