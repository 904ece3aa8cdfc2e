/** Spreadsheets take UTF-8 for the code page of the computer without it. */
const BYTE_ORDER_MARK = '\ufeff';
/**
 * What a spreadsheet takes for a formula (OWASP: CSV injection), behind leading blanks too, and in the widths in which
 * Chinese systems type it. Apostrophes before it count, so that the one that is added can be told from those that were there.
 */
const FORMULA = /^'*\s*[=+\-@＝＋－＠]|^'*[\t\r\n]/;

/**
 * Rows → CSV (RFC 4180) with a byte order mark, for Excel and WPS: no cell is ever a formula. A text that would be one
 * begins with an apostrophe, which `parseCsvCell` takes off again; a number is a number, negative or not.
 */
export function encodeCsv(rows: Iterable<readonly (string | number | undefined)[]>): string {
  let text = BYTE_ORDER_MARK;
  for (const row of rows) text += `${row.map(encodeCell).join(',')}\r\n`;
  return text;
}

/** What a cell says, without the apostrophe that `encodeCsv` puts before a formula. */
export function parseCsvCell(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
}

function encodeCell(value: string | number | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
