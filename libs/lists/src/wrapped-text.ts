import { cleanText } from '@mandate/encoding';

/** A line that opens something of its own: a bracketed kind, a stage, a number, an article. */
const OPENS =
  /^\s*(?:【|《|直接实施责任|指导监督责任|[（(]?\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[)）.．、：:]|第\s*[零〇一二三四五六七八九十百千\d]+\s*[条章节款项])/;
/** What ends a sentence; only after it does a line end mean anything by itself. */
const ENDS = /[。；;：:！？!?…]/;

/**
 * Text of a cell, without the line ends that stand in the middle of a sentence: lists pasted from a printed page break
 * every few characters. Only line ends and the blanks beside them go; every other character stays, in its order.
 */
export function joinWrappedLines(text: string): string {
  let joined = '';
  let last = '';
  for (const written of cleanText(text).split('\n')) {
    const line = written.trim();
    if (line === '') continue;
    joined += `${last === '' ? '' : between(last, line)}${line}`;
    last = line.slice(-1);
  }
  return joined;
}

/** @param last the last sign of the line above */
function between(last: string, line: string): '' | ' ' | '\n' {
  // A wrapped bracket (【␤法律】) or book mark is never the end of a line, whatever the next one opens with.
  if (/[【《〈（(]/.test(last)) return '';
  if (ENDS.test(last) || OPENS.test(line)) return '\n';
  // Two Latin words that a line end kept apart still need something between them.
  return /[A-Za-z]/.test(last) && /^[A-Za-z]/.test(line) ? ' ' : '';
}

/** Text without any white space: what two spellings of the same words have in common. */
export function withoutBlanks(text: string): string {
  return text.replace(/[\s\u00a0\u3000]+/g, '');
}

/**
 * A name out of a cell: one line, no blank between two Chinese characters.
 */
export function joinName(text: string): string {
  return cleanText(text)
    .replace(/[\s\u00a0\u3000]+/g, ' ')
    .replace(/ ?([^\u0020-\u007e]) ?/g, '$1')
    .trim();
}
