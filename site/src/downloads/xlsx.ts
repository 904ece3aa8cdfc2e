import { strToU8, zipSync } from 'fflate';
import type { Table } from './table.ts';
import { workbookParts } from './workbook.ts';

/** The first day a ZIP file knows: the same parts give the same bytes. */
const NO_DATE = new Date(1980, 0, 1);

/** A workbook of one sheet, without a formula; same table, same bytes. */
export function encodeXlsx(table: Table): Uint8Array<ArrayBuffer> {
  const parts = workbookParts(table).map(({ name, text }) => [name, strToU8(text)] as const);
  return new Uint8Array(zipSync(Object.fromEntries(parts), { mtime: NO_DATE }));
}
