import { simplifiedWords } from '@mandate/lists';
import type { SheetGrid } from '@mandate/workbook';
import type { ItemDraft } from './item-draft.ts';
import type { ListHeader } from './list-header.ts';

/** 主管部门, 牵头单位 …: who answers for an item, where 实施机关 names nobody by himself. */
const DEPARTMENT =
  /^(?:市级?|省级?|县级?|区级?|国家|行业|业务|中央)?(?:主管|牵头|归口|所属|责任|权责|实施|审批|许可|监管|事项所属|事项主管)?(?:行政)?(?:部门|单位|机关)(?:名称)?$/u;

/**
 * Sets whose each item is by the column that splits the list, and the words of 主管部门.
 * @param headers of the tables below one another on the sheet, from the top down
 * @returns the words of the first header, where none has a column that is to split the list
 */
export function readOrganColumns(
  grid: SheetGrid,
  headers: readonly ListHeader[],
  items: readonly ItemDraft[],
  splitBy: string | undefined,
): readonly string[] | undefined {
  const wanted = splitBy === undefined ? undefined : comparable(splitBy);
  if (wanted !== undefined) for (const item of items) delete item.organName;
  let isSplit = false;
  for (const [n, header] of headers.entries()) {
    const end = headers[n + 1]?.top ?? grid.rows;
    const own = items.filter(({ row }) => row > header.top && row <= end);
    const department = columnOf(grid, header, (words) => DEPARTMENT.test(words));
    fill(grid, own, department, (item, words) => (item.department = words));
    if (wanted === undefined) continue;
    const split = columnOf(grid, header, (words) => words === wanted);
    isSplit ||= split !== undefined;
    fill(grid, own, split, (item, words) => (item.organName = words));
  }
  const [first] = headers;
  return wanted === undefined || isSplit || !first ? undefined : headerWords(grid, first);
}

/** The columns that say whose each item of a table is: by which it is split, or 主管部门, or 行使主体. */
export function organColumns(
  grid: SheetGrid,
  header: ListHeader,
  splitBy: string | undefined,
): readonly number[] {
  const split =
    splitBy === undefined ? undefined : columnOf(grid, header, (words) => words === comparable(splitBy));
  const column = split ?? columnOf(grid, header, (words) => DEPARTMENT.test(words));
  return column === undefined ? (header.columns.get('implementingOrgan') ?? []) : [column];
}

function headerWords(grid: SheetGrid, header: ListHeader): string[] {
  const words = new Set<string>();
  for (let row = header.top; row < header.end; row += 1)
    for (let column = 0; column < grid.columns; column += 1)
      words.add(grid.text(row, column).replace(/\s+/gu, ''));
  words.delete('');
  return [...words];
}

/** A cell that is blank goes on with what stands above it, whether or not the area is merged. */
function fill(
  grid: SheetGrid,
  items: readonly ItemDraft[],
  column: number | undefined,
  set: (item: ItemDraft, words: string) => void,
): void {
  if (column === undefined) return;
  const inOrder = items.toSorted((a, b) => a.row - b.row);
  let words = '';
  for (const [n, item] of inOrder.entries()) {
    const end = inOrder[n + 1]?.row ?? item.row + 1;
    const cells = new Set<string>();
    // Its levels may stand in rows of their own, each with an organ of its own.
    for (let row = item.row - 1; row < end - 1; row += 1)
      if (!isHeading(grid, row, column)) cells.add(grid.text(row, column).trim());
    // The header stands again over the next page.
    for (const text of cells) if (DEPARTMENT.test(comparable(text))) cells.delete(text);
    cells.delete('');
    if (cells.size > 0) words = [...cells].join('；');
    if (words !== '') set(item, words);
  }
}

/** The title of the next section runs over the whole row: it is nobody's organ. */
function isHeading(grid: SheetGrid, row: number, column: number): boolean {
  const merge = grid.mergeAt(row, column);
  return merge !== undefined && merge.right - merge.left >= 2;
}

function columnOf(grid: SheetGrid, header: ListHeader, is: (words: string) => boolean): number | undefined {
  for (let column = 0; column < grid.columns; column += 1)
    for (let row = header.top; row < header.end; row += 1)
      if (is(comparable(grid.text(row, column)))) return column;
  return undefined;
}

function comparable(words: string): string {
  return simplifiedWords(words.normalize('NFKC'))
    .replace(/\s+/gu, '')
    .replace(/\([^()]*\)$/u, '')
    .replace(/[:*]+/gu, '');
}
