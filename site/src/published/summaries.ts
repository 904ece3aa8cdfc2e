import {
  ItemSummarySchema,
  type ItemState,
  type ItemSummary as Published,
  type VersionSummary,
} from '@mandate/lists';
import { z } from 'zod';
import { versionShownOn } from './day.ts';
import { PublishedError } from './errors.ts';
import { parsePublished } from './files.ts';
import { getOrgans } from './organs.ts';
import { getSettings } from './settings.ts';

/** What lists, facets, feeds and pictures need of an item, read from `data/summaries/`; no blob is opened for it. */
export interface ItemSummary extends Omit<Published, 'name' | 'state'> {
  /** key of the organ */
  readonly organ: string;
  /** five digits */
  readonly number: string;
  /** on the day of the pages; `REDACTED_NAME` where the content was redacted */
  readonly name: string;
  /** on the day of the pages; absent where the content was redacted */
  readonly state: ItemState | undefined;
  /** what the item's own address shows: in force on the day of the pages, before its first day the first scheduled one */
  readonly current: VersionSummary;
  /** listed last; it may be scheduled */
  readonly newest: VersionSummary;
}

export const REDACTED_NAME = '（内容已撤下的事项）';

const SummariesSchema = z.object({ organ: z.string(), items: z.array(ItemSummarySchema) });

const read = new Map<string, readonly ItemSummary[]>();

/** Summaries of an organ's items, in the order of their numbers. @throws PublishedError */
export function getSummaries(organ: string): readonly ItemSummary[] {
  let summaries = read.get(organ);
  if (summaries === undefined) {
    const { day } = getSettings();
    const { items } = parsePublished(`data/summaries/${organ}.json`, SummariesSchema);
    summaries = items.map((item) => summaryOn(day, organ, item));
    read.set(organ, summaries);
  }
  return summaries;
}

/** Summaries of all items, organ by organ. */
export function* eachSummary(): Generator<ItemSummary> {
  for (const { key } of getOrgans()) yield* getSummaries(key);
}

export function itemAddress({ organ, number }: { organ: string; number: string }): string {
  return `/items/${organ}/${number}/`;
}

/** Where a version can be read whether or not it is the current one. */
export function versionAddress(
  item: { organ: string; number: string; current: { index: number } },
  index: number,
): string {
  return index === item.current.index ? itemAddress(item) : `${itemAddress(item)}${index}/`;
}

function summaryOn(day: string, organ: string, item: Published): ItemSummary {
  const current = versionShownOn(
    item.versions.map((version) => ({ ...version, entry: version })),
    day,
  );
  const newest = item.versions.at(-1);
  if (!current || !newest) throw new PublishedError('malformed-file', `no entry for ${item.key}`);
  return {
    ...item,
    organ,
    number: item.key.slice(-5),
    name: current.entry.name ?? REDACTED_NAME,
    state: current.entry.state,
    current: current.entry,
    newest,
  };
}
