import type { AuthorityItem } from '../authority-item.ts';
import type { NegativeListItem } from '../negative-list.ts';
import { compareValues, type FieldChange } from './values.ts';

/**
 * What differs between two versions of an item, field by field in reading order, members of lists matched by what they are
 * (level, stage, title, name, step) and not by where they stand. Empty where both say the same.
 */
export function compareItems(before: AuthorityItem, after: AuthorityItem): FieldChange[] {
  return compareValues(before, after);
}

/** The same for an item of a negative list; its measures are matched by their wording. */
export function compareNegativeItems(before: NegativeListItem, after: NegativeListItem): FieldChange[] {
  return compareValues(before, after);
}
