/** A sheet to be written. Rows and columns count from 0; no cell is ever a formula, whatever it begins with. */
export interface SheetToWrite {
  /** as Excel allows it once it is written: what it does not allow becomes a blank, and what is too long goes */
  readonly name: string;
  readonly rows: readonly (readonly CellToWrite[])[];
  /** rows at the top that stay in sight and are set as a header */
  readonly headRows?: number;
  /** of the columns, in characters */
  readonly widths?: readonly number[];
  /** arrows at the header by which a reader filters */
  readonly filter?: boolean;
  /** drop-down lists; the words together at most 255 characters, else the list is left out */
  readonly choices?: readonly { readonly column: number; readonly words: readonly string[] }[];
  readonly notes?: readonly NoteToWrite[];
}

/** At most `MAX_CELL_CHARACTERS` of text; a number only in the look `list`. */
export type CellToWrite = string | number | undefined;

/** A note that a program shows at the cell; `error` also paints the cell. */
export interface NoteToWrite {
  readonly row: number;
  readonly column: number;
  readonly text: string;
  readonly error?: boolean;
}

/** What a cell of Excel holds, in UTF-16 units. */
export const MAX_CELL_CHARACTERS = 32_767;

/** Names of the XML that a workbook is made of (ECMA-376 part 1). */
export const XML = {
  declaration: '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
  main: 'http://schemas.openxmlformats.org/spreadsheetml/2006/main',
  package: 'http://schemas.openxmlformats.org/package/2006',
  relations: 'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
  types: 'application/vnd.openxmlformats-officedocument.spreadsheetml',
} as const;
