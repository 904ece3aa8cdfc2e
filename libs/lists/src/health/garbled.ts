// Text that was read in another encoding than it was written in. What it gives is never Chinese that anybody wrote, but it is made
// of ordinary characters: so it is told by what it would be if it were read the other way round, and not by looking odd.

/** U+FFFD itself, and what others make of it or of bytes that nobody wrote (0xCC, 0xCD of a debugger). */
const LOST = /\ufffd|锟斤拷|锟斤|斤拷锟|(?:烫{3,}|屯{3,}|葺{3,})|ï»¿|\u00ef\u00bf\u00bd/u;
/** UTF-8 read as Latin-1 or Windows-1252: ä¸­, è®¸, ã€, â€œ. Marks that stand behind letters in real texts (·, », °) are left out. */
const UTF8_AS_LATIN =
  /[\u00c3-\u00c5][\u0080-\u00a9\u00ac-\u00af\u00b1-\u00b6\u00b8-\u00ba\u00bc-\u00bf]|[\u00e2-\u00ef][\u00a1-\u00a9\u00ac-\u00af\u00b1-\u00b6\u00b8-\u00ba\u00bc-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2020\u2021\u2022\u2030\u2039\u203a\u20ac\u2122\u201a\u201e]/u;
/** GB 18030 read as Latin-1: four signs in a row above U+00A0 (ÐÐÕþ). × and ± and · stand in rows in real texts. */
const GBK_AS_LATIN = /[\u00a1-\u00af\u00b2-\u00b6\u00b8-\u00d6\u00d8-\u00ff]{4}/u;
/** what a program writes for each character that its encoding does not have */
const QUESTIONS = /[?？]{3}/u;

/** What is garbled in a text, as it stands there; undefined where nothing is. */
export function findGarbled(text: string): string | undefined {
  const found = (LOST.exec(text) ?? UTF8_AS_LATIN.exec(text) ?? GBK_AS_LATIN.exec(text))?.[0];
  return found ?? findUtf8AsGbk(text);
}

/** The same in a name, in which nobody asks three times. */
export function findGarbledName(name: string): string | undefined {
  return findGarbled(name) ?? QUESTIONS.exec(name)?.[0];
}

/** Characters of GB 18030 whose two bytes begin a Chinese character of UTF-8: 鍏 鏄 椋 … Most are rare, some are in daily use. */
let openers: RegExp | undefined;
let gbkBytes: ReadonlyMap<string, readonly [number, number]> | undefined;

function readOpeners(): RegExp {
  const decoder = new TextDecoder('gb18030');
  const bytes: number[] = [];
  for (const lead of [0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xef])
    for (let next = 0x80; next <= 0xbf; next += 1) bytes.push(lead, next);
  return new RegExp(`[${decoder.decode(Uint8Array.from(bytes))}]`, 'u');
}

function readGbkBytes(): ReadonlyMap<string, readonly [number, number]> {
  const decoder = new TextDecoder('gb18030');
  const known = new Map<string, readonly [number, number]>();
  for (let lead = 0x81; lead <= 0xfe; lead += 1)
    for (let next = 0x40; next <= 0xfe; next += 1) {
      if (next === 0x7f) continue;
      const sign = decoder.decode(Uint8Array.of(lead, next));
      if ([...sign].length === 1) known.set(sign, [lead, next]);
    }
  return known;
}

/**
 * Words of UTF-8 that were read as GB 18030: 椋熷搧 for 食品. Two characters of UTF-8 in a row do not come about by
 * chance: in 2.5 million characters of real lists there is not even one that is followed by a half. One is enough where it and
 * a half are all that stands there.
 */
function findUtf8AsGbk(text: string): string | undefined {
  openers ??= readOpeners();
  if (!openers.test(text)) return undefined;
  gbkBytes ??= readGbkBytes();
  for (const run of text.match(/[^ -~\s]{2,}/gu) ?? []) {
    const signs = [...run];
    for (let start = 0; start < signs.length; start += 1) {
      if (!openers.test(signs[start] ?? '')) continue;
      const length = signsOfUtf8(signs, start, gbkBytes);
      const whole = start === 0 && length === signs.length && run === text.trim();
      if (length >= (whole ? 2 : 3)) return signs.slice(start, start + length).join('');
    }
  }
  return undefined;
}

/** How many signs from `start` on are, byte by byte, characters of UTF-8 from U+3000 on. */
function signsOfUtf8(
  signs: readonly string[],
  start: number,
  bytesOf: ReadonlyMap<string, readonly number[]>,
): number {
  let [place, count] = [0, 0];
  // Not over a copy of what is left: a text of nothing but openers would be copied once for each of them.
  for (let at = start; at < signs.length; at += 1) {
    const bytes = bytesOf.get(signs[at] ?? '');
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
