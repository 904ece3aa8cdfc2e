import { utils } from '@e965/xlsx';
import type { SheetGrid } from '../sheet-grid.ts';
import type { CellError } from './cell-errors.ts';
import { encodeWorkbook, type SheetToWrite } from './encode-workbook.ts';

export const PROBLEMS = '问题清单';
/** A cell holds no more; what is cut off here stands whole in the file that was sent. */
const MAX_CELL = 32_000;

/**
 * The same sheets with every error painted at its cell, with a note that says what to do, and all of them on a sheet in
 * front. Only what the cells show is written again: no formula, link or macro of the file comes back.
 */
export function markErrors(grids: readonly SheetGrid[], errors: readonly CellError[]): Uint8Array {
  const kept = grids.filter(({ name }) => name !== PROBLEMS);
  const list: SheetToWrite = {
    name: PROBLEMS,
    rows: [
      ['工作表', '单元格', '问题'],
      ...errors.map(({ sheet, row, column, message }) => [sheet, `${column}${row.toString()}`, message]),
    ],
    headRows: 1,
    widths: [14, 10, 90],
  };
  return encodeWorkbook([
    list,
    ...kept.map((grid): SheetToWrite => {
      const notes = new Map<string, { row: number; column: number; text: string; error: true }>();
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
        headRows: 1,
        widths: Array.from({ length: grid.columns }, () => 18),
        notes: [...notes.values()],
      };
    }),
  ]);
}

/** As Excel allows it. */
function sheetName(name: string): string {
  return name.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31) || 'Sheet';
}
