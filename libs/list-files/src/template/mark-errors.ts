import {
  encodeWorkbook,
  type NoteToWrite,
  parseCellAddress,
  type SheetGrid,
  type SheetToWrite,
} from '@mandate/workbook';
import { IMPORT_LIMITS } from '../limits.ts';
import type { CellError } from './cell-errors.ts';
import { offeredWords } from './cell-value.ts';
import { AUTHORITY_SHEETS } from './guide.ts';
import { NEGATIVE_SHEET } from './negative-sheet.ts';
import type { TemplateSheet } from './template-sheet.ts';

const PROBLEMS = '问题清单';
/** A cell holds no more; what is cut off here stands whole in the file that was sent. */
const MAX_CELL = 32_000;

/**
 * The same sheets with every error painted at its cell, with a note that says what to do, and all of them on a sheet in
 * front. Only what the cells show is written again: no formula, link or macro of the file comes back.
 */
export function markErrors(
  grids: readonly SheetGrid[],
  found: readonly CellError[],
  { markedErrors }: { readonly markedErrors: number } = IMPORT_LIMITS,
): Uint8Array {
  const errors = found.slice(0, markedErrors);
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
  const sheets = [
    list,
    ...kept.map((grid): SheetToWrite => {
      const notes = new Map<string, NoteToWrite>();
      for (const error of errors.filter(({ sheet }) => sheet === grid.name)) {
        const { row, column } = parseCellAddress(error.column, error.row);
        const before = notes.get(`${row.toString()} ${column.toString()}`);
        const text = before ? `${before.text}\n${error.message}` : error.message;
        notes.set(`${row.toString()} ${column.toString()}`, { row, column, text, error: true });
      }
      return {
        name: grid.name,
        rows: Array.from({ length: grid.rows }, (_, row) =>
          Array.from({ length: grid.columns }, (__, column) => grid.text(row, column).slice(0, MAX_CELL)),
        ),
        ...asInTemplate(grid, [...notes.values()]),
      };
    }),
  ];
  return encodeWorkbook(sheets, 'form');
}

/** The header, drop-downs and notes that a sheet of this name has in the template. */
function asInTemplate(grid: SheetGrid, notes: readonly NoteToWrite[]): Omit<SheetToWrite, 'name' | 'rows'> {
  const sheets: readonly TemplateSheet[] = [...AUTHORITY_SHEETS, NEGATIVE_SHEET];
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
