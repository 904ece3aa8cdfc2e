import type { ItemState, ItemSummary as Published, VersionSummary } from '@mandate/lists';
import {
  authorityItemAddress,
  findItemKey,
  ORGANS_PATH,
  parseItemKey,
  parseSummariesFile,
  summariesPath,
} from '@mandate/published';
import { versionShownOn } from './day.ts';
import { PublishedError } from './errors.ts';
import { digestOf, parsePublished, stateOn } from './files.ts';
import { findOrgan, getOrgans } from './organs.ts';
import { defineInput, recordRead, remembered, withoutRecording } from './reads.ts';
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

/** Summaries of an organ's items, in the order of their numbers. @throws PublishedError */
export const getSummaries = remembered((organ: string): readonly ItemSummary[] => {
  const { day } = getSettings();
  const { items } = parsePublished(summariesPath(organ), parseSummariesFile);
  return items.map((item) => summaryOn(day, organ, item));
});

const byKey = remembered(
  (organ: string) => new Map(withoutRecording(() => getSummaries(organ)).map((item) => [item.key, item])),
);

/** One item, for pages that name another item than their own. `key` is `<organ>.<number>`. */
export function findSummary(key: string): ItemSummary | undefined {
  recordRead(`summary:${key}`);
  return findUnrecorded(key);
}

function findUnrecorded(key: string): ItemSummary | undefined {
  const organ = findItemKey(key)?.list;
  if (organ === undefined) return undefined;
  return withoutRecording(() => {
    return findOrgan(organ) === undefined ? undefined : byKey(organ).get(key);
  });
}

defineInput('summary', (key) => {
  const found = findUnrecorded(key);
  if (found === undefined) return { digest: 'none' };
  return stateOn(
    digestOf(JSON.stringify(found)),
    found.versions.map(({ effectiveDate }) => effectiveDate),
  );
});

/** Summaries of all items, organ by organ. */
export function* eachSummary(): Generator<ItemSummary> {
  for (const { key } of getOrgans()) yield* getSummaries(key);
}

/** Names of the files that `eachSummary` reads. */
export function summaryFiles(): string[] {
  return [ORGANS_PATH, ...getOrgans().map(({ key }) => summariesPath(key))].map((path) => `file:${path}`);
}

export function itemAddress({ organ, number }: { organ: string; number: string }): string {
  return authorityItemAddress(organ, number);
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
    number: parseItemKey(item.key).number,
    name: current.entry.name ?? REDACTED_NAME,
    state: current.entry.state,
    current: current.entry,
    newest,
  };
}
