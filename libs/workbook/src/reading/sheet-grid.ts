import type { Mending } from '@mandate/encoding';

/** One cell as the list shows it. Rows and columns count from 0. */
export interface GridCell {
  readonly row: number;
  readonly column: number;
  readonly text: string;
}

/** A cell whose text is not quite what the file holds. */
export interface MendedCell extends GridCell {
  readonly mendings: readonly Mending[];
}

export interface Merge {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

export interface SheetContent {
  readonly name: string;
  readonly hidden: boolean;
  /** non-empty cells, row by row */
  readonly cells: readonly GridCell[];
  readonly merges: readonly Merge[];
  readonly hiddenRows: ReadonlySet<number>;
  readonly hiddenColumns: ReadonlySet<number>;
  /** those of the cells that show an error (#REF!) */
  readonly errors: readonly GridCell[];
  /** cells whose text was mended, also those of which nothing is left */
  readonly mended?: readonly MendedCell[];
}

/** A sheet with its merged cells resolved: every cell of a merged area shows what its first one holds. */
export class SheetGrid {
  readonly name: string;
  readonly hidden: boolean;
  readonly rows: number;
  readonly columns: number;
  readonly hiddenRows: ReadonlySet<number>;
  readonly hiddenColumns: ReadonlySet<number>;
  readonly errors: readonly GridCell[];
  readonly mended: readonly MendedCell[];
  /** what stands under a merged area: no program shows it */
  readonly covered: readonly GridCell[];
  readonly #cells = new Map<number, string[]>();
  readonly #merges: ReadonlyMap<number, Merge>;

  constructor(sheet: SheetContent) {
    this.name = sheet.name;
    this.hidden = sheet.hidden;
    this.hiddenRows = sheet.hiddenRows;
    this.hiddenColumns = sheet.hiddenColumns;
    this.errors = sheet.errors;
    this.mended = sheet.mended ?? [];
    this.rows = sheet.cells.reduce((most, { row }) => Math.max(most, row + 1), 0);
    this.columns = sheet.cells.reduce((most, { column }) => Math.max(most, column + 1), 0);
    this.#merges = this.#placeMerges(sheet.merges);
    const covered: GridCell[] = [];
    for (const cell of sheet.cells) {
      const merge = this.mergeAt(cell.row, cell.column);
      if (merge && (merge.top !== cell.row || merge.left !== cell.column)) covered.push(cell);
      else {
        const row = this.#cells.get(cell.row) ?? [];
        row[cell.column] = cell.text;
        this.#cells.set(cell.row, row);
      }
    }
    this.covered = covered;
  }

  /** What the cell shows; '' where it is empty. */
  text(row: number, column: number): string {
    const merge = this.mergeAt(row, column);
    return this.#cells.get(merge?.top ?? row)?.[merge?.left ?? column] ?? '';
  }

  /** What is written in this very cell: '' in a merged area but for its first cell. */
  own(row: number, column: number): string {
    const merge = this.mergeAt(row, column);
    if (merge && (merge.top !== row || merge.left !== column)) return '';
    return this.#cells.get(row)?.[column] ?? '';
  }

  mergeAt(row: number, column: number): Merge | undefined {
    return this.#merges.get(row * this.columns + column);
  }

  /** Merged areas may reach far beyond what is written (A1:XFD1048576): only their part of the sheet counts. */
  #placeMerges(merges: readonly Merge[]): Map<number, Merge> {
    const places = new Map<number, Merge>();
    for (const merge of merges) {
      const bottom = Math.min(merge.bottom, this.rows - 1);
      const right = Math.min(merge.right, this.columns - 1);
      for (let row = merge.top; row <= bottom; row += 1)
        for (let column = merge.left; column <= right; column += 1) {
          const place = row * this.columns + column;
          // Overlapping areas are damage; the first one stands.
          if (!places.has(place)) places.set(place, merge);
        }
    }
    return places;
  }
}

/** 0 → A, 26 → AA. */
export function columnLetters(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26));
  return column < 26 ? letter : columnLetters(Math.floor(column / 26) - 1) + letter;
}

/** AA12 → row 11, column 26, both from 0. The address is one of ours. */
export function parseCellAddress(
  column: string,
  line: number,
): { readonly row: number; readonly column: number } {
  const place = [...column].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return { row: line - 1, column: place };
}
