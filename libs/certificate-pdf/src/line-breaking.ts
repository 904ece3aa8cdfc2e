import { charactersOf, isShaped } from './characters.ts';

/** May not open a line, may not close one (GB/T 15834 and the practice of CJK setting). */
const CLOSING = /[，。、；：？！）》」』】〕〉”’…—·,.;:?!)\]}%‰℃]/u;
const OPENING = /[（《「『【〔〈“‘([{]/u;
const WORD = /[\p{Script=Latin}\p{Nd}.\-_/@&'+:#]/u;

/**
 * Text → lines no wider than `width`. Han characters break anywhere but before closing and after opening marks, words
 * and numbers only where they do not fit a line of their own; `\n` always breaks.
 */
export function breakLines(text: string, width: number, measure: (text: string) => number): string[] {
  return text.split('\n').flatMap((paragraph) => breakParagraph(paragraph, width, measure));
}

/** The same in lines of about equal length, so that no single character is left over. */
export function balanceLines(text: string, width: number, measure: (text: string) => number): string[] {
  const count = Math.ceil(measure(text) / width - 1e-6);
  if (count <= 1) return breakLines(text, width + 1e-6, measure);
  return breakLines(text, Math.min(width, measure(text) / count + measure('字')), measure);
}

function breakParagraph(text: string, width: number, measure: (text: string) => number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const unit of units(text)) {
    if (measure((line + unit).trimEnd()) <= width) {
      line += unit;
      continue;
    }
    if (line.trim() !== '') lines.push(line.trimEnd());
    line = unit.trimStart();
    while (measure(line) > width && charactersOf(line).length > 1) {
      const head = fittingHead(line, width, measure);
      lines.push(head);
      line = line.slice(head.length);
    }
  }
  lines.push(line.trimEnd());
  return lines;
}

/** The longest start of an over-long word that fits, ended after a dot or a stroke where there is one. */
function fittingHead(word: string, width: number, measure: (text: string) => number): string {
  let head = '';
  let atMark = '';
  for (const character of charactersOf(word)) {
    if (head !== '' && measure(head + character) > width) break;
    head += character;
    if (/[./\-_]/.test(character)) atMark = head;
  }
  return atMark.length * 3 >= head.length ? atMark : head;
}

/** Runs that stay together on a line. */
function units(text: string): string[] {
  const result: string[] = [];
  let previous = '';
  for (const character of charactersOf(text)) {
    const glued =
      previous !== '' &&
      (CLOSING.test(character) ||
        OPENING.test(previous) ||
        character === ' ' ||
        (WORD.test(previous) && WORD.test(character)) ||
        // Words whose letters join are not torn; in Tibetan a syllable ends at its dot.
        (isShaped(character) && isShaped(previous) && !/^[་༌།]/u.test(previous)));
    if (glued) result.push((result.pop() ?? '') + character);
    else result.push(character);
    previous = character;
  }
  return result;
}
