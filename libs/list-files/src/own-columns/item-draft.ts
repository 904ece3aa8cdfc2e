import type { CategoryCode } from '@mandate/codes';
import type { AuthorityItem, ServiceFacts } from '@mandate/lists';
import type { ItemCodes } from './item-words.ts';

/** The columns that are words about an item, taken over as they stand. */
export const TEXT_FIELDS = [
  'implementingOrgan',
  'handlingOffice',
  'basisText',
  'departmentDuties',
  'dutiesText',
  'dutyBasisText',
  'accountablePersons',
  'accountabilityGrounds',
  'remedies',
  'remarks',
] as const;
export type TextField = (typeof TEXT_FIELDS)[number];

/** One sub-item at one level: as a rule one row, or one and those that continue it. */
export interface ItemPart {
  subItem?: string;
  label?: string;
  division?: string;
  readonly texts: Partial<Record<TextField, string>>;
}

/** An item as its rows say it, before anything is parsed. */
export interface ItemDraft {
  readonly serial: string;
  /** its first row, from 1 */
  readonly row: number;
  readonly name: string;
  category?: CategoryCode;
  /** whose it is, by a title over its rows or by the column that splits the list */
  organName?: string;
  /** 主管部门 */
  department?: string;
  readonly codes: ItemCodes;
  state?: AuthorityItem['state'];
  powerSource?: AuthorityItem['powerSource'];
  organNature?: AuthorityItem['organNature'];
  service?: ServiceFacts;
  readonly parts: ItemPart[];
}
