import { columnLetters, type SheetGrid } from '@mandate/workbook';
import { decodeCell } from './cell-value.ts';
import { type CellError, type CellPlace, errorAt, FORMULA_ERROR } from './cell-errors.ts';
import { type Address, ADDRESSES, type TemplateColumn, type TemplateSheet } from './template-sheet.ts';
import { headersOf } from './template-workbook.ts';

const SEARCHED_ROWS = 10;

/** A sheet of a filled template with its header found. */
export interface FilledSheet {
  readonly sheet: TemplateSheet;
  /** headers that are there */
  readonly headers: ReadonlySet<string>;
  readonly rows: readonly FilledRow[];
  readonly errors: readonly CellError[];
  /** counted as a person sees it: rows from 1, columns by letters */
  readonly unknown: readonly { readonly row: number; readonly column: string; readonly header: string }[];
}

/** One row, not blank. */
export interface FilledRow {
  readonly rowIndex: number;
  readonly text: (header: string) => string;
  /** the cell under a header; the first one where that column is missing */
  readonly place: (column: { readonly header: string; readonly note?: string | undefined }) => CellPlace;
}

/**
 * The header of a template's sheet, by its words, whatever the order of its columns; undefined where no row has them.
 * @param longText what a reference to a long text stands for
 */
export function readFilledSheet(
  sheet: TemplateSheet,
  grid: SheetGrid,
  longText: (text: string) => string,
): FilledSheet | undefined {
  const known = new Set(headersOf(sheet));
  const rowWords = (row: number): string[] =>
    Array.from({ length: grid.columns }, (_, column) => grid.text(row, column).replace(/[\s*＊]+/g, ''));
  const head = Array.from({ length: Math.min(grid.rows, SEARCHED_ROWS) }, (_, row) => row).find(
    (row) => rowWords(row).filter((word) => known.has(word)).length >= Math.min(3, known.size),
  );
  if (head === undefined) return undefined;
  const columns = new Map<string, number>();
  const unknown: FilledSheet['unknown'][number][] = [];
  rowWords(head).forEach((word, column) => {
    if (known.has(word) && !columns.has(word)) columns.set(word, column);
    else if (word !== '') unknown.push({ row: head + 1, column: columnLetters(column), header: word });
  });
  const errors: CellError[] = [];
  const required = [...sheet.columns, ...(sheet.details?.columns ?? [])].filter(
    ({ header, required: must }) => must === true && !columns.has(header),
  );
  for (const { header } of required)
    errors.push({
      sheet: grid.name,
      row: head + 1,
      column: 'A',
      message: `没有“${header}”这一列，请用下载的模板填写。`,
    });
  const rows: FilledRow[] = [];
  for (let rowIndex = head + 1; rowIndex < grid.rows; rowIndex += 1) {
    const text = (header: string): string => {
      const column = columns.get(header);
      return column === undefined ? '' : longText(grid.text(rowIndex, column));
    };
    if ([...columns.keys()].every((header) => text(header) === '')) continue;
    rows.push({
      rowIndex,
      text,
      place: ({ header, note }) => ({
        sheet: grid.name,
        rowIndex,
        columnIndex: columns.get(header) ?? 0,
        header,
        note,
      }),
    });
  }
  for (const { row, column } of grid.errors)
    errors.push({
      sheet: grid.name,
      row: row + 1,
      column: columnLetters(column),
      message: FORMULA_ERROR,
    });
  return { sheet, headers: new Set(columns.keys()), rows, errors, unknown };
}

/** What a row says under some columns, each with the place it came from. */
export function readColumns(
  columns: readonly TemplateColumn[],
  row: FilledRow,
  found: {
    readonly value: (path: string, value: unknown) => void;
    readonly place: (path: string, place: CellPlace) => void;
    readonly error: (error: CellError) => void;
  },
): void {
  for (const column of columns) {
    const place = row.place(column);
    found.place(column.path, place);
    const text = row.text(column.header);
    if (text === '') continue;
    const decoded = decodeCell(column.value, text);
    if ('message' in decoded) found.error(errorAt(place, decoded.message));
    else if (decoded.value !== undefined) found.value(column.path, decoded.value);
  }
}

/** The address of a row: 事项序号 and what is below it. */
export function addressOf(
  row: FilledRow,
  address: Address,
): { readonly text: string; readonly place: CellPlace } {
  const header = ADDRESSES[address];
  return { text: row.text(header).replace(/\s+/g, ''), place: row.place({ header }) };
}
