import type { CellObject, Range, WorkSheet } from '@e965/xlsx';
import type { WorkbookLimits } from '../limits.ts';
import { SheetReader } from '../reading/read-sheet.ts';
import type { SheetGrid } from '../reading/sheet-grid.ts';
import { notAList } from '../told-apart/not-lists.ts';
import { WorkbookError } from '../workbook.errors.ts';
import { type HtmlCell, type HtmlTable, htmlTables, linesOf } from './html-tables.ts';

/** In the head that Excel writes: the names of the sheets, in their order. */
const SHEET_NAME = /<x:Name>([^<]{1,100})<\/x:Name>/g;
const HEAD_CHARACTERS = 100_000;

/**
 * The tables of a page as sheets, as a spreadsheet opens them: `rowspan` and `colspan` are merged areas. A table that only
 * holds others (a layout) gives these; one in a cell of a list is words of that cell.
 * @throws WorkbookError `not-a-workbook` for a page without a table, `damaged-workbook`, `too-large`
 */
export function readHtml(page: string, limits: WorkbookLimits): SheetGrid[] {
  const tables = htmlTables(page)
    .flatMap(unfold)
    .filter(({ rows }) => rows.some(({ cells }) => cells.length > 0));
  if (tables.length > limits.sheets)
    throw new WorkbookError('too-large', `网页里的表格超过 ${limits.sheets.toString()} 个，未读取。`);
  const names = [...page.slice(0, HEAD_CHARACTERS).matchAll(SHEET_NAME)].map(([, name = '']) => name);
  const reader = new SheetReader(limits);
  const grids = tables
    .map((table, n) => {
      const name = names.length === tables.length ? names[n] : undefined;
      return reader.read(name ?? `表${(n + 1).toString()}`, false, sheetOf(table, limits));
    })
    .filter(({ rows }) => rows > 0);
  if (grids.length === 0) throw notAList('empty-page');
  return grids;
}

/** What only arranges others on the page is not a table. */
function unfold(table: HtmlTable): HtmlTable[] {
  const inner = table.rows.flatMap(({ cells }) =>
    cells.flatMap(({ parts }) => parts.filter((part) => typeof part !== 'string')),
  );
  if (inner.length === 0) return [table];
  const within = inner.reduce((sum, one) => sum + charactersOf(one), 0);
  if (within * 2 < charactersOf(table) || hasRowsOfWords(table)) return [table];
  const titles = [...table.titles, ...ownLines(table)].slice(-3);
  return inner.flatMap((one, n) => unfold(n === 0 ? { ...one, titles: [...titles, ...one.titles] } : one));
}

/** Whether most rows have words in two cells and more: a layout has its tables there. */
function hasRowsOfWords({ rows }: HtmlTable): boolean {
  const wordy = ({ parts }: HtmlCell): boolean =>
    parts.some((part) => typeof part === 'string' && part.trim() !== '');
  return rows.filter(({ cells }) => cells.filter(wordy).length > 1).length * 2 > rows.length;
}

/** Short lines of a layout may say whose list it is. */
function ownLines(table: HtmlTable): string[] {
  return table.rows
    .flatMap(({ cells }) => cells.flatMap(({ parts }) => parts.filter((part) => typeof part === 'string')))
    .flatMap(linesOf)
    .filter((line) => line.length > 1 && line.length <= 100);
}

function charactersOf(table: HtmlTable): number {
  let sum = 0;
  for (const { cells } of table.rows)
    for (const { parts } of cells)
      for (const part of parts) sum += typeof part === 'string' ? part.trim().length : charactersOf(part);
  return sum;
}

function wordsOf({ parts }: HtmlCell): string {
  return parts
    .map((part) =>
      typeof part === 'string'
        ? part
        : `\v${part.rows.map(({ cells }) => cells.map(wordsOf).join(' ')).join('\v')}\v`,
    )
    .join('');
}

/** A cell as the reader of workbooks would give it. */
function cellOf(cell: HtmlCell): CellObject {
  const shown = linesOf(wordsOf(cell)).join('\n').trim();
  const { number } = cell;
  // 1.10117E+11 with its digits beside it.
  const exact = number !== undefined && /\dE\+\d/i.test(shown) && /^\d{1,15}$/.test(number);
  return { t: 's', v: exact ? number : shown };
}

/** Each cell at its place: to the right of what reaches down from the rows above. */
function sheetOf({ rows, titles }: HtmlTable, limits: WorkbookLimits): WorkSheet {
  const data: CellObject[][] = titles.map((title) => [{ t: 's', v: title }]);
  const merges: Range[] = [];
  const hidden: { hidden: boolean }[] = [];
  /** by column: the row, from 0, from which on it is free */
  const free: number[] = [];
  let places = 0;
  for (const { cells, hidden: isHidden } of rows) {
    const row = data.length;
    const line: CellObject[] = [];
    data.push(line);
    if (isHidden) hidden[row] = { hidden: true };
    let column = 0;
    for (const cell of cells) {
      while ((free[column] ?? 0) > row) column += 1;
      const { rowspan, colspan } = cell;
      line[column] = cellOf(cell);
      if (rowspan > 1 || colspan > 1)
        merges.push({ s: { r: row, c: column }, e: { r: row + rowspan - 1, c: column + colspan - 1 } });
      for (let n = 0; n < colspan; n += 1) free[column + n] = row + rowspan;
      column += colspan;
      places += colspan;
      if (places > limits.cells || column > limits.cells)
        throw new WorkbookError(
          'too-large',
          `网页里的表格超过 ${limits.cells.toString()} 个单元格，未读取。`,
        );
    }
  }
  return { '!data': data, '!merges': merges, '!rows': hidden };
}
