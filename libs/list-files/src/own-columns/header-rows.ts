import type { SheetGrid } from '@mandate/workbook';
import { findMeaning, type Meaning, plainWords } from './vocabulary/find-field.ts';

/** What stands at the head of one column, over all rows of the header. */
export interface Head {
  readonly column: number;
  /** as the file has it, the rows one after the other; '' for a column without words */
  readonly words: string;
  readonly meaning: Meaning | undefined;
}

export interface HeaderRows {
  /** rows of the header, the first and the one after the last */
  readonly top: number;
  readonly end: number;
}

const MOST_ROWS = 3;
/** Below a head that says of what, these say which part of it. */
const PARTS =
  /^(?:名称|内容|依据|编码|代码|类型|类别|情形|对象|范围|标准|主体|层级|权限|情形及依据|序号|时限|单位)$/;

/** The header around the row that names most fields: 责任事项 may stand over 责任事项内容 and 责任事项依据. */
export function headerRows(grid: SheetGrid, row: number): HeaderRows {
  let top = row;
  while (row - top < MOST_ROWS - 1 && isHeaderPart(grid, top - 1, top)) top -= 1;
  let end = row + 1;
  while (end - top < MOST_ROWS && isHeaderPart(grid, end, end - 1)) end += 1;
  return { top, end };
}

/** What stands at the head of every column. */
export function headsOf(grid: SheetGrid, { top, end }: HeaderRows): Head[] {
  return Array.from({ length: grid.columns }, (_, column) => {
    const lines = Array.from({ length: end - top }, (_row, n) => grid.text(top + n, column));
    // A cell merged over both rows shows its words in both.
    const words = lines.filter((line, n) => line !== '' && line !== lines[n - 1]);
    return { column, words: words.join(' '), meaning: meaningOf(words) };
  });
}

/** The words under which a person may name a column: those of each of its rows, and of all together. */
export function wordsMatch(grid: SheetGrid, rows: HeaderRows, column: number, said: string): boolean {
  const wanted = plainWords(said);
  const lines = Array.from({ length: rows.end - rows.top }, (_, n) =>
    plainWords(grid.text(rows.top + n, column)),
  );
  return wanted !== '' && (lines.includes(wanted) || [...new Set(lines)].join('') === wanted);
}

function meaningOf(words: readonly string[]): Meaning | undefined {
  const last = words.at(-1);
  if (last === undefined) return undefined;
  const above = words.slice(0, -1);
  if (above.length > 0 && PARTS.test(plainWords(last))) {
    const joined = findMeaning(`${above.join('')}${last}`);
    if (joined !== undefined) return joined;
  }
  const own = findMeaning(last);
  // 名称 and 编码 under something unknown are of that, whatever it is.
  if (own !== undefined && !(above.length > 0 && PARTS.test(plainWords(last)) && own.strength === 1))
    return own;
  return above.length === 0 ? undefined : findMeaning(above.at(-1) ?? '');
}

/** Whether a neighbour row belongs to the header: short words only, some of them known, no serial. */
function isHeaderPart(grid: SheetGrid, row: number, next: number): boolean {
  if (row < 0 || row >= grid.rows) return false;
  let written = 0;
  let known = 0;
  for (let column = 0; column < grid.columns; column += 1) {
    const own = grid.own(row, column);
    if (own === '') continue;
    if (own.length > 20 || /^[\d①-⑳]/.test(own)) return false;
    const merge = grid.mergeAt(row, column);
    // A title over the whole table is no part of its header.
    if (merge && merge.right - merge.left + 1 > grid.columns / 2) return false;
    written += 1;
    if (findMeaning(own) !== undefined) known += 1;
  }
  if (written === 0) return false;
  const joined = Array.from({ length: grid.columns }, (_, column) => grid.mergeAt(next, column)).some(
    (merge) => merge !== undefined && merge.top !== merge.bottom && merge.top <= row && row <= merge.bottom,
  );
  return known * 2 >= written || (joined && written > 0) || (row < next && known > 0);
}
