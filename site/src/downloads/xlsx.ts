import type { Table } from './table.ts';
import { workbookParts } from './workbook.ts';
import { packZip } from './zip.ts';

/** A workbook of one sheet, without a formula; same table, same bytes. */
export function encodeXlsx(table: Table): Uint8Array<ArrayBuffer> {
  return packZip(workbookParts(table));
}
