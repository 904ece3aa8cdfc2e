import { utils } from '@e965/xlsx';
import type { SheetGrid } from '../sheet-grid.ts';
import type { CellError } from './cell-errors.ts';
import { offeredWords } from './cell-value.ts';
import { AUTHORITY_SHEETS } from './guide.ts';
import { NEGATIVE_ITEMS } from './negative-sheet.ts';
import type { TemplateSheet } from './template-sheet.ts';
import { encodeWorkbook, type SheetToWrite } from './encode-workbook.ts';

/** More than a person mends at once; a file may be wrong in every row. */
export const MAX_MARKED = 2_000;

type Note = NonNullable<SheetToWrite['notes']>[number];

export const PROBLEMS = '问题清单';
/** A cell holds no more; what is cut off here stands whole in the file that was sent. */
const MAX_CELL = 32_000;

/**
 * The same sheets with every error painted at its cell, with a note that says what to do, and all of them on a sheet in
 * front. Only what the cells show is written again: no formula, link or macro of the file comes back.
 */
export function markErrors(grids: readonly SheetGrid[], found: readonly CellError[]): Uint8Array {
  const errors = found.slice(0, MAX_MARKED);
  const more = found.length - errors.length;
  const kept = grids.filter(({ name }) => name !== PROBLEMS);
  const list: SheetToWrite = {
    name: PROBLEMS,
    rows: [
      ['工作表', '单元格', '问题'],
      ...errors.map(({ sheet, row, column, message }) => [sheet, `${column}${row.toString()}`, message]),
      ...(more > 0 ? [['', '', `另有 ${more.toString()} 处没有标出；请改好这些后重新提交。`]] : []),
    ],
    headRows: 1,
    widths: [14, 10, 90],
  };
  return encodeWorkbook([
    list,
    ...kept.map((grid): SheetToWrite => {
      const notes = new Map<string, Note>();
      for (const error of errors.filter(({ sheet }) => sheet === grid.name)) {
        const { r: row, c: column } = utils.decode_cell(`${error.column}${error.row.toString()}`);
        const before = notes.get(`${row.toString()} ${column.toString()}`);
        const text = before ? `${before.text}\n${error.message}` : error.message;
        notes.set(`${row.toString()} ${column.toString()}`, { row, column, text, error: true });
      }
      return {
        name: sheetName(grid.name),
        rows: Array.from({ length: grid.rows }, (_, row) =>
          Array.from({ length: grid.columns }, (__, column) => grid.text(row, column).slice(0, MAX_CELL)),
        ),
        ...asInTemplate(grid, [...notes.values()]),
      };
    }),
  ]);
}

/** The header, drop-downs and notes that a sheet of this name has in the template. */
function asInTemplate(grid: SheetGrid, notes: readonly Note[]): Omit<SheetToWrite, 'name' | 'rows'> {
  const sheets: readonly TemplateSheet[] = [...AUTHORITY_SHEETS, NEGATIVE_ITEMS];
  const sheet = sheets.find(({ name }) => name === grid.name);
  if (!sheet) return { widths: Array.from({ length: grid.columns }, (_, n) => (n === 1 ? 90 : 18)), notes };
  const columns = new Map(
    [...sheet.columns, ...(sheet.details?.columns ?? [])].map((column) => [column.header, column]),
  );
  const heads = Array.from({ length: grid.columns }, (_, at) => ({
    at,
    column: columns.get(grid.text(0, at)),
  }));
  const marked = new Set(notes.filter(({ row }) => row === 0).map(({ column }) => column));
  return {
    headRows: 1,
    widths: heads.map(({ column }) => column?.width ?? 12),
    choices: heads.flatMap(({ at, column }) => {
      const words = column ? offeredWords(column.value) : [];
      return words.length > 0 ? [{ column: at, words }] : [];
    }),
    notes: [
      ...heads.flatMap(({ at, column }) =>
        column?.note === undefined || marked.has(at) ? [] : [{ row: 0, column: at, text: column.note }],
      ),
      ...notes,
    ],
  };
}

/** As Excel allows it. */
function sheetName(name: string): string {
  return name.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31) || 'Sheet';
}
