import { findCategory, joinName, simplifiedWords, withoutBlanks } from '@mandate/lists';
import type { SheetGrid } from '@mandate/workbook';
import { isSigner, isTotal } from '../closing-rows.ts';
import { findSectionOrgan } from '../owner/section-organ.ts';
import type { ListHeader } from './list-header.ts';
import { findCategoryInTitle } from './title-category.ts';
import type { Field } from './vocabulary/fields.ts';

const CHINESE = [...'一二三四五六七八九十'];
const SEQUENCES: readonly (readonly string[])[] = [
  CHINESE,
  [...'甲乙丙丁戊己庚辛壬癸'],
  [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
];
const SECTION_NUMBER = /^(?:[一二三四五六七八九十]{1,3}|[（(][一二三四五六七八九十]{1,3}[)）])[、.．]?$/;

function beginsItem(grid: SheetGrid, row: number, columns: ListHeader['columns']): boolean {
  return (['serial', 'name'] as const).some((field) =>
    (columns.get(field) ?? []).some((column) => row < grid.rows && grid.own(row, column) !== ''),
  );
}

/** Of a heading: its number, its words, the category again, how many there are. */
const MOST_CELLS = 4;
const COUNT = /^(?:共|合?计)?\d{1,5}[项条个]?$/;
/** What a part of a list is called that is of no one category: 农业管理类, 市场监管领域（共3项）. */
const GROUP = /(?:类|方面|领域|部分)(?:[（(]共?\d{1,5}[项条个][)）])?$/;

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
 * A heading over several cells: 一 in the column of numbers and 行政许可 in that of names, or 一、行政许可 in one of them, with
 * nothing beside but how many there are or the category again; or a category alone in its own column.
 * @returns it as one line; undefined for any other row
 */
export function headingInCells(grid: SheetGrid, row: number, { columns }: ListHeader): string | undefined {
  if (!hasFewCells(grid, row)) return undefined;
  const written = writtenIn(grid, row);
  const at = (field: Field): string => joinName(grid.own(row, (columns.get(field) ?? [-1])[0] ?? -1));
  const [number, name, category] = [withoutBlanks(at('serial')), at('name'), at('category')];
  const others = written.filter((text) => ![number, name, category].includes(text));
  if (others.length > 1 || !others.every((text) => COUNT.test(simplifiedWords(text)))) return undefined;
  const opens = (words: string): boolean =>
    (findCategory(words) ?? findCategoryInTitle(words) ?? findSectionOrgan(words)) !== undefined;
  if (number === '' && name === '')
    return findCategory(category) !== undefined && others.length === 0 && beginsItem(grid, row + 1, columns)
      ? category
      : undefined;
  if (category !== '' && findCategory(name === '' ? number : name) !== findCategory(category))
    return undefined;
  if (name === '' || COUNT.test(simplifiedWords(name))) return opens(number) ? number : undefined;
  if (number === '') return category === '' && others.length > 0 && opens(name) ? name : undefined;
  if (!SECTION_NUMBER.test(number)) return undefined;
  if (!opens(name) && (others.length > 0 || category !== '' || !GROUP.test(simplifiedWords(name))))
    return undefined;
  return /[、.．)）]$/.test(number) ? `${number}${name}` : `${number}、${name}`;
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
function hasFewCells(grid: SheetGrid, row: number): boolean {
  let written = 0;
  for (let column = 0; column < grid.columns && written <= MOST_CELLS; column += 1)
    if (grid.own(row, column).trim() !== '') written += 1;
  return written <= MOST_CELLS;
}

function writtenIn(grid: SheetGrid, row: number): string[] {
  return Array.from({ length: grid.columns }, (_, column) => withoutBlanks(grid.own(row, column))).filter(
    (text) => text !== '',
  );
}
