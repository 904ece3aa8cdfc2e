import type { AuthorityItem } from './authority-item.ts';
import type { ListEntry } from './list-entry.ts';
import { endOfDay, entriesListedBy, entryInForceOn } from './timeline.ts';

/** An entry of one item with its place in the log and the content it names. */
export interface ListedItem<Entry = ListEntry> {
  readonly index: number;
  readonly entry: Entry;
  readonly item: AuthorityItem;
}

/** Why a power does not carry a certificate. */
export type MandateRefusal =
  'item-absent' | 'item-suspended' | 'item-cancelled' | 'item-of-another-organ' | 'item-not-of-type';

/** What the question needs of an entry. */
type DatedItem = ListedItem<Pick<ListEntry, 'effectiveDate' | 'time'>>;

export type MandateFinding<T extends DatedItem = ListedItem> =
  | { readonly holds: true; readonly listed: T }
  | { readonly holds: false; readonly refusal: MandateRefusal; readonly listed?: T };

/**
 * 清单之外无权力: whether these entries of one item let this organ issue this type of certificate on this day. Issuing and
 * verification both ask here; there is no second rule. What was listed only after that day carries nothing on it, from
 * whatever earlier day it holds: nobody could read it then (formats §11.2).
 */
export function findMandate<T extends DatedItem>(
  entries: readonly T[],
  wanted: {
    readonly organ: string;
    readonly day: string;
    readonly permits: { readonly category: string; readonly itemNames: readonly string[] };
  },
): MandateFinding<T> {
  const listed = entryInForceOn(entriesListedBy(entries, endOfDay(wanted.day)), wanted.day);
  if (listed === undefined) return { holds: false, refusal: 'item-absent' };
  const { item } = listed;
  if (item.organ !== wanted.organ) return { holds: false, refusal: 'item-of-another-organ', listed };
  if (item.category !== wanted.permits.category || !wanted.permits.itemNames.includes(item.name)) {
    return { holds: false, refusal: 'item-not-of-type', listed };
  }
  switch (item.state) {
    case 'in-force':
      return { holds: true, listed };
    case 'suspended':
      return { holds: false, refusal: 'item-suspended', listed };
    case 'cancelled':
      return { holds: false, refusal: 'item-cancelled', listed };
  }
}
