import { readCsvText, requireBytes } from './csv/read-csv.ts';
import { WORKBOOK_LIMITS, type WorkbookLimits } from './limits.ts';
import { readHtml } from './markup/read-html.ts';
import { readFlatOds, readSpreadsheetXml } from './markup/read-spreadsheet-xml.ts';
import { readWorkbook } from './reading/read-workbook.ts';
import type { SheetGrid } from './reading/sheet-grid.ts';
import { fileKindOf } from './told-apart/file-kind.ts';

/**
 * Bytes of whatever holds tables → its sheets: an .xls of any age, .xlsx, .xlsb, .ods, a page with tables or XML of Excel 2003
 * (both are found named .xls), a CSV. Told apart by content, never by the file's ending.
 * @throws WorkbookError for what holds none, which it names, is protected, damaged or too large
 */
export function readSheets(bytes: Uint8Array, limits: WorkbookLimits = WORKBOOK_LIMITS): SheetGrid[] {
  const kind = fileKindOf(bytes);
  if (!('text' in kind)) return readWorkbook(bytes, limits);
  requireBytes(bytes, limits);
  switch (kind.is) {
    case 'html':
      return readHtml(kind.text, limits);
    case 'xml-2003':
      return readSpreadsheetXml(kind.text, limits);
    case 'flat-ods':
      return readFlatOds(kind.text, limits);
    case 'csv':
      return [readCsvText(kind.text, limits)];
  }
}
