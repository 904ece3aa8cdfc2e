export { IMPORT_LIMITS, type ImportLimits } from './limits.ts';
export { ListFileError, type ListFileErrorCode } from './list-files.errors.ts';
export type { ListWarning, WarningCode } from './list-warning.ts';
export { carryOver, completeNegativeItem } from './listed/carry-over.ts';
export { doubtsByRow } from './listed/doubts.ts';
export { type KnownItem, matchItems, type PlacedItem } from './listed/match-items.ts';
export { chooseNegativeList } from './owner/list-choice.ts';
export { chooseOrgan, namesOrgan } from './owner/organ-choice.ts';
export { findOrganInTitle } from './owner/organ-title.ts';
export { organWording } from './owner/organ-wording.ts';
export {
  CategoryChoice,
  ColumnChoices,
  HeaderWords,
  parseReadingOptions,
  readingOptions,
  type ReadingOptions,
  type SaidOfColumns,
} from './reading-options.ts';
export { markSourceFile, readSourceFile } from './read-source-file.ts';
export type { AuthoritySource, FoundItem, FoundSheet, NegativeSource, SourceFile } from './source-file.ts';
export { type CellError, errorAt } from './template/cell-errors.ts';
export {
  encodeAuthorityTemplate,
  encodeNegativeTemplate,
  type TemplateFormat,
} from './template/encode-template-file.ts';
