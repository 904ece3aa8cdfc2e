import { utils, write, type CellObject, type WorkSheet } from '@e965/xlsx';
import { shownCell, type Cell, type Table } from './table.ts';

/** What a cell of a workbook holds at most, in UTF-16 units. */
const MAX_CELL = 32_767;
const CUT = '……（过长，全文见 JSON 或事项页面）';
/** Sheet names: no : \ / ? * [ ], 31 units. */
const NOT_IN_SHEET_NAME = /[:\\/?*[\]]/g;

/** A workbook of one sheet. Every text is a text cell, so nothing in it is ever a formula; same table, same bytes. */
export function encodeXlsx({ title, columns, rows }: Table): Uint8Array<ArrayBuffer> {
  const sheet: WorkSheet = {};
  const put = (row: number, column: number, cell: CellObject): void => {
    sheet[utils.encode_cell({ r: row, c: column })] = cell;
  };
  columns.forEach(({ heading }, column) => put(0, column, { t: 's', v: heading }));
  rows.forEach((row, y) =>
    row.forEach((cell, x) => {
      const object = cellObject(cell);
      if (object) put(y + 1, x, object);
    }),
  );
  const end = { r: rows.length, c: columns.length - 1 };
  sheet['!ref'] = utils.encode_range({ s: { r: 0, c: 0 }, e: end });
  sheet['!cols'] = columns.map(({ width = 16 }) => ({ wch: width }));
  sheet['!autofilter'] = { ref: sheet['!ref'] };
  const name = title.replace(NOT_IN_SHEET_NAME, ' ').slice(0, 31);
  const book = { SheetNames: [name], Sheets: { [name]: sheet }, Props: { Title: title } };
  // Its type is told by `type: 'array'`.
  return new Uint8Array(write(book, { bookType: 'xlsx', type: 'array', compression: true }) as ArrayBuffer);
}

function cellObject(cell: Cell): CellObject | undefined {
  const shown = shownCell(cell);
  if (shown === '') return undefined;
  if (typeof shown === 'number') return { t: 'n', v: shown };
  return { t: 's', v: shown.length <= MAX_CELL ? shown : shown.slice(0, MAX_CELL - CUT.length) + CUT };
}
