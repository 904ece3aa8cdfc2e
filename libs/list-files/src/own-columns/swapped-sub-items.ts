import { withoutBlanks } from '@mandate/lists';
import type { SheetGrid } from '@mandate/workbook';
import type { ListHeader } from './list-header.ts';
import { columnWords, unsaidColumn, waysOut } from './swapped-words.ts';

/**
 * An item has several sub-items, in rows below each other. Where one sub-item has several items, and never the other way,
 * the columns are swapped: parts would be listed as powers of their own.
 * @returns what to tell a person; undefined where nothing looks so
 */
export function swappedSubItems(grid: SheetGrid, header: ListHeader): string | undefined {
  const name = unsaidColumn(header, 'name');
  const subItem = unsaidColumn(header, 'subItem');
  if (name === undefined || subItem === undefined) return undefined;
  const [serial] = header.columns.get('serial') ?? [];
  // 设立 under each of several powers is one word used often: one part it is in one cell, or in one number.
  const goesOn = (row: number): boolean => {
    const merge = grid.mergeAt(row, subItem);
    return (
      (merge !== undefined && merge.top < row) ||
      (serial !== undefined && grid.text(row, serial) === grid.text(row - 1, serial))
    );
  };
  let [itemsOfOne, partsOfOne] = [0, 0];
  let before: readonly [string, string] | undefined;
  for (let row = header.end; row < grid.rows; row += 1) {
    const now = [withoutBlanks(grid.text(row, name)), withoutBlanks(grid.text(row, subItem))] as const;
    const [item, part] = now;
    if (before !== undefined && item !== '' && part !== '' && !NOTHING.test(part)) {
      if (part === before[1] && item !== before[0] && goesOn(row)) itemsOfOne += 1;
      if (item === before[0] && part !== before[1]) partsOfOne += 1;
    }
    before = now;
  }
  if (itemsOfOne < 2 || partsOfOne > 0) return undefined;
  return (
    `${columnWords(header, subItem)}里同一个名称对着${columnWords(header, name)}里的几个，一个子项不会属于几个事项，两列像是写反了。` +
    waysOut(header, [
      { column: name, headed: 'name', is: 'subItem' },
      { column: subItem, headed: 'subItem', is: 'name' },
    ])
  );
}

const NOTHING = /^(?:无|没有|\/|\\|-+|—+|无子项)$/;
