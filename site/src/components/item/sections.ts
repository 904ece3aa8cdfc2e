import type { AuthorityItem } from '@mandate/lists';
import { FIELD_WORDS } from '../../text/words.ts';

export interface Section {
  readonly id: string;
  readonly word: string;
}

type Sectioned = Pick<
  AuthorityItem,
  | 'bases'
  | 'basisText'
  | 'levels'
  | 'departmentDuties'
  | 'duties'
  | 'dutiesText'
  | 'dutyBases'
  | 'dutyBasisText'
  | 'accountablePersons'
  | 'accountabilityGrounds'
  | 'subItems'
  | 'remedies'
  | 'remarks'
>;

/** The sections an item has, in page order: for the body's headings and for the page's own table of contents. */
export function sectionsOf(item: Sectioned): Section[] {
  const sections: (Section | false)[] = [
    item.levels.length > 0 && { id: 'levels', word: FIELD_WORDS.levels },
    { id: 'bases', word: FIELD_WORDS.bases },
    item.subItems.length > 0 && {
      id: 'sub-items',
      word: `${FIELD_WORDS.subItems}（${item.subItems.length}）`,
    },
    hasDuties(item) && { id: 'duties', word: FIELD_WORDS.duties },
    hasDutyBases(item) && { id: 'duty-bases', word: FIELD_WORDS.dutyBases },
    hasAccountability(item) && { id: 'accountability', word: '追责' },
    item.remedies !== undefined && { id: 'remedies', word: FIELD_WORDS.remedies },
    item.remarks !== undefined && { id: 'remarks', word: FIELD_WORDS.remarks },
  ];
  return sections.filter((section) => section !== false);
}

function hasDuties({ departmentDuties, duties, dutiesText }: Sectioned): boolean {
  return departmentDuties !== undefined || dutiesText !== undefined || (duties?.length ?? 0) > 0;
}

function hasDutyBases({ dutyBases, dutyBasisText }: Sectioned): boolean {
  return dutyBasisText !== undefined || (dutyBases?.length ?? 0) > 0;
}

function hasAccountability({ accountablePersons, accountabilityGrounds }: Sectioned): boolean {
  return accountablePersons !== undefined || accountabilityGrounds !== undefined;
}
