import { cleanText } from './canonical-json.ts';
import { keptSigns, LOST_SIGN } from './plain-text.ts';
import { withoutRadicals } from './radicals.ts';
import { isUsualText } from './usual-text.ts';

/** What was wrong in a text that was copied out of a document, and what was done about it. */
export type Mending =
  /** taken out: signs that nobody sees, that turn the direction, halves of characters, controls */
  | 'hidden-signs'
  /** replaced: radicals that look like a character (⾷ for 食) */
  | 'look-alikes'
  /** put together: letters written apart from their accents, compatibility ideographs (NFC) */
  | 'composed'
  /** left as it is, for nobody knows what stood there: U+FFFD */
  | 'lost-signs';

export interface MendedText {
  readonly text: string;
  /** each once, in the order above */
  readonly mendings: readonly Mending[];
}

const NONE: readonly Mending[] = [];

/**
 * Text of a file → the same as it may enter a draft, in the form of `cleanText`. What it says stays what it says: only signs that
 * are not seen go, and only characters that look the same are replaced. A character that was lost stays visible as U+FFFD.
 */
export function mendText(text: string): MendedText {
  if (isUsualText(text)) return { text: text.trim(), mendings: NONE };
  const mendings: Mending[] = [];
  const kept = keptSigns(text);
  if (kept !== text) mendings.push('hidden-signs');
  const characters = withoutRadicals(kept);
  if (characters !== kept) mendings.push('look-alikes');
  if (characters.normalize('NFC') !== characters) mendings.push('composed');
  if (characters.includes(LOST_SIGN)) mendings.push('lost-signs');
  return { text: cleanText(characters), mendings };
}

/** Full-width Latin letters, digits and marks (Ａ１（) → their own (A1(), as codes and numbers are written. */
export function halfWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
}

const BLANKS = /[\s\u00a0\u3000]+/g;

/**
 * What two spellings of one name have in common: without blanks, hidden signs and look-alikes, full width as half width.
 * To find by, never to show: what is found has its own spelling.
 */
export function foldText(text: string): string {
  // 户 and 戶 are one character in two standards, and ⼾ is either.
  return halfWidth(mendText(text).text).replace(BLANKS, '').replaceAll('戶', '户');
}
