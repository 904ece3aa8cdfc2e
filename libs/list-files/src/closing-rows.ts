import { simplifiedWords, withoutBlanks } from '@mandate/lists';
import type { SheetGrid } from '@mandate/workbook';
import { findSectionOrgan } from './owner/section-organ.ts';

/** 合计 · 总计：12 项 · 小计 3 */
const TOTAL = /^(?:合计|总计|共计|总数|小计)[：:]?(?:共?计?\d+[项条个]?)?[。.]?$/;
/** 填表人：张三 · 审核人（签字）： · 单位（盖章） */
const SIGNATURE =
  /^(?:填表|填报|填写|制表|编制|审核|审批|复核|核对|经办|报送|联系|分管|主要|单位|部门|主管|负责|主管领导|单位主要)*(?:人|人员|领导|负责人|单位|部门|日期|时间|电话)(?:[（(](?:签字|签名|签章|盖章|公章)[)）])?[：:].{0,30}$|^(?:单位|部门|机关)?[（(]?(?:盖章|公章|签章)[)）]?[：:]?$|^(?:单位|部门|机关)[（(](?:盖章|公章|签章)[)）]/;
const DAY =
  /^(?:[\d〇○零一二三四五六七八九]{4}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|年月日)$/;

/** Words that sum up the rows above. */
export function isTotal(text: string): boolean {
  return TOTAL.test(simplifiedWords(withoutBlanks(text)));
}

/** Who filled a table in, checked or sealed it. */
export function isSigner(text: string): boolean {
  return SIGNATURE.test(simplifiedWords(withoutBlanks(text)));
}

/** A signer, or the day under it. */
function isSignature(text: string): boolean {
  return DAY.test(withoutBlanks(text)) || isSigner(text);
}

/**
 * The row from which on a sheet has nothing but the organ, the day and who signs, often at the right under the last item,
 * whose words they would go on with.
 * @returns the number of rows where it has no such end
 */
export function closingFrom(grid: SheetGrid): number {
  let from = grid.rows;
  let isSigned = false;
  for (let row = grid.rows - 1; row >= 0; row -= 1) {
    const texts = textsOf(grid, row);
    if (!texts.every((text) => isSignature(text) || findSectionOrgan(text) !== undefined)) break;
    isSigned ||= texts.some(isSignature);
    from = row;
  }
  return isSigned ? from : grid.rows;
}

/** What a row that closes a table says, as one line; undefined for a row that has something to import. */
export function closingLine(grid: SheetGrid, row: number, from: number): string | undefined {
  const texts = textsOf(grid, row);
  const [first = ''] = texts;
  return row >= from || isTotal(first) || isSigner(first) ? texts.join(' ') : undefined;
}

function textsOf(grid: SheetGrid, row: number): string[] {
  return Array.from({ length: grid.columns }, (_, column) => grid.own(row, column)).filter(
    (text) => text !== '',
  );
}
