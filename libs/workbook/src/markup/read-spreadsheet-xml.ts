import type { WorkbookLimits } from '../limits.ts';
import { countRepeated } from '../reading/office-parts.ts';
import { parseWorkbook, sheetsOf } from '../reading/read-workbook.ts';
import type { SheetGrid } from '../reading/sheet-grid.ts';
import { WorkbookError } from '../workbook.errors.ts';
import { checkSpreadsheetXml } from './check-spreadsheet-xml.ts';

/** A workbook that Excel 2003 saved as XML. @throws WorkbookError `damaged-workbook` | `too-large` */
export function readSpreadsheetXml(text: string, limits: WorkbookLimits): SheetGrid[] {
  checkSpreadsheetXml(text, limits);
  return sheetsOf(parseWorkbook(asUtf8(text), 'string'), limits);
}

/** OpenDocument in one file of XML (.fods). @throws WorkbookError `damaged-workbook` | `too-large` */
export function readFlatOds(text: string, limits: WorkbookLimits): SheetGrid[] {
  if (countRepeated(text) > limits.cells)
    throw new WorkbookError('too-large', `表格超过 ${limits.cells.toString()} 个单元格，未读取。`);
  return sheetsOf(parseWorkbook(asUtf8(text), 'string'), limits);
}

/** It is decoded already, whatever it says of itself; entities of its own are none that a workbook has. */
function asUtf8(text: string): string {
  if (text.slice(0, 10_000).includes('<!ENTITY'))
    throw new WorkbookError(
      'damaged-workbook',
      'XML 文件里有自定义的实体，未读取。请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。',
    );
  return text
    .replace(/^[\s\ufeff]+/, '')
    .replace(/^<\?xml[^>]{0,200}\?>/, '<?xml version="1.0" encoding="UTF-8"?>');
}
