/** Width of a character in ems: Chinese characters and their punctuation fill a square, the rest about a half. */
function emsOf(char: string): number {
  // A character of a string always has a code point.
  const code = char.codePointAt(0) ?? 0;
  return code >= 0x2e80 || '—…“”‘’·'.includes(char) ? 1 : 0.58;
}

export function textEms(text: string): number {
  return [...text].reduce((sum, char) => sum + emsOf(char), 0);
}

/** May not begin a line. */
const CLOSES = '，。；：！？、）》”’】';

/** A text in lines of at most `ems`, at most `lines` of them; the last then ends in an ellipsis. */
export function wrapText(text: string, ems: number, lines = Infinity): string[] {
  const wrapped: string[] = [];
  let line = '';
  // Latin words and numbers stay whole where a line can hold them.
  for (const part of text.replace(/\s+/g, ' ').match(/[0-9A-Za-z.,%+-]+|[\s\S]/gu) ?? []) {
    const pieces = textEms(part) > ems ? [...part] : [part];
    for (const piece of pieces) {
      const fits = textEms(line + piece) <= ems || CLOSES.includes(piece);
      if (!fits && line.trim() !== '') {
        wrapped.push(line.trim());
        line = '';
      }
      line += piece;
    }
  }
  if (line.trim() !== '') wrapped.push(line.trim());
  if (wrapped.length <= lines) return wrapped;
  const last = [...(wrapped[lines - 1] ?? '')].slice(0, -1).join('');
  return [...wrapped.slice(0, lines - 1), `${last}…`];
}

/** The same, with lines of about one length: no character alone on the last. */
export function wrapEvenly(text: string, ems: number, lines = Infinity): string[] {
  const needed = wrapText(text, ems, lines);
  if (needed.length < 2) return needed;
  for (let narrow = Math.ceil(textEms(text) / needed.length); narrow < ems; narrow++) {
    const even = wrapText(text, narrow, lines);
    if (even.length === needed.length) return even;
  }
  return needed;
}
