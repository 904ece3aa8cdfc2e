import { cleanText } from '@mandate/encoding';
import { type CellObject, read, type WorkBook, type WorkSheet } from '@e965/xlsx';
import { ImportError } from './imports.errors.ts';
import { type GridCell, type Merge, SheetGrid } from './sheet-grid.ts';
import { verifyZipLimits } from './zip-limits.ts';

const MAX_FILE_BYTES = 200 * 2 ** 20;
/** The older format packs cells closer: this many bytes may be as many cells as an .xlsx may have. */
const MAX_XLS_BYTES = 48 * 2 ** 20;
const MAX_SHEETS = 200;
const MAX_ROWS = 100_000;
const MAX_COLUMNS = 400;
const MAX_MERGED_CELLS = 4_000_000;

/**
 * Bytes of an .xls or .xlsx, told apart by content, never by the file's ending → its sheets. Values only: a formula
 * counts as the value that was saved with it and is never evaluated.
 * @throws ImportError for what is no workbook, is protected, damaged or too large
 */
export function readWorkbook(bytes: Uint8Array): SheetGrid[] {
  if (bytes.length > MAX_FILE_BYTES)
    throw new ImportError('too-large', '文件超过 200 MB，不像是清单工作簿，未读取。');
  verifyContainer(bytes);
  const workbook = parse(bytes);
  if (workbook.SheetNames.length > MAX_SHEETS)
    throw new ImportError('too-large', `工作表超过 ${MAX_SHEETS.toString()} 张，未读取。`);
  return workbook.SheetNames.map((name, n) => {
    const sheet = workbook.Sheets[name];
    const hidden = (workbook.Workbook?.Sheets?.[n]?.Hidden ?? 0) !== 0;
    return toGrid(name, hidden, sheet ?? {});
  });
}

const HEAD = {
  zip: [0x50, 0x4b, 0x03, 0x04],
  compound: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1],
  pdf: [0x25, 0x50, 0x44, 0x46],
};

/** Whether the bytes begin like a workbook, of either format. */
export function isWorkbook(bytes: Uint8Array): boolean {
  return [HEAD.zip, HEAD.compound].some((head) => head.every((byte, n) => bytes[n] === byte));
}

/** The reader would guess at anything, also at a web page or a text with commas: only real workbooks reach it. */
function verifyContainer(bytes: Uint8Array): void {
  const opensWith = (head: readonly number[]): boolean => head.every((byte, n) => bytes[n] === byte);
  if (opensWith(HEAD.compound)) {
    if (bytes.length <= MAX_XLS_BYTES) return;
    throw new ImportError('too-large', '.xls 文件超过 48 MB，不像是清单工作簿，未读取。');
  }
  if (opensWith(HEAD.zip)) {
    verifyZipLimits(bytes);
    return;
  }
  const advice = '请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。';
  if (bytes.length === 0) throw new ImportError('not-a-workbook', '文件是空的。');
  if (opensWith(HEAD.pdf)) throw new ImportError('not-a-workbook', '这是 PDF 文件，不是工作簿。');
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 1_000)).trimStart();
  if (/^(?:\u00ef\u00bb\u00bf)?\s*<(?:!doctype|html|head|table|meta|\?xml)/i.test(head))
    throw new ImportError('not-a-workbook', `这是网页或 XML 文件，只是改了扩展名。${advice}`);
  throw new ImportError('not-a-workbook', `不是 .xls 或 .xlsx 工作簿（可能是文本或 CSV）。${advice}`);
}

function parse(bytes: Uint8Array): WorkBook {
  try {
    return read(bytes, {
      type: 'array',
      dense: true,
      cellFormula: false,
      cellHTML: false,
      cellNF: false,
      cellText: true,
      // Hidden rows and columns are only told with the styles.
      cellStyles: true,
      bookVBA: false,
    });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : '';
    if (/password|encrypt/i.test(reason))
      throw new ImportError('password-protected', '工作簿有密码保护，请取消密码后再导入。', { cause });
    throw new ImportError(
      'damaged-workbook',
      '工作簿无法读取：文件已损坏，或不是 Excel 工作簿。请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。',
      { cause },
    );
  }
}

function toGrid(name: string, hidden: boolean, sheet: WorkSheet): SheetGrid {
  const cells: GridCell[] = [];
  const errors: GridCell[] = [];
  const rows: readonly (readonly (CellObject | undefined)[] | undefined)[] = sheet['!data'] ?? [];
  rows.forEach((line, row) => {
    line?.forEach((cell, column) => {
      if (cell === undefined) return;
      const text = cellText(cell);
      if (text === '') return;
      // Only rows with words count: sheets are often formatted down to their last row.
      if (row >= MAX_ROWS)
        throw new ImportError('too-large', `工作表“${name}”超过 ${MAX_ROWS.toString()} 行，未读取。`);
      if (column >= MAX_COLUMNS)
        throw new ImportError('too-large', `工作表“${name}”超过 ${MAX_COLUMNS.toString()} 列，未读取。`);
      (cell.t === 'e' ? errors : cells).push({ row, column, text });
    });
  });
  return new SheetGrid({
    name,
    hidden,
    cells,
    errors,
    merges: readMerges(name, sheet, cells),
    hiddenRows: hiddenOf(sheet['!rows']),
    hiddenColumns: hiddenOf(sheet['!cols']),
  });
}

/** A number or a date as the list shows it, a text as it is; also one that begins with = + - or @. */
function cellText(cell: CellObject): string {
  if (cell.v === undefined) return '';
  if (typeof cell.v === 'string') return cleanText(cell.v);
  // A code of twelve digits in a cell without a format is shown as 6.50102E+11, but it is its digits.
  if (Number.isSafeInteger(cell.v) && /\dE\+\d/.test(cell.w ?? '')) return String(cell.v);
  return cleanText(cell.w ?? String(cell.v));
}

function hiddenOf(places: readonly ({ hidden?: boolean } | undefined)[] | undefined): Set<number> {
  const hidden = new Set<number>();
  places?.forEach((place, n) => {
    if (place?.hidden === true) hidden.add(n);
  });
  return hidden;
}

function readMerges(name: string, sheet: WorkSheet, cells: readonly GridCell[]): Merge[] {
  const rows = cells.reduce((most, { row }) => Math.max(most, row + 1), 0);
  const columns = cells.reduce((most, { column }) => Math.max(most, column + 1), 0);
  let area = 0;
  const merges: Merge[] = [];
  for (const { s, e } of sheet['!merges'] ?? []) {
    const bottom = Math.min(e.r, rows - 1);
    const right = Math.min(e.c, columns - 1);
    if (s.r > bottom || s.c > right || s.r < 0 || s.c < 0) continue;
    area += (bottom - s.r + 1) * (right - s.c + 1);
    if (area > MAX_MERGED_CELLS)
      throw new ImportError('too-large', `工作表“${name}”的合并单元格过多，未读取。`);
    merges.push({ top: s.r, left: s.c, bottom, right });
  }
  return merges;
}
