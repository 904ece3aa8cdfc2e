export { IMPORT_LIMITS, type ImportLimits } from './limits.ts';
export { ListFileError, type ListFileErrorCode } from './list-files.errors.ts';
export type { ListWarning, WarningCode } from './list-warning.ts';
export { carryOver, completeItem, completeNegativeItem } from './listed/carry-over.ts';
export { doubtsByRow } from './listed/doubts.ts';
export { type KnownItem, matchItems, namesakesOf, type PlacedItem } from './listed/match-items.ts';
export { pairItems, type PairProposal } from './listed/pair-items.ts';
export {
  bareName,
  featuresOf,
  ownName,
  pairsOf,
  type PowerFeatures,
  wordsOf,
} from './listed/power-features.ts';
export { chooseNegativeList } from './owner/list-choice.ts';
export { chooseOrgan, namesOrgan } from './owner/organ-choice.ts';
export { findOrganInTitle } from './owner/organ-title.ts';
export { organWording } from './owner/organ-wording.ts';
export { markSourceFile, readSourceFile } from './read-source-file.ts';
export type { AuthoritySource, FoundItem, FoundSheet, NegativeSource, SourceFile } from './source-file.ts';
export { type CellError, errorAt } from './template/cell-errors.ts';
export {
  encodeAuthorityTemplate,
  encodeNegativeTemplate,
  type TemplateFormat,
} from './template/encode-template-file.ts';
