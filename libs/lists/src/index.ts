export {
  AuthorityItemSchema,
  LegalBasisSchema,
  POWER_SOURCES,
  type AuthorityItem,
  type LegalBasis,
  type ItemState,
  type LevelDivision,
  type PowerSource,
  type StagedDuty,
  type SubItem,
} from './authority-item.ts';
export { LEVELS, type Level } from './levels.ts';
export { headOf, LIST_HEAD_VERSION, type ListHead } from './list-head.ts';
export {
  EDITION_NUMBER,
  NEGATIVE_ITEM_NUMBER,
  NEGATIVE_LIST_KEY,
  ORGAN_KEY,
  REGION_KEY,
} from './list-keys.ts';
export { ListEntrySchema, REGISTERS, type ListEntry, type Register } from './list-entry.ts';
export { OrganSchema, organKey, type Organ } from './organ.ts';
export { ListError } from './errors.ts';
export { findMandate, type ListedItem, type MandateFinding, type MandateRefusal } from './mandate.ts';
export { endOfDay, entriesListedBy, entryInForceOn, entryListedAt, type PlacedEntry } from './timeline.ts';
export { CHANGE_KIND_CODES, CHANGE_KINDS, kindLeads, kindOf, type ChangeKind } from './change-kinds.ts';
export { EditionSchema, editionDigest, type Edition } from './edition.ts';
export {
  NegativeListItemSchema,
  NegativeListSchema,
  type Measure,
  type NegativeList,
  type NegativeListItem,
} from './negative-list.ts';
export {
  DiscretionStandardSchema,
  IntegrityRiskSchema,
  ProcessSchema,
  type DiscretionStandard,
  type IntegrityRisk,
  type ProcessStep,
} from './oversight.ts';
export { RegionSchema, type Region } from './region.ts';
export { ServiceFactsSchema, type Material, type ServiceFacts, type TimeLimit } from './service-facts.ts';
export { parseDuties } from './duties.ts';
export { parseLegalBases } from './legal-basis.ts';
export { findLegalRank, type NamedAct } from './legal-rank/find-legal-rank.ts';
export { findCategory, findClaimedItems, findLevel } from './list-words.ts';
export { simplifiedWords } from './traditional.ts';
export { joinName, joinWrappedLines, withoutBlanks } from './wrapped-text.ts';
export {
  ItemSummarySchema,
  lawsOf,
  summarize,
  type ItemSummary,
  type SummarizedItem,
  type VersionSummary,
} from './summary.ts';
export { compareItems, compareNegativeItems } from './compare/items.ts';
export {
  compareLists,
  type ListComparison,
  type ListDifference,
  type MovedResponsibility,
} from './compare/lists.ts';
export { versionAt, type ListedHistory, type ListedVersion, type ListMoment } from './compare/moments.ts';
export { compareTexts, shortenPieces, type TextPiece } from './compare/texts.ts';
export { type FieldChange } from './compare/values.ts';
export {
  checkList,
  checkMeasures,
  checkRubbish,
  HEALTH_GRADES,
  HEALTH_RULE_CODES,
  HEALTH_RULES,
  inOrderOfRules,
  openHealthCheck,
  checkTexts,
  openMustCheck,
  sistersOf,
  type CheckedItem,
  type HealthContext,
  type HealthFinding,
  type HealthGrade,
  type HealthRule,
  type KnownCertificateType,
  type SisterItem,
} from './health/index.ts';
