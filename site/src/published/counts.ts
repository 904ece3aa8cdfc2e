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
