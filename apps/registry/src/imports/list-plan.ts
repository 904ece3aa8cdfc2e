import type { NewDraftChange } from '@mandate/drafting';
import type { DoubtfulItem, ImportWarning, ItemChanges, MissingReport } from './import-report.ts';
import type { FoundSheet, SourceFile } from './source-file.ts';
import type { CellError } from './template/cell-errors.ts';

/** What importing the files of one list means for it, held against what is listed. */
export interface ListPlan {
  readonly counts: ItemChanges;
  readonly sheets: ReadonlyMap<FoundSheet, SheetPlan>;
  readonly doubtful: readonly DoubtfulItem[];
  readonly missing: readonly MissingReport[];
  /** by file: what is wrong with what a template says of listed items */
  readonly cellErrors: ReadonlyMap<SourceFile, readonly CellError[]>;
  /** the items as they would be, for the health check */
  readonly items: () => Iterable<{ readonly key?: string; readonly value: unknown }>;
  /** in the order of the files; made one by one, for a file may hold very many */
  readonly changes: () => Generator<NewDraftChange>;
  /** where what did not change was found now */
  readonly unchanged: readonly FoundPlace[];
  /** what cancels an item that is missing, as it is listed */
  readonly cancel: (missing: readonly MissingReport[]) => Promise<readonly NewDraftChange[]>;
}

/** Where an item was found. */
export interface FoundPlace {
  readonly key: string;
  readonly file: string;
  readonly sheet: string;
  readonly serial: string;
  readonly row: number;
}

/** What became of one sheet. */
export interface SheetPlan {
  items: number;
  subItems: number;
  levels: number;
  readonly issues: ImportWarning[];
}

export interface PlanOptions {
  /** `YYYY-MM-DD` */
  readonly effectiveDate: string;
  /** stands in every entry, for everyone to read */
  readonly reason?: string | undefined;
}

/** Warnings that make an item doubtful; the others are about columns, notes and counts. */
const DOUBTFUL = new Set<string>([
  'category-from-sheet',
  'category-differs',
  'serial-several',
  'serial-repeated',
  'hidden-row',
  'covered-cell',
  'error-cell',
  'invalid-code',
  'continued-measure',
]);

/** What the reader of a file found doubtful in the rows of each of its items, which stand on its sheets in any order. */
export function doubtsByRow(
  sheets: readonly FoundSheet[],
  items: readonly { readonly sheet: string; readonly row: number }[],
): (item: { readonly sheet: string; readonly row: number }) => { code: string; message: string }[] {
  const found = new Map<string, { code: string; message: string }[]>();
  for (const { sheet, warnings } of sheets) {
    const rows = [...new Set(items.filter((item) => item.sheet === sheet).map(({ row }) => row))].sort(
      (a, b) => a - b,
    );
    for (const { row, code, message } of warnings) {
      // The item whose rows it stands in is the last one that begins at or above it.
      const owner = rows.findLast((first) => first <= row);
      if (!DOUBTFUL.has(code) || owner === undefined) continue;
      const at = `${sheet}\n${owner.toString()}`;
      found.set(at, [...(found.get(at) ?? []), { code, message: `第 ${row.toString()} 行：${message}` }]);
    }
  }
  return ({ sheet, row }) => [...(found.get(`${sheet}\n${row.toString()}`) ?? [])];
}

/** The reason of an entry that the import gives where nobody gave one. */
export function reasonOf(given: string | undefined, what: string): string {
  return given ?? `按公布的清单${what}`;
}
