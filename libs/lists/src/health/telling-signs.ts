// One look at every sign of a text, in place of a regular expression for each thing that may be wrong with it. Nearly every text
// holds none of the signs without which there is no error, no markup and no word in the wrong encoding.

/** What a text may hold, by the signs in it: bits. */
export const MAY_HOLD = { error: 1, markup: 2, garbled: 4, utf8AsGbk: 8 } as const;

const ALL = 15;

/** `#`; with what a tag, an entity, `_x000D_` and `javascript:` begin; a lost character, and any of Latin-1 above ASCII. */
const SIGNS: readonly (readonly [number, string])[] = [
  [MAY_HOLD.error, '#'],
  [MAY_HOLD.markup, '<&_jJ'],
  [MAY_HOLD.garbled, '\ufffd锟斤烫屯葺'],
  [MAY_HOLD.garbled, Array.from({ length: 0x5f }, (_, n) => String.fromCharCode(0xa1 + n)).join('')],
];

let table: Uint8Array | undefined;

/** By UTF-16 unit. */
function readTable(): Uint8Array {
  const made = new Uint8Array(0x10000);
  const add = (bit: number, signs: string): void => {
    for (let at = 0; at < signs.length; at += 1) made[signs.charCodeAt(at)] = bit | marksOf(made, signs, at);
  };
  for (const [bit, signs] of SIGNS) add(bit, signs);
  add(MAY_HOLD.utf8AsGbk, readOpeners());
  return made;
}

/** Characters of GB 18030 whose two bytes begin a Chinese character of UTF-8: 鍏 鏄 椋 … Most are rare, some are in daily use. */
function readOpeners(): string {
  const bytes: number[] = [];
  for (const lead of [0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xef])
    for (let next = 0x80; next <= 0xbf; next += 1) bytes.push(lead, next);
  return new TextDecoder('gb18030').decode(Uint8Array.from(bytes));
}

function marksOf(marks: Uint8Array, text: string, at: number): number {
  return marks[text.charCodeAt(at)] ?? 0;
}

/** What a text may hold, bits of `MAY_HOLD`. Of what is not among them it holds nothing for certain. */
export function mayHold(text: string): number {
  table ??= readTable();
  let found = 0;
  for (let at = 0; at < text.length && found !== ALL; at += 1) found |= marksOf(table, text, at);
  return found;
}

/** Whether the sign there may begin a word of UTF-8 that was read as GB 18030. */
export function opensUtf8AsGbk(text: string, at: number): boolean {
  table ??= readTable();
  return (marksOf(table, text, at) & MAY_HOLD.utf8AsGbk) !== 0;
}
