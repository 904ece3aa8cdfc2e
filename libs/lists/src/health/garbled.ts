// Text that was read in another encoding than it was written in. What it gives is never Chinese that anybody wrote, but it is made
// of ordinary characters: so it is told by what it would be if it were read the other way round, and not by looking odd.

import { MAY_HOLD, mayHold, opensUtf8AsGbk } from './telling-signs.ts';

/** U+FFFD itself, and what others make of it or of bytes that nobody wrote (0xCC, 0xCD of a debugger). */
const LOST = /\ufffd|锟斤拷|锟斤|斤拷锟|(?:烫{3,}|屯{3,}|葺{3,})|ï»¿|\u00ef\u00bf\u00bd/u;
/** UTF-8 read as Latin-1 or Windows-1252: ä¸­, è®¸, ã€, â€œ. Marks that stand behind letters in real texts (·, », °) are left out. */
const UTF8_AS_LATIN =
  /[\u00c3-\u00c5][\u0080-\u00a9\u00ac-\u00af\u00b1-\u00b6\u00b8-\u00ba\u00bc-\u00bf]|[\u00e2-\u00ef][\u00a1-\u00a9\u00ac-\u00af\u00b1-\u00b6\u00b8-\u00ba\u00bc-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2020\u2021\u2022\u2030\u2039\u203a\u20ac\u2122\u201a\u201e]/u;
/** GB 18030 read as Latin-1: four signs in a row above U+00A0 (ÐÐÕþ). × and ± and · stand in rows in real texts. */
const GBK_AS_LATIN = /[\u00a1-\u00af\u00b2-\u00b6\u00b8-\u00d6\u00d8-\u00ff]{4}/u;
/** what a program writes for each character that its encoding does not have */
const QUESTIONS = /[?？]{3}/u;

/**
 * What is garbled in a text, as it stands there; undefined where nothing is.
 * @param may what `mayHold` says of it
 */
export function findGarbled(text: string, may = mayHold(text)): string | undefined {
  const found =
    (may & MAY_HOLD.garbled) === 0
      ? undefined
      : (LOST.exec(text) ?? UTF8_AS_LATIN.exec(text) ?? GBK_AS_LATIN.exec(text))?.[0];
  return found ?? ((may & MAY_HOLD.utf8AsGbk) === 0 ? undefined : findUtf8AsGbk(text));
}

/** The same in a name, in which nobody asks three times. */
export function findGarbledName(name: string, may = mayHold(name)): string | undefined {
  return findGarbled(name, may) ?? QUESTIONS.exec(name)?.[0];
}

let gbkBytes: ReadonlyMap<string, readonly [number, number]> | undefined;

/** Blanks are none, also where GB 18030 has two bytes for one. */
function readGbkBytes(): ReadonlyMap<string, readonly [number, number]> {
  const decoder = new TextDecoder('gb18030');
  const known = new Map<string, readonly [number, number]>();
  for (let lead = 0x81; lead <= 0xfe; lead += 1)
    for (let next = 0x40; next <= 0xfe; next += 1) {
      if (next === 0x7f) continue;
      const sign = decoder.decode(Uint8Array.of(lead, next));
      if (sign.length === 1 && sign.trim() !== '') known.set(sign, [lead, next]);
    }
  return known;
}

/**
 * Words of UTF-8 that were read as GB 18030: 椋熷搧 for 食品. Two characters of UTF-8 in a row do not come about by
 * chance: in 2.5 million characters of real lists there is not even one that is followed by a half. One is enough where it and
 * a half are all that stands there.
 */
function findUtf8AsGbk(text: string): string | undefined {
  gbkBytes ??= readGbkBytes();
  for (let start = 0; start < text.length; start += 1) {
    if (!opensUtf8AsGbk(text, start)) continue;
    const found = text.slice(start, start + signsOfUtf8(text, start, gbkBytes));
    if (found.length >= 3 || (found.length === 2 && found === text.trim())) return found;
  }
  return undefined;
}

/** How many signs from `start` on are, byte by byte, characters of UTF-8 from U+3000 on. */
function signsOfUtf8(text: string, start: number, bytesOf: ReadonlyMap<string, readonly number[]>): number {
  let [place, count] = [0, 0];
  for (let at = start; at < text.length; at += 1) {
    const bytes = bytesOf.get(text.charAt(at));
    if (bytes === undefined) break;
    for (const byte of bytes) {
      const fits = place === 0 ? byte >= 0xe3 && byte <= 0xef : byte >= 0x80 && byte <= 0xbf;
      if (!fits) return count;
      place = (place + 1) % 3;
    }
    count += 1;
  }
  return count;
}
