import { WorkbookError } from '../workbook.errors.ts';

/** UTF-16 by its byte order mark, else UTF-8, else GB 18030. @throws WorkbookError `not-a-workbook` for what is no text */
export function decodeText(bytes: Uint8Array): string {
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
  throw new WorkbookError(
    'not-a-workbook',
    '不是 .xls、.xlsx 工作簿，也不是 UTF-8 或 GB18030 编码的 CSV。请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。',
  );
}
