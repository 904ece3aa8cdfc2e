import * as XLSX from '@e965/xlsx';
import type { ParsingOptions, WorkBook } from '@e965/xlsx';
import { WORKBOOK_LIMITS, type WorkbookLimits } from '../limits.ts';
import { streamNames } from '../told-apart/compound-streams.ts';
import { fileKindOf } from '../told-apart/file-kind.ts';
import { notAList, notAListByStreams } from '../told-apart/not-lists.ts';
import { DAMAGED_ADVICE, WorkbookError } from '../workbook.errors.ts';
import { giveCodePages } from './code-pages.ts';
import { type OfficePart, officeParts } from './office-parts.ts';
import type { SheetGrid } from './sheet-grid.ts';
import { SheetReader } from './read-sheet.ts';

const MIB = 2 ** 20;
const READING = {
  dense: true,
  cellFormula: false,
  cellHTML: false,
  cellNF: false,
  cellText: true,
  // Hidden rows and columns are only told with the styles.
  cellStyles: true,
  bookVBA: false,
} as const satisfies ParsingOptions;

/**
 * Bytes of an .xls, .xlsx, .xlsb or .ods, told apart by content, never by the file's ending → its sheets. Values only: a
 * formula counts as the value that was saved with it and is never evaluated.
 * @throws WorkbookError for what is no workbook, is protected, damaged or too large
 */
export function readWorkbook(bytes: Uint8Array, limits: WorkbookLimits = WORKBOOK_LIMITS): SheetGrid[] {
  if (bytes.length > limits.fileBytes)
    throw tooLarge(`文件超过 ${(limits.fileBytes / MIB).toString()} MB，不像是清单工作簿，未读取。`);
  const { is } = fileKindOf(bytes);
  if (is === 'zip') return sheetsOf(parseParts(officeParts(bytes, limits)), limits);
  if (is === 'compound' || is === 'records')
    return sheetsOf(parseWorkbook(oldContent(is, bytes, limits), 'array'), limits);
  throw new WorkbookError('not-a-workbook', '这是文本，不是 .xls 或 .xlsx 工作簿。');
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
function oldContent(
  is: 'compound' | 'records',
  bytes: Uint8Array,
  { binaryBytes }: WorkbookLimits,
): Uint8Array {
  if (bytes.length > binaryBytes)
    throw tooLarge(`.xls 文件超过 ${(binaryBytes / MIB).toString()} MB，不像是清单工作簿，未读取。`);
  if (is === 'compound') {
    const streams = streamNames(bytes);
    if (streams.has('encryptedpackage')) throw protectedByPassword();
    const other = notAListByStreams(streams);
    if (other !== undefined) throw notAList(other);
  }
  giveCodePages();
  return bytes;
}

/** Its own container of a compound file, which is what it makes of an archive too. */
interface PartsContainer {
  readonly FullPaths: readonly string[];
  readonly FileIndex: readonly OfficePart[];
}

/** An archive that was unpacked. @throws WorkbookError `password-protected` | `damaged-workbook` */
function parseParts(parts: readonly OfficePart[]): WorkBook {
  const container: PartsContainer = { FullPaths: parts.map(({ name }) => name), FileIndex: parts };
  // It is there, but its types do not tell of it.
  const { parse_zip } = XLSX as unknown as {
    parse_zip: (zip: PartsContainer, options: ParsingOptions) => WorkBook;
  };
  return refusing(() => {
    // Forgets the code page of an .xls that was read before, as every reading from bytes does.
    XLSX.read('', { type: 'string' });
    return parse_zip(container, { ...READING, type: 'array', cellNF: true, sheetStubs: true });
  });
}

/** @throws WorkbookError `password-protected` | `damaged-workbook` */
export function parseWorkbook(content: Uint8Array | string, type: 'array' | 'string'): WorkBook {
  return refusing(() => XLSX.read(content, { ...READING, type }));
}

function refusing(parse: () => WorkBook): WorkBook {
  try {
    return parse();
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
