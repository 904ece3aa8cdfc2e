import { mendText } from '@mandate/encoding';
import { parse } from 'csv-parse/browser/esm/sync';
import { WORKBOOK_LIMITS, type WorkbookLimits } from '../limits.ts';
import { type GridCell, type MendedCell, SheetGrid } from '../reading/sheet-grid.ts';
import { WorkbookError } from '../workbook.errors.ts';
import { decodeText } from './decode-text.ts';
import { parseCsvCell } from './encode-csv.ts';

/**
 * Bytes of a CSV → one sheet. UTF-8 with or without BOM, UTF-16 with BOM, or GB 18030, as Excel on a Chinese Windows
 * saves it; separated by commas, semicolons or tabs.
 * @throws WorkbookError `not-a-workbook` for what is no text, `damaged-workbook` for quotes that do not close, `too-large`
 */
export function readCsv(bytes: Uint8Array, limits: WorkbookLimits = WORKBOOK_LIMITS): SheetGrid {
  if (bytes.length > limits.csvBytes)
    throw tooLarge(`文件超过 ${(limits.csvBytes / 2 ** 20).toString()} MB，未读取。`);
  const text = decodeText(bytes);
  const delimiter = findDelimiter(text);
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

/** The one that stands most often in the first line, outside its quotes. */
function findDelimiter(text: string): string {
  const [line = ''] = text.replace(/"[^"]*"/g, '').split(/[\r\n]/, 1);
  const count = (sign: string): number => {
    let found = 0;
    for (let at = line.indexOf(sign); at >= 0; at = line.indexOf(sign, at + 1)) found += 1;
    return found;
  };
  return [',', '\t', ';'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

function lineOf(cause: unknown): number | undefined {
  if (typeof cause !== 'object' || cause === null || !('lines' in cause)) return undefined;
  return typeof cause.lines === 'number' ? cause.lines : undefined;
}

function tooLarge(what: string): WorkbookError {
  return new WorkbookError('too-large', `CSV ${what}`);
}
