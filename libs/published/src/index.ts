export { PublishedFormatError } from './errors.ts';
export { SourceError } from './source-error.ts';
export {
  editionKey,
  findEditionKey,
  findItemKey,
  findListKind,
  isKeyOf,
  isMeantAsNegativeListKey,
  isNegativeListKey,
  isOrganKey,
  isRegionKey,
  itemKey,
  parseItemKey,
  type EditionKey,
  type ItemKey,
  type ListKind,
} from './keys.ts';
export {
  authorityItemAddress,
  editionAddress,
  findItemAddress,
  negativeItemAddress,
  negativeListAddress,
  organAddress,
} from './addresses.ts';
export {
  BLOBS_FOLDER,
  blobPath,
  DATA_FOLDER,
  EDITIONS_PATH,
  findBlobOfPath,
  findStatusPath,
  itemsPath,
  LOG_FOLDER,
  NEGATIVE_LISTS_PATH,
  negativeItemsPath,
  ORGANS_PATH,
  REGIONS_PATH,
  REGISTRY_PATH,
  REVOCATIONS_PATH,
  summariesPath,
  TRUST_LIST_PATH,
  TYPES_PATH,
} from './paths.ts';
export { checkpointPath, findLogOfPath, LOG_NAMES, logFolder, logPath, type LogName } from './log-paths.ts';
export { parseAs, readAs } from './reading.ts';
export {
  leafOf,
  parseCertificateEvent,
  parseListEntry,
  type IndexedEntry,
  type IndexedLeaf,
} from './entries.ts';
export { LedgerHeadSchema, parseLedgerHead, type LedgerHeadEvent } from './ledger-head.ts';
export {
  encodeItemsFile,
  encodeNegativeItemsFile,
  parseItemsFile,
  parseNegativeItemsFile,
  type ItemLeaves,
  type ItemRecord,
  type ItemsFile,
  type NegativeItemsFile,
} from './item-files.ts';
export {
  findItemEntries,
  findItemHistory,
  findTypeHistory,
  parseHistoryEntry,
  type HistoryEntry,
} from './item-history.ts';
export {
  encodeEditionsFile,
  encodeNegativeListsFile,
  encodeOrgansFile,
  encodeRegionsFile,
  encodeTypesFile,
  parseEditionsFile,
  parseNegativeListsFile,
  parseOrgansFile,
  parseRegionsFile,
  parseTypesFile,
  type EditionRecord,
  type NegativeListRecord,
  type OrganRecord,
  type RegionRecord,
  type TypeRecord,
} from './list-files.ts';
export {
  encodeSummariesFile,
  encodeSummary,
  findKnownSummaries,
  parseSummariesFile,
  type KnownSummary,
  type SummariesFile,
} from './summaries-file.ts';
export {
  encodeRegistryFile,
  parseRegistryFile,
  type RegistryFile,
  type RegistryLog,
} from './registry-file.ts';
export { parseBlob, verifyBlob } from './blobs.ts';
export {
  fetchBounded,
  fetchSource,
  isImmutable,
  limitsOf,
  type FetchOptions,
  type PublishedSource,
  type ReadLimits,
} from './source.ts';
