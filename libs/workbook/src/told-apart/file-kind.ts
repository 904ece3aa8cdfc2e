import { decodeText } from './decode-text.ts';
import { WorkbookError } from '../workbook.errors.ts';
import { findNotAList, notAList } from './not-lists.ts';

/** What a file is by its bytes; its name says nothing that could be relied on. */
export type FileKind =
  | { readonly is: 'zip' }
  /** an .xls in a compound file */
  | { readonly is: 'compound' }
  /** the bare records of Excel 2 to 5 */
  | { readonly is: 'records' }
  | { readonly is: 'html' | 'xml-2003' | 'flat-ods' | 'csv'; readonly text: string };

const ZIP = [0x50, 0x4b, 0x03, 0x04];
const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/** A BOF record of BIFF 2, 3, 4, 5; no text has such a sign behind a tab. */
const RECORDS = [0x00, 0x02, 0x04, 0x08];
const HEAD_CHARACTERS = 4_000;

/** @throws WorkbookError `not-a-workbook`, which says what the file is and what to do with it */
export function fileKindOf(bytes: Uint8Array): FileKind {
  if (bytes.length === 0) throw new WorkbookError('not-a-workbook', '文件是空的。');
  if (opensWith(bytes, ZIP)) return { is: 'zip' };
  if (opensWith(bytes, COMPOUND)) return { is: 'compound' };
  if (bytes[0] === 0x09 && RECORDS.includes(bytes[1] ?? 0xff)) return { is: 'records' };
  const other = findNotAList(bytes);
  if (other !== undefined) throw notAList(other);
  const text = decodeText(bytes);
  const head = text.slice(0, HEAD_CHARACTERS);
  if (/^MIME-Version:/im.test(head) && /^Content-Type:\s*multipart/im.test(head))
    throw notAList('web-archive');
  if (!/^[\s\ufeff]*<[!?%a-z]/i.test(head)) return { is: 'csv', text };
  if (
    /<(?:[\w.-]+:)?Workbook[\s>]/.test(head) &&
    head.includes('urn:schemas-microsoft-com:office:spreadsheet')
  )
    return /<html[\s>]/i.test(head) ? { is: 'html', text } : { is: 'xml-2003', text };
  if (/<office:document[\s>]/.test(head)) return { is: 'flat-ods', text };
  if (/<table[\s>]/i.test(text)) return { is: 'html', text };
  throw notAList(/^[\s\ufeff]*<\?xml/.test(head) && !/<html[\s>]/i.test(head) ? 'other-xml' : 'empty-page');
}

function opensWith(bytes: Uint8Array, head: readonly number[]): boolean {
  return head.every((byte, n) => bytes[n] === byte);
}
