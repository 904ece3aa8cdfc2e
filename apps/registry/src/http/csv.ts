/** What Excel, LibreOffice and WPS read as the beginning of a formula, whatever the file says. */
const FORMULA = /^[=+\-@\t\r]/;
/** Excel takes a file without it for the code page of the computer. */
const BYTE_ORDER_MARK = '\ufeff';

/**
 * Rows as CSV (RFC 4180) in UTF-8, for Excel: no cell is ever a formula. One that would be begins with an apostrophe,
 * which shows that it is text.
 */
export function encodeCsv(
  header: readonly string[],
  rows: Iterable<readonly (string | number | undefined)[]>,
): string {
  const lines = [header.map(encodeCell).join(',')];
  for (const row of rows) lines.push(row.map(encodeCell).join(','));
  return `${BYTE_ORDER_MARK}${lines.join('\r\n')}\r\n`;
}

function encodeCell(value: string | number | undefined): string {
  // A negative number is a number.
  if (typeof value === 'number') return String(value);
  const text = value === undefined ? '' : FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}
