import { read, type WorkBook } from '@e965/xlsx';
import { WORKBOOK_LIMITS, type WorkbookLimits } from '../limits.ts';
import { DAMAGED_ADVICE, WorkbookError } from '../workbook.errors.ts';
import { repackOffice } from './office-parts.ts';
import type { SheetGrid } from './sheet-grid.ts';
import { SheetReader } from './read-sheet.ts';

const HEAD = {
  zip: [0x50, 0x4b, 0x03, 0x04],
  compound: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1],
  pdf: [0x25, 0x50, 0x44, 0x46],
};
const MIB = 2 ** 20;

/** Whether the bytes begin like a workbook, of either format. */
export function isWorkbook(bytes: Uint8Array): boolean {
  return opensWith(bytes, HEAD.zip) || opensWith(bytes, HEAD.compound);
}

/**
 * Bytes of an .xls, .xlsx, .xlsb or .ods, told apart by content, never by the file's ending → its sheets. Values only: a
 * formula counts as the value that was saved with it and is never evaluated.
 * @throws WorkbookError for what is no workbook, is protected, damaged or too large
 */
export function readWorkbook(bytes: Uint8Array, limits: WorkbookLimits = WORKBOOK_LIMITS): SheetGrid[] {
  if (bytes.length > limits.fileBytes)
    throw tooLarge(`文件超过 ${(limits.fileBytes / MIB).toString()} MB，不像是清单工作簿，未读取。`);
  const workbook = parse(contentOf(bytes, limits));
  const names = workbook.SheetNames;
  if (names.length > limits.sheets) throw tooLarge(`工作表超过 ${limits.sheets.toString()} 张，未读取。`);
  const reader = new SheetReader(limits);
  return names.map((name, n) => {
    const hidden = (workbook.Workbook?.Sheets?.[n]?.Hidden ?? 0) !== 0;
    return reader.read(name, hidden, workbook.Sheets[name] ?? {});
  });
}

/** The reader would guess at anything, also at a web page or a text with commas: only real workbooks reach it. */
function contentOf(bytes: Uint8Array, limits: WorkbookLimits): Uint8Array {
  if (opensWith(bytes, HEAD.compound)) {
    if (bytes.length <= limits.binaryBytes) return bytes;
    throw tooLarge(`.xls 文件超过 ${(limits.binaryBytes / MIB).toString()} MB，不像是清单工作簿，未读取。`);
  }
  if (opensWith(bytes, HEAD.zip)) return repackOffice(bytes, limits);
  const advice = '请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。';
  if (bytes.length === 0) throw new WorkbookError('not-a-workbook', '文件是空的。');
  if (opensWith(bytes, HEAD.pdf)) throw new WorkbookError('not-a-workbook', '这是 PDF 文件，不是工作簿。');
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 1_000)).trimStart();
  if (/^(?:\u00ef\u00bb\u00bf)?\s*<(?:!doctype|html|head|table|meta|\?xml)/i.test(head))
    throw new WorkbookError('not-a-workbook', `这是网页或 XML 文件，只是改了扩展名。${advice}`);
  throw new WorkbookError('not-a-workbook', `不是 .xls 或 .xlsx 工作簿（可能是文本或 CSV）。${advice}`);
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
      throw new WorkbookError('password-protected', '工作簿有密码保护，请取消密码后再导入。', { cause });
    throw new WorkbookError('damaged-workbook', DAMAGED_ADVICE, { cause });
  }
}

function opensWith(bytes: Uint8Array, head: readonly number[]): boolean {
  return head.every((byte, n) => bytes[n] === byte);
}

function tooLarge(message: string): WorkbookError {
  return new WorkbookError('too-large', message);
}
