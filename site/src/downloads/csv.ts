import { shownCell, type Cell, type Table } from './table.ts';

/** Spreadsheets take UTF-8 for their own code page without it. */
const BYTE_ORDER_MARK = '\uFEFF';
/** What makes a spreadsheet read a cell as a formula (OWASP: CSV injection), full-width signs and leading blanks too. */
const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/;

/** RFC 4180, with a byte order mark. A text that a spreadsheet would run as a formula gets an apostrophe before it. */
export function encodeCsv({ columns, rows }: Table): string {
  const lines = [columns.map(({ heading }) => heading), ...rows.map((row) => row.map(plain))];
  return BYTE_ORDER_MARK + lines.map((cells) => `${cells.map(quote).join(',')}\r\n`).join('');
}

function plain(cell: Cell): string {
  const shown = shownCell(cell);
  if (typeof shown === 'number') return String(shown);
  return FORMULA.test(shown) ? `'${shown}` : shown;
}

function quote(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
