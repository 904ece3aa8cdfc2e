import { findCategory, joinName, withoutBlanks } from '@mandate/lists';
import type { SheetGrid } from '@mandate/workbook';
import { isSigner, isTotal } from '../closing-rows.ts';
import { findSectionOrgan } from '../owner/section-organ.ts';
import type { ListHeader } from './list-header.ts';
import { findCategoryInTitle } from './title-category.ts';

const CHINESE = [...'一二三四五六七八九十'];
const SEQUENCES: readonly (readonly string[])[] = [
  CHINESE,
  [...'甲乙丙丁戊己庚辛壬癸'],
  [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
];
const SECTION_NUMBER = /^(?:[一二三四五六七八九十]{1,3}|[（(][一二三四五六七八九十]{1,3}[)）])[、.．]?$/;

/** A sum, or who filled the table in, at the place of a number or a name: no item. */
export function isClosing(grid: SheetGrid, row: number, { columns }: ListHeader): boolean {
  const [column] = columns.get('name') ?? [];
  if (column === undefined) return false;
  const texts = Array.from({ length: column + 1 }, (_, at) => withoutBlanks(grid.own(row, at)));
  const first = texts.find((text) => text !== '') ?? '';
  return isTotal(first) || isTotal(texts[column] ?? '') || isSigner(first);
}

/** Whether it sums up the whole of the list: 小计 is of a part. */
export function isWholeTotal(grid: SheetGrid, row: number): boolean {
  return writtenIn(grid, row).some((text) => isTotal(text) && !text.startsWith('小计'));
}

/**
 * 一 in the column of numbers and 行政许可 in that of names, and nothing else: the heading 一、行政许可 in two cells.
 * @returns it as one line; undefined for any other row
 */
export function headingInTwoCells(grid: SheetGrid, row: number, { columns }: ListHeader): string | undefined {
  const [serial] = columns.get('serial') ?? [];
  const [name] = columns.get('name') ?? [];
  if (serial === undefined || name === undefined || !hasTwoCells(grid, row)) return undefined;
  const number = withoutBlanks(grid.own(row, serial));
  const words = joinName(grid.own(row, name));
  if (words === '' || !SECTION_NUMBER.test(number)) return undefined;
  if ((findCategory(words) ?? findCategoryInTitle(words) ?? findSectionOrgan(words)) === undefined)
    return undefined;
  return /[、.．)）]$/.test(number) ? `${number}${words}` : `${number}、${words}`;
}

/** 1, 2, 3 … or 一, 二, 三 … or A, B, C … under the heads, as printed tables number their columns: no item is called 2. */
export function isNumbering(grid: SheetGrid, row: number, { end }: ListHeader): boolean {
  if (row > end) return false;
  const texts = writtenIn(grid, row).map((text) => text.normalize('NFKC').replace(/[()]/g, '').toUpperCase());
  if (texts.length < 3) return false;
  return (
    texts.every((text, n) => Number(text) === n + 1) ||
    SEQUENCES.some((sequence) => texts.every((text, n) => text === sequence[n]))
  );
}

/** Asked of every row: the words of an item are not looked through for it. */
function hasTwoCells(grid: SheetGrid, row: number): boolean {
  let written = 0;
  for (let column = 0; column < grid.columns && written <= 2; column += 1)
    if (grid.own(row, column).trim() !== '') written += 1;
  return written === 2;
}

function writtenIn(grid: SheetGrid, row: number): string[] {
  return Array.from({ length: grid.columns }, (_, column) => withoutBlanks(grid.own(row, column))).filter(
    (text) => text !== '',
  );
}
