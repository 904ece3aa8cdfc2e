export { IMPORT_LIMITS, type ImportLimits } from './limits.ts';
export { ListFileError, type ListFileErrorCode } from './list-files.errors.ts';
export type { ListWarning, WarningCode } from './list-warning.ts';
export { carryOver, completeItem, completeNegativeItem } from './listed/carry-over.ts';
export { countReclassified } from './listed/ranks.ts';
export { doubtsByRow } from './listed/doubts.ts';
export { joinStandards, type JoinedStandard, type ListedPenalty } from './discretion/join-standards.ts';
export { asListTitle } from './discretion/organ-in-title.ts';
export type { FoundStandard } from './discretion/read-discretion.ts';
export { type CodedMeasure, matchMeasures } from './foreign-investment/match-measures.ts';
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
export type { UnownedItem } from './owner/divide-source.ts';
export { type FileOwners, ownerOf, ownersOf } from './owner/file-owners.ts';
export type { KnownOrgan, KnownRegion } from './owner/known-organ.ts';
export { findOrganInTitle } from './owner/organ-title.ts';
export { organWording } from './owner/organ-wording.ts';
export {
  CategoryChoice,
  ColumnChoices,
  HeaderWords,
  parseReadingOptions,
  readingOptions,
  type ReadingOptions,
  ReadingOptionsSchema,
  type RememberedReading,
  type SaidOfColumns,
} from './reading-options.ts';
export { findTableRegion, type TableRegion, tablePath } from './regions/region-table.ts';
export type { ReadingSuggestion, RefusedFile, RefusedSheet } from './refused-file.ts';
export { markSourceFile, readSourceFile } from './read-source-file.ts';
export type {
  AuthoritySource,
  DiscretionSource,
  FoundItem,
  FoundSheet,
  NegativeSource,
  SourceFile,
} from './source-file.ts';
export { type CellError, errorAt } from './template/cell-errors.ts';
export {
  encodeAuthorityTemplate,
  encodeNegativeTemplate,
  type TemplateFormat,
} from './template/encode-template-file.ts';
