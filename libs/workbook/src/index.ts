export { encodeCsv, parseCsvCell } from './csv/encode-csv.ts';
export { readCsv } from './csv/read-csv.ts';
export { WORKBOOK_LIMITS, type WorkbookLimits } from './limits.ts';
export { readSheets } from './read-sheets.ts';
export { readWorkbook } from './reading/read-workbook.ts';
export {
  columnLetters,
  parseCellAddress,
  type GridCell,
  type Merge,
  SheetGrid,
} from './reading/sheet-grid.ts';
export { WorkbookError, type WorkbookErrorCode } from './workbook.errors.ts';
export { encodeWorkbook } from './writing/encode-workbook.ts';
export {
  type CellToWrite,
  MAX_CELL_CHARACTERS,
  type NoteToWrite,
  type SheetToWrite,
} from './writing/sheet-to-write.ts';
export { type NativeBytes, useNativeBytes } from './zip/unzip.ts';
