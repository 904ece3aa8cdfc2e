import { CATEGORIES, CATEGORY_CODES, type CategoryCode } from '@mandate/codes';
import { getOrgans, type OrganRecord } from './organs.ts';

export interface CategoryCount {
  readonly code: CategoryCode;
  readonly name: string;
  /** items that are not cancelled */
  readonly items: number;
}

/** Categories in the order lists are printed, with the number of items of one organ or of all. */
export function countByCategory(organs: readonly OrganRecord[] = getOrgans()): CategoryCount[] {
  return CATEGORY_CODES.map((code) => ({
    code,
    name: CATEGORIES[code],
    items: organs.reduce((sum, { categories }) => sum + (categories[code] ?? 0), 0),
  }));
}

export function countItems(): number {
  return getOrgans().reduce((sum, { items }) => sum + items, 0);
}

/** Organs that act today, and those of before that were abolished: their lists stay, and are counted apart. */
export function countOrgans(organs: readonly OrganRecord[] = getOrgans()): {
  readonly acting: number;
  readonly abolished: number;
} {
  const abolished = organs.filter(({ organ }) => organ.abolished === true).length;
  return { acting: organs.length - abolished, abolished };
}
