import type { SheetGrid } from '@mandate/workbook';
import { sideOf } from './adjusted-sides.ts';
import { findMeaning, type Meaning, plainWords } from './vocabulary/find-field.ts';

/** What stands at the head of one column, over all rows of the header. */
export interface Head {
  readonly column: number;
  /** as the file has it, the rows one after the other; '' for a column without words */
  readonly words: string;
  readonly meaning: Meaning | undefined;
  /** of a table of 调整前 and 调整后: it says what an item was, and nothing that holds */
  readonly former?: Meaning;
  /** an article or its words, which are read with the title of their basis */
  readonly isPart?: boolean;
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
  const heads = Array.from({ length: grid.columns }, (_, column) => {
    const lines = Array.from({ length: end - top }, (_row, n) => grid.text(top + n, column));
    // A cell merged over both rows shows its words in both.
    const words = lines.filter((line, n) => line !== '' && line !== lines[n - 1]);
    const over = words.length > 0 ? sideOver(grid, { top, end }, column) : [];
    return { column, words, sides: [...over, ...words.map(sideOf)] };
  });
  const isAdjusted = (['before', 'after'] as const).every((wanted) =>
    heads.some(({ sides }) => sides.some(({ side }) => side === wanted)),
  );
  return heads.map(({ column, words, sides }) => {
    const head = { column, words: words.join(' ') };
    if (!isAdjusted) return { ...head, meaning: meaningOf(words) };
    const meaning = meaningOf(sides.map(({ rest }) => rest).filter((rest) => rest !== ''));
    const isFormer = sides.some(({ side }) => side === 'before');
    return isFormer
      ? { ...head, meaning: { field: undefined, strength: 3 }, ...(meaning && { former: meaning }) }
      : { ...head, meaning };
  });
}

/** 调整前 over several columns whose cells are not merged: it stands over the first, and over the blanks at its right. */
function sideOver(grid: SheetGrid, { top, end }: HeaderRows, column: number): ReturnType<typeof sideOf>[] {
  for (let row = top; row < end - 1; row += 1) {
    let at = column;
    while (at > 0 && grid.text(row, at) === '') at -= 1;
    const found = sideOf(grid.text(row, at));
    if (at < column && found.side !== undefined && found.rest === '') return [found];
  }
  return [];
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
    const isSide = sideOf(own).side !== undefined;
    // A title over the whole table is no part of its header.
    if (!isSide && merge && merge.right - merge.left + 1 > grid.columns / 2) return false;
    written += 1;
    if (isSide || findMeaning(own) !== undefined) known += 1;
  }
  if (written === 0) return false;
  const joined = Array.from({ length: grid.columns }, (_, column) => grid.mergeAt(next, column)).some(
    (merge) => merge !== undefined && merge.top !== merge.bottom && merge.top <= row && row <= merge.bottom,
  );
  return known * 2 >= written || (joined && written > 0) || (row < next && known > 0);
}
