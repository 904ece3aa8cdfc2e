/** Why something in a workbook was not taken as it stands. Codes are stable, messages are for people. */
export type WarningCode =
  // the sheet
  | 'empty-sheet'
  | 'no-header'
  | 'hidden-sheet'
  | 'claimed-count'
  // columns
  | 'unknown-column'
  | 'doubled-column'
  | 'hidden-column'
  | 'missing-column'
  // rows
  | 'missing-serial'
  | 'missing-name'
  | 'unreadable-row'
  | 'unknown-category'
  | 'category-from-sheet'
  | 'category-differs'
  | 'serial-several'
  | 'serial-jump'
  | 'serial-repeated'
  | 'hidden-row'
  | 'note'
  | 'organ-wording'
  | 'invalid-item'
  // cells
  | 'covered-cell'
  | 'error-cell'
  | 'unused-cell'
  | 'invalid-code'
  // the file
  | 'organ-without-region'
  | 'organ-region-assumed';

export interface ImportWarning {
  /** counted from 1, as a person sees it */
  readonly row: number;
  /** letters: A, B … */
  readonly column?: string;
  readonly code: WarningCode;
  readonly message: string;
}

export interface SheetReport {
  readonly sheet: string;
  readonly items: number;
  readonly subItems: number;
  readonly levels: number;
  /** how many items the sheet's name or title says it holds */
  readonly claimed?: number;
  readonly warnings: readonly ImportWarning[];
}

/** What became of the items of one file. */
export interface ItemChanges {
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
}

export interface FileReport {
  readonly file: string;
  readonly organ?: { readonly key: string; readonly name: string; readonly from: string };
  readonly sheets: readonly SheetReport[];
  readonly items: number;
  readonly changes?: ItemChanges;
  readonly warnings?: readonly ImportWarning[];
  /** only for a file that could not be read or imported */
  readonly error?: { readonly code: string; readonly message: string };
}

export interface ImportReport {
  readonly files: readonly FileReport[];
  readonly items: number;
  readonly entriesAppended: number;
  readonly unchanged: number;
  /** items listed for these organs that none of the files holds */
  readonly missing: readonly { readonly key: string; readonly organ: string; readonly name: string }[];
  /** how many of them were cancelled */
  readonly cancelled: number;
  readonly dryRun?: true;
}
