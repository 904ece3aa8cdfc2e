import type { ItemState } from '@mandate/lists';
import { getItems, type ItemHistory } from './items.ts';
import { getOrgans } from './organs.ts';

/** What a list shows of an item: small enough to hold a whole registry of them. */
export interface ItemSummary {
  readonly organ: string;
  readonly number: string;
  readonly name: string;
  /** absent, as the state, when the current blob was redacted */
  readonly category: string | undefined;
  readonly state: ItemState | undefined;
  /** leaf index, time, day and reason of the newest entry */
  readonly index: number;
  readonly time: string;
  readonly effectiveDate: string;
  readonly reason: string;
  /** leaf indexes of the entries before it */
  readonly earlier: readonly number[];
}

export const REDACTED_NAME = '（内容已撤下的事项）';

let summaries: ReadonlyMap<string, readonly ItemSummary[]> | undefined;

/** Summaries of all items by organ, read once. */
export function getSummaries(): ReadonlyMap<string, readonly ItemSummary[]> {
  summaries ??= new Map(getOrgans().map(({ key }) => [key, [...getItems(key).values()].map(summaryOf)]));
  return summaries;
}

export function itemAddress({ organ, number }: { organ: string; number: string }): string {
  return `/items/${organ}/${number}/`;
}

function summaryOf({ organ, number, current, versions }: ItemHistory): ItemSummary {
  const { index, entry, item } = current;
  return {
    organ,
    number,
    name: item?.name ?? REDACTED_NAME,
    category: item?.category,
    state: item?.state,
    index,
    time: entry.time,
    effectiveDate: entry.effectiveDate,
    reason: entry.reason,
    earlier: versions.slice(0, -1).map((version) => version.index),
  };
}
