export {
  AuthorityItemSchema,
  LegalBasisSchema,
  type AuthorityItem,
  type LegalBasis,
  type ItemState,
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
