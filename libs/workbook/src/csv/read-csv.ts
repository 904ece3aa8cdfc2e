import { mendText } from '@mandate/encoding';
import { parse } from 'csv-parse/browser/esm/sync';
import { WORKBOOK_LIMITS, type WorkbookLimits } from '../limits.ts';
import { type GridCell, type MendedCell, SheetGrid } from '../reading/sheet-grid.ts';
import { WorkbookError } from '../workbook.errors.ts';
import { decodeText } from '../told-apart/decode-text.ts';
import { parseCsvCell } from './encode-csv.ts';

/** For Excel, in a first line of its own: which sign parts the cells. */
const SAID_DELIMITER = /^\ufeff?sep=([,;\t])\r?\n/i;
/** Lines in which the separator is looked for: the first ones may be a title. */
const TITLE_LINES = 20;

/**
 * Bytes of a CSV → one sheet. UTF-8 or UTF-16 with or without BOM, GB 18030, as Excel on a Chinese Windows saves
 * it, or Big5; separated by commas, semicolons or tabs.
 * @throws WorkbookError `not-a-workbook` for what is no text, `damaged-workbook` for quotes that do not close, `too-large`
 */
export function readCsv(bytes: Uint8Array, limits: WorkbookLimits = WORKBOOK_LIMITS): SheetGrid {
  requireBytes(bytes, limits);
  return readCsvText(decodeText(bytes), limits);
}

/** @throws WorkbookError `too-large` */
export function requireBytes(bytes: Uint8Array, { csvBytes }: Pick<WorkbookLimits, 'csvBytes'>): void {
  if (bytes.length > csvBytes) throw tooLarge(`文件超过 ${(csvBytes / 2 ** 20).toString()} MB，未读取。`);
}

/** The text of a CSV → one sheet. @throws WorkbookError `damaged-workbook` | `too-large` */
export function readCsvText(whole: string, limits: WorkbookLimits): SheetGrid {
  const said = SAID_DELIMITER.exec(whole);
  const delimiter = said?.[1] ?? findDelimiter(whole);
  const text = withoutTextFormulas(whole.slice(said?.[0].length ?? 0), delimiter);
  requireShape(text, delimiter, limits);
  let rows: string[][];
  try {
    rows = parse(text, {
      delimiter,
      relaxColumnCount: true,
      relaxQuotes: false,
      recordDelimiter: ['\r\n', '\n', '\r'],
    });
  } catch (cause) {
    const line = lineOf(cause);
    throw new WorkbookError(
      'damaged-workbook',
      `CSV 无法读取：${line === undefined ? '' : `第 ${line.toString()} 行附近`}引号没有成对。请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。`,
      { cause },
    );
  }
  const mended: MendedCell[] = [];
  const cells: GridCell[] = rows.flatMap((fields, row) => {
    const line = `第 ${(row + 1).toString()} 行`;
    return fields.flatMap((field, column) => {
      if (field.length > limits.cellCharacters)
        throw tooLarge(`${line}有单元格超过 ${limits.cellCharacters.toString()} 个字，未读取。`);
      const shown = parseCsvCell(field);
      const { text, mendings } = mendText(shown);
      if (mendings.length > 0) mended.push({ row, column, text, mendings });
      return text === '' ? [] : [{ row, column, text }];
    });
  });
  return new SheetGrid({
    name: 'CSV',
    hidden: false,
    cells,
    merges: [],
    hiddenRows: new Set(),
    hiddenColumns: new Set(),
    errors: [],
    mended,
  });
}

/** Rows and columns are counted before a parser makes an object of each: some megabytes of commas would be gigabytes. */
function requireShape(text: string, delimiter: string, limits: WorkbookLimits): void {
  let [quoted, columns, rows] = [false, 1, 1];
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (sign === delimiter) {
      columns += 1;
      if (columns > limits.columns)
        throw tooLarge(`第 ${rows.toString()} 行超过 ${limits.columns.toString()} 列，未读取。`);
    } else if (sign === '\n' || (sign === '\r' && text[at + 1] !== '\n')) {
      columns = 1;
      // A line end closes the last row and opens none.
      if (at < text.length - 1) rows += 1;
      if (rows > limits.rows) throw tooLarge(`超过 ${limits.rows.toString()} 行，未读取。`);
    }
  }
}

/** `="0101"`: how programs keep Excel from taking a code for a number. It is the text between its quotes. */
function withoutTextFormulas(text: string, delimiter: string): string {
  if (!text.includes('="')) return text;
  const cell = new RegExp(`(^|[${delimiter}\\r\\n])="((?:[^"\\r\\n]|"")*)"(?=[${delimiter}\\r\\n]|$)`, 'g');
  return text.replace(cell, '$1"$2"');
}

/** The one that stands most often, outside its quotes, in the first line that has any. */
function findDelimiter(text: string): string {
  let lines = text.split(/[\r\n]+/, TITLE_LINES);
  if (lines[0]?.includes('"') === true) lines = text.replace(/"[^"]*"/g, '').split(/[\r\n]+/, TITLE_LINES);
  const found = lines.map((line) => mostOften(line)).find((sign) => sign !== undefined);
  return found ?? ',';
}

function mostOften(line: string): string | undefined {
  const count = (sign: string): number => line.split(sign).length - 1;
  const best = [',', '\t', ';'].reduce((most, sign) => (count(sign) > count(most) ? sign : most));
  return count(best) === 0 ? undefined : best;
}

function lineOf(cause: unknown): number | undefined {
  if (typeof cause !== 'object' || cause === null || !('lines' in cause)) return undefined;
  return typeof cause.lines === 'number' ? cause.lines : undefined;
}

function tooLarge(what: string): WorkbookError {
  return new WorkbookError('too-large', `CSV ${what}`);
}
