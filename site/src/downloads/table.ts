/** One column of a list to take away. */
export interface Column {
  /** name in JSON */
  readonly key: string;
  /** heading in CSV and XLSX */
  readonly heading: string;
  /** what stands in it, for the documentation */
  readonly about: string;
  /** of a column in a workbook, in characters */
  readonly width?: number;
}

/** Several values stand on lines of their own in CSV and XLSX, and as an array in JSON. */
export type Cell = string | number | boolean | readonly string[] | undefined;

/** A list to take away: the same rows as CSV, JSON and XLSX. */
export interface Table {
  readonly title: string;
  /** of the page it belongs to, from the root */
  readonly page: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

/** A cell as people read it in a spreadsheet; numbers stay numbers. */
export function shownCell(cell: Cell): string | number {
  if (cell === undefined) return '';
  if (typeof cell === 'boolean') return cell ? '是' : '否';
  return typeof cell === 'object' ? cell.join('\n') : cell;
}
