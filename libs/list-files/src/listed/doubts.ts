import type { WarningCode } from '../list-warning.ts';
import type { FoundSheet } from '../source-file.ts';

/** Warnings that make an item doubtful; the others are about columns, notes and counts. */
const DOUBTFUL = new Set<WarningCode>([
  'category-from-sheet',
  'category-differs',
  'serial-several',
  'serial-repeated',
  'hidden-row',
  'covered-cell',
  'error-cell',
  'hidden-signs',
  'lost-signs',
  'invalid-code',
  'two-readings',
  'continued-measure',
  'organ-unclear',
  'chapter-unclear',
]);

/** What the reader of a file found doubtful in the rows of each of its items, which stand on its sheets in any order. */
export function doubtsByRow(
  sheets: readonly FoundSheet[],
  items: readonly { readonly sheet: string; readonly row: number }[],
): (item: { readonly sheet: string; readonly row: number }) => { code: string; message: string }[] {
  const found = new Map<string, { code: string; message: string }[]>();
  for (const { sheet, warnings, mended = [] } of sheets) {
    const rows = [...new Set(items.filter((item) => item.sheet === sheet).map(({ row }) => row))].sort(
      (a, b) => a - b,
    );
    for (const { row, code, message } of [...warnings, ...mended]) {
      if (!DOUBTFUL.has(code)) continue;
      // The item whose rows it stands in is the last one that begins at or above it.
      const owner = lastAtOrAbove(rows, row);
      if (owner === undefined) continue;
      const at = `${sheet}\n${owner.toString()}`;
      const told = { code, message: `第 ${row.toString()} 行：${message}` };
      const ofItem = found.get(at);
      if (ofItem) ofItem.push(told);
      else found.set(at, [told]);
    }
  }
  return ({ sheet, row }) => [...(found.get(`${sheet}\n${row.toString()}`) ?? [])];
}

/** By halves: a file may have a doubt in each of its rows. */
function lastAtOrAbove(rows: readonly number[], row: number): number | undefined {
  let [from, to] = [0, rows.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((rows[middle] ?? 0) <= row) from = middle + 1;
    else to = middle;
  }
  return rows[from - 1];
}
