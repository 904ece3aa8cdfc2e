import { encodeCsv as encodeRows } from '@mandate/workbook';
import { shownCell, type Table } from './table.ts';

/** A list as CSV; nothing in it is ever a formula. */
export function encodeCsv({ columns, rows }: Table): string {
  return encodeRows([columns.map(({ heading }) => heading), ...rows.map((row) => row.map(shownCell))]);
}
