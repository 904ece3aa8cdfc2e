import { read, type WorkBook } from '@e965/xlsx';
import { WORKBOOK_LIMITS, type WorkbookLimits } from '../limits.ts';
import { streamNames } from '../told-apart/compound-streams.ts';
import { fileKindOf } from '../told-apart/file-kind.ts';
import { notAList, notAListByStreams } from '../told-apart/not-lists.ts';
import { DAMAGED_ADVICE, WorkbookError } from '../workbook.errors.ts';
import { giveCodePages } from './code-pages.ts';
import { repackOffice } from './office-parts.ts';
import type { SheetGrid } from './sheet-grid.ts';
import { SheetReader } from './read-sheet.ts';

const MIB = 2 ** 20;

/**
 * Bytes of an .xls, .xlsx, .xlsb or .ods, told apart by content, never by the file's ending → its sheets. Values only: a
 * formula counts as the value that was saved with it and is never evaluated.
 * @throws WorkbookError for what is no workbook, is protected, damaged or too large
 */
export function readWorkbook(bytes: Uint8Array, limits: WorkbookLimits = WORKBOOK_LIMITS): SheetGrid[] {
  if (bytes.length > limits.fileBytes)
    throw tooLarge(`文件超过 ${(limits.fileBytes / MIB).toString()} MB，不像是清单工作簿，未读取。`);
  return sheetsOf(parseWorkbook(contentOf(bytes, limits), 'array'), limits);
}

/** What the reader of workbooks has read → its sheets. @throws WorkbookError `too-large` */
export function sheetsOf(workbook: WorkBook, limits: WorkbookLimits): SheetGrid[] {
  const names = workbook.SheetNames;
  if (names.length > limits.sheets) throw tooLarge(`工作表超过 ${limits.sheets.toString()} 张，未读取。`);
  const reader = new SheetReader(limits);
  return names.map((name, n) => {
    const hidden = (workbook.Workbook?.Sheets?.[n]?.Hidden ?? 0) !== 0;
    return reader.read(name, hidden, workbook.Sheets[name] ?? {});
  });
}

/** The reader would guess at anything: only what is a workbook by its content reaches it. */
function contentOf(bytes: Uint8Array, limits: WorkbookLimits): Uint8Array {
  const { is } = fileKindOf(bytes);
  if (is === 'zip') return repackOffice(bytes, limits);
  if (is !== 'compound' && is !== 'records')
    throw new WorkbookError('not-a-workbook', '这是文本，不是 .xls 或 .xlsx 工作簿。');
  if (bytes.length > limits.binaryBytes)
    throw tooLarge(`.xls 文件超过 ${(limits.binaryBytes / MIB).toString()} MB，不像是清单工作簿，未读取。`);
  if (is === 'compound') {
    const streams = streamNames(bytes);
    if (streams.has('encryptedpackage')) throw protectedByPassword();
    const other = notAListByStreams(streams);
    if (other !== undefined) throw notAList(other);
  }
  giveCodePages();
  return bytes;
}

/** @throws WorkbookError `password-protected` | `damaged-workbook` */
export function parseWorkbook(content: Uint8Array | string, type: 'array' | 'string'): WorkBook {
  try {
    return read(content, {
      type,
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
    if (/password|encrypt/i.test(reason)) throw protectedByPassword(cause);
    throw new WorkbookError('damaged-workbook', DAMAGED_ADVICE, { cause });
  }
}

function protectedByPassword(cause?: unknown): WorkbookError {
  return new WorkbookError('password-protected', '工作簿有密码保护，请取消密码后再导入。', { cause });
}

function tooLarge(message: string): WorkbookError {
  return new WorkbookError('too-large', message);
}
