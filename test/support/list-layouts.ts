import { CATEGORIES, type CategoryCode } from '@mandate/codes';
import type { AuthorityItem } from '@mandate/lists';
import { SheetGrid, type GridCell, type Merge } from '@mandate/workbook';

/** Texts of an item that a column of its own may hold. */
export const LAID_OUT = [
  'basisText',
  'implementingOrgan',
  'handlingOffice',
  'departmentDuties',
  'dutiesText',
  'dutyBasisText',
  'accountablePersons',
  'accountabilityGrounds',
  'remedies',
  'remarks',
] as const;
export type LaidOut = (typeof LAID_OUT)[number];

/** How a list is written down. */
export interface Layout {
  /** in the order of the columns: a field, and the words at its head */
  readonly columns: readonly {
    readonly field: 'serial' | 'name' | 'subItem' | 'category' | 'code' | LaidOut;
    readonly words: string;
  }[];
  readonly category: 'column' | 'title' | 'sheet' | 'section';
  readonly titles: number;
  /** cells that all rows of an item share are merged, as printed lists do */
  readonly merged: boolean;
  /** the head takes two rows, merged */
  readonly twoRows: boolean;
  /** the header comes again after so many items; 0: never */
  readonly repeat: number;
}

/** The items as a sheet of that layout. Where the title says the category, all items are of the first one's. */
export function layOut(items: readonly AuthorityItem[], layout: Layout): SheetGrid {
  const { columns } = layout;
  const rows: string[][] = [];
  const merges: Merge[] = [];
  const width = columns.length;
  const wide = (text: string): void => {
    merges.push({ top: rows.length, bottom: rows.length, left: 0, right: width - 1 });
    rows.push([text]);
  };
  const head = (): void => {
    const top = rows.length;
    rows.push(columns.map(({ words }) => words));
    if (!layout.twoRows) return;
    rows.push([]);
    for (let column = 0; column < width; column += 1)
      merges.push({ top, bottom: top + 1, left: column, right: column });
  };
  const category = CATEGORIES[items[0]?.category ?? '01'];
  for (let title = 0; title < layout.titles; title += 1) wide(`附件${(title + 1).toString()}`);
  if (layout.category === 'title') wide(`示例市${category}事项清单（2026年版）`);
  head();
  let section: CategoryCode | undefined;
  items.forEach((item, n) => {
    if (layout.category === 'section' && item.category !== section)
      wide(`（一）${CATEGORIES[item.category]}`);
    section = item.category;
    if (layout.repeat > 0 && n > 0 && n % layout.repeat === 0) head();
    const parts = item.subItems.length === 0 ? [undefined] : item.subItems;
    parts.forEach((part, at) => {
      const first = at === 0;
      rows.push(
        columns.map(({ field }) => {
          if (field === 'serial') return first ? (n + 1).toString() : '';
          if (field === 'name') return first ? item.name : '';
          if (field === 'subItem') return part?.name ?? '';
          if (field === 'category') return first || !layout.merged ? CATEGORIES[item.category] : '';
          if (field === 'code') return first ? (item.codes?.other ?? '') : '';
          const own = part?.[field as keyof typeof part];
          if (typeof own === 'string') return own;
          return first || !layout.merged ? (item[field] ?? '') : '';
        }),
      );
    });
    if (layout.merged && parts.length > 1)
      columns.forEach(({ field }, column) => {
        const shared = field !== 'subItem' && item.subItems.every((part) => !Object.hasOwn(part, field));
        const top = rows.length - parts.length;
        if (shared) merges.push({ top, bottom: rows.length - 1, left: column, right: column });
      });
  });
  const cells = rows.flatMap((texts, row): GridCell[] =>
    texts.flatMap((text, column) => (text === '' ? [] : [{ row, column, text }])),
  );
  return new SheetGrid({
    name: layout.category === 'sheet' ? `${category}事项清单` : 'Sheet1',
    hidden: false,
    cells,
    merges,
    hiddenRows: new Set(),
    hiddenColumns: new Set(),
    errors: [],
  });
}
