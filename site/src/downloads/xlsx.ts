import { encodeWorkbook, MAX_CELL_CHARACTERS } from '@mandate/workbook';
import { shownCell, type Table } from './table.ts';

const CUT = '……（过长，全文见 JSON 或事项页面）';

/** A workbook of one sheet, without a formula; same table, same bytes. */
export function encodeXlsx({ title, columns, rows }: Table): Uint8Array<ArrayBuffer> {
  return encodeWorkbook(
    [
      {
        name: title,
        rows: [
          columns.map(({ heading }) => heading),
          ...rows.map((row) => row.map((cell) => cut(shownCell(cell)))),
        ],
        headRows: 1,
        widths: columns.map(({ width = 16 }) => width),
        filter: true,
      },
    ],
    'list',
  );
}

function cut(shown: string | number): string | number {
  if (typeof shown === 'number' || shown.length <= MAX_CELL_CHARACTERS) return shown;
  return shown.slice(0, MAX_CELL_CHARACTERS - CUT.length) + CUT;
}
