import type { WorkbookLimits } from '../limits.ts';
import { WorkbookError } from '../workbook.errors.ts';

/** Rows of a sheet of Excel; what is said of more would be made one by one. */
const ALL_ROWS = 1_048_576;
const ALL_COLUMNS = 16_384;
const TAGS = /<(?:[\w.-]{1,20}:)?(Cell|Row|Column|Worksheet)(?=[\s/>])([^<>]{0,2000})/g;
const NUMBERS = /(Index|Span|MergeAcross|MergeDown)\s*=\s*["']?\s*([^"'\s>]{0,40})/g;

/**
 * Excel-2003 XML whose cells, sheets and numbers of places are within the limits: its reader makes what they say.
 * @throws WorkbookError `too-large`
 */
export function checkSpreadsheetXml(text: string, limits: WorkbookLimits): void {
  let [cells, sheets, spanned] = [0, 0, 0];
  for (const [, tag, attributes = ''] of text.matchAll(TAGS)) {
    if (tag === 'Cell') cells += 1;
    if (tag === 'Worksheet') sheets += 1;
    for (const [, name, digits = ''] of attributes.matchAll(NUMBERS)) {
      const number = /^\d{1,7}$/.test(digits) ? Number(digits) : Infinity;
      const most = tag === 'Row' || name === 'MergeDown' ? ALL_ROWS : ALL_COLUMNS;
      if (number > most) throw tooLarge('有不存在的行号或列号');
      if (name === 'Span') spanned += number;
    }
    if (cells > limits.cells) throw tooLarge(`超过 ${limits.cells.toString()} 个单元格`);
    if (sheets > limits.sheets) throw tooLarge(`工作表超过 ${limits.sheets.toString()} 张`);
    if (spanned > ALL_ROWS + ALL_COLUMNS) throw tooLarge('行列说明过多');
  }
}

function tooLarge(what: string): WorkbookError {
  return new WorkbookError('too-large', `XML 工作簿${what}，未读取。`);
}
