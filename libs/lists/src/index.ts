export {
  AuthorityItemSchema,
  LegalBasisSchema,
  type AuthorityItem,
  type LegalBasis,
  type ItemState,
  type LevelDivision,
  type StagedDuty,
  type SubItem,
} from './authority-item.ts';
export { LEVELS, type Level } from './levels.ts';
export { ListEntrySchema, REGISTERS, type ListEntry, type Register } from './list-entry.ts';
export { OrganSchema, organKey, type Organ } from './organ.ts';
export { ListError } from './errors.ts';
export {
  entryInForceOn,
  findMandate,
  type ListedItem,
  type MandateFinding,
  type MandateRefusal,
} from './mandate.ts';
export { parseDuties } from './duties.ts';
export { parseLegalBases } from './legal-basis.ts';
export { findCategory, findClaimedItems, findLevel } from './list-words.ts';
export { joinName, joinWrappedLines, withoutBlanks } from './wrapped-text.ts';
