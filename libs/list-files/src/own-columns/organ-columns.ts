import type { SheetGrid } from '@mandate/workbook';
import type { ItemDraft } from './item-draft.ts';
import type { ListHeader } from './list-header.ts';

/** 主管部门, 牵头单位 …: who answers for an item, where 实施机关 names nobody by himself. */
const DEPARTMENT =
  /^(?:市级?|省级?|县级?|区级?|国家|行业|业务|中央)?(?:主管|牵头|归口|所属|责任|权责|实施|审批|许可|监管|事项所属|事项主管)?(?:行政)?(?:部门|单位|机关)(?:名称)?$/u;

/**
 * Sets whose each item is by the column that splits the list, and the words of 主管部门.
 * @returns the words of the header, where it has no column that is to split the list
 */
export function readOrganColumns(
  grid: SheetGrid,
  header: ListHeader,
  items: readonly ItemDraft[],
  splitBy: string | undefined,
): readonly string[] | undefined {
  const department = columnOf(grid, header, (words) => DEPARTMENT.test(words));
  fill(grid, items, department, (item, words) => (item.department = words));
  if (splitBy === undefined) return undefined;
  const wanted = comparable(splitBy);
  const split = columnOf(grid, header, (words) => words === wanted);
  for (const item of items) delete item.organName;
  fill(grid, items, split, (item, words) => (item.organName = words));
  return split === undefined ? headerWords(grid, header) : undefined;
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
    for (let row = item.row - 1; row < end - 1; row += 1) cells.add(grid.text(row, column).trim());
    cells.delete('');
    if (cells.size > 0) words = [...cells].join('；');
    if (words !== '') set(item, words);
  }
}

function columnOf(grid: SheetGrid, header: ListHeader, is: (words: string) => boolean): number | undefined {
  for (let column = 0; column < grid.columns; column += 1)
    for (let row = header.top; row < header.end; row += 1)
      if (is(comparable(grid.text(row, column)))) return column;
  return undefined;
}

function comparable(words: string): string {
  return words
    .normalize('NFKC')
    .replace(/\s+/gu, '')
    .replace(/\([^()]*\)$/u, '')
    .replace(/[:*]+/gu, '');
}
