import type { AuthorityItem } from '@mandate/lists';
import { FIELD_WORDS } from '../../text/words.ts';

/** Anchors of the sections, by the field they begin with. Addresses that people may have noted: they do not change. */
export const SECTION_IDS = {
  levels: 'levels',
  bases: 'bases',
  subItems: 'sub-items',
  duties: 'duties',
  dutyBases: 'duty-bases',
  accountability: 'accountability',
  remedies: 'remedies',
  remarks: 'remarks',
} as const;

export interface Section {
  readonly id: string;
  readonly word: string;
}

/** The sections an item has, in page order: the page's own table of contents. */
export function sectionsOf(item: AuthorityItem): Section[] {
  const has: Readonly<Record<keyof typeof SECTION_IDS, boolean>> = {
    levels: item.levels.length > 0,
    bases: true,
    subItems: item.subItems.length > 0,
    duties: [item.departmentDuties, item.dutiesText, item.duties?.[0]].some((one) => one !== undefined),
    dutyBases: item.dutyBasisText !== undefined || (item.dutyBases?.length ?? 0) > 0,
    accountability: item.accountablePersons !== undefined || item.accountabilityGrounds !== undefined,
    remedies: item.remedies !== undefined,
    remarks: item.remarks !== undefined,
  };
  const words = { ...FIELD_WORDS, accountability: '追责' };
  // Object.keys widens to string; the table is a constant.
  return (Object.keys(SECTION_IDS) as (keyof typeof SECTION_IDS)[])
    .filter((name) => has[name])
    .map((name) => ({ id: SECTION_IDS[name], word: words[name] }));
}

const HEADINGS = ['h2', 'h3', 'h4', 'h5', 'h6'] as const;

/** The element for a heading of that depth. Deeper than six there is none: a level of a sub-item is deep enough. */
export function headingOf(depth: number): (typeof HEADINGS)[number] {
  return HEADINGS[Math.min(depth, 6) - 2] ?? 'h6';
}
