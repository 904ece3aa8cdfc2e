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
  | 'column-by-cells'
  | 'remembered-columns'
  | 'category-from-title'
  // rows
  | 'missing-serial'
  | 'missing-name'
  | 'item-gone'
  | 'unreadable-row'
  | 'unknown-category'
  | 'category-from-sheet'
  | 'category-carried'
  | 'category-differs'
  | 'serial-several'
  | 'serial-jump'
  | 'serial-repeated'
  | 'hidden-row'
  | 'note'
  | 'two-readings'
  | 'organ-wording'
  | 'invalid-item'
  // negative lists
  | 'unknown-heading'
  | 'continued-measure'
  | 'derived-code'
  // discretion standards
  | 'standard-unmatched'
  | 'standard-unclear'
  | 'chapter-unclear'
  // cells
  | 'covered-cell'
  | 'error-cell'
  // what was mended, told once in a file
  | 'lost-signs'
  | 'hidden-signs'
  | 'look-alikes'
  | 'composed'
  | 'full-width'
  | 'name-lines'
  | 'unused-cell'
  | 'invalid-code'
  | 'restored-code'
  // the file
  | 'organ-without-region'
  | 'organ-region-assumed'
  | 'organ-named'
  | 'organ-unclear';

export interface ListWarning {
  /** counted from 1, as a person sees it */
  readonly row: number;
  /** letters: A, B … */
  readonly column?: string;
  readonly code: WarningCode;
  readonly message: string;
}
