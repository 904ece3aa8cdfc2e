export { SearchIndexError } from './codec/errors.ts';
export {
  COLUMNS_FILE,
  INDEX_FOLDER,
  LEVEL_DIGITS,
  MANIFEST_FILE,
  NAMES_PER_FILE,
  type Columns,
  type ListName,
  type Manifest,
  type ShownState,
} from './codec/manifest.ts';
export { distanceWithin } from './client/alike.ts';
export { arrange, stateOf, valuesOf, type Arranged } from './client/arrange.ts';
export { ask, questionRuns, type Answer } from './client/ask.ts';
export { FACETS, type Choice, type Facet } from './client/facets.ts';
export { IndexFiles, type DocumentName, type LoadFile } from './client/index-files.ts';
export { RANK, type Ranks } from './client/ranks.ts';
export { runsOf } from './words/terms.ts';
export type { DocumentRow } from './writer/document-row.ts';
export { type DocumentText } from './writer/document-terms.ts';
export { IndexBuilder, namesFile, type IndexFile } from './writer/index-builder.ts';
export { makeOverview, partsOf, sameParts, type DocumentSources } from './writer/overview.ts';
export { ShardEdits, type IndexStore } from './writer/shard-edits.ts';
