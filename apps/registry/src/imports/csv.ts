import { parse } from 'csv-parse/sync';
import { cleanText, parseCsvCell } from '@mandate/encoding';
import { ImportError } from './imports.errors.ts';
import { type GridCell, SheetGrid } from './sheet-grid.ts';

const MAX_CSV_BYTES = 60 * 2 ** 20;
const MAX_ROWS = 100_000;
const MAX_COLUMNS = 400;

/**
 * Bytes of a CSV → one sheet. UTF-8 with or without BOM, UTF-16 with BOM, or GB 18030, as Excel on a Chinese Windows
 * saves it; separated by commas, semicolons or tabs.
 * @throws ImportError `not-a-workbook` for what is no text, `damaged-workbook` for quotes that do not close, `too-large`
 */
export function readCsv(bytes: Uint8Array): SheetGrid {
  if (bytes.length > MAX_CSV_BYTES) throw new ImportError('too-large', 'CSV 文件超过 60 MB，未读取。');
  const text = decodeText(bytes);
  let rows: string[][];
  try {
    rows = parse(text, {
      delimiter: findDelimiter(text),
      relaxColumnCount: true,
      relaxQuotes: false,
      recordDelimiter: ['\r\n', '\n', '\r'],
    });
  } catch (cause) {
    const line = lineOf(cause);
    throw new ImportError(
      'damaged-workbook',
      `CSV 无法读取：${line === undefined ? '' : `第 ${line.toString()} 行附近`}引号没有成对。请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。`,
      { cause },
    );
  }
  if (rows.length > MAX_ROWS)
    throw new ImportError('too-large', `CSV 超过 ${MAX_ROWS.toString()} 行，未读取。`);
  const cells: GridCell[] = rows.flatMap((row, r) => {
    if (row.length > MAX_COLUMNS)
      throw new ImportError(
        'too-large',
        `CSV 第 ${(r + 1).toString()} 行超过 ${MAX_COLUMNS.toString()} 列，未读取。`,
      );
    return row.flatMap((field, column) => {
      const shown = cleanText(parseCsvCell(field));
      return shown === '' ? [] : [{ row: r, column, text: shown }];
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
  });
}

function decodeText(bytes: Uint8Array): string {
  const mark = [...bytes.subarray(0, 2)].join(' ');
  const encodings =
    mark === '255 254' ? ['utf-16le'] : mark === '254 255' ? ['utf-16be'] : ['utf-8', 'gb18030'];
  for (const encoding of encodings) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      // eslint-disable-next-line no-control-regex -- what no text file holds
      if (!/[\u0000-\u0008\u000e-\u001f]/.test(text)) return text;
    } catch {
      // Not in this encoding; the next one, or none, is it.
    }
  }
  throw new ImportError(
    'not-a-workbook',
    '不是 .xls、.xlsx 工作簿，也不是 UTF-8 或 GB18030 编码的 CSV。请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。',
  );
}

/** The one that stands most often in the first line, outside its quotes. */
function findDelimiter(text: string): string {
  const [line = ''] = text.replace(/"[^"]*"/g, '').split(/[\r\n]/, 1);
  const count = (sign: string): number => line.split(sign).length - 1;
  return [',', '\t', ';'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

function lineOf(cause: unknown): number | undefined {
  if (typeof cause !== 'object' || cause === null || !('lines' in cause)) return undefined;
  return typeof cause.lines === 'number' ? cause.lines : undefined;
}
