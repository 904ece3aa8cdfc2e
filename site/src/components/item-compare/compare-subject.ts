import { compareItems, compareLists, versionAt, type ListMoment } from '@mandate/lists';
import { findItemKey } from '@mandate/published';
import { say } from '../../scripts/page/language.ts';
import { element } from '../../scripts/page/marks.ts';
import { formatDayEn } from '../../text/english.ts';
import { formatDay } from '../../text/format.ts';
import { recordedOf } from '../../text/recorded.ts';
import type { Ask, Subject, When } from './compare-query.ts';
import {
  findItem,
  findItemContent,
  readEditions,
  readNegativeItems,
  readSummaries,
  withContents,
  type PublishedEdition,
  type Version,
} from './published-lists.ts';
import { showList, withdrawn, type ListContext } from './show-list.ts';
import { showChanges, showSteps } from './show-redline.ts';

export interface Asked {
  readonly subject: Subject;
  readonly from: When;
  readonly to: When;
  readonly ask: Ask;
}

/** Names of organs by key, as the page has them. */
export type OrganNames = ReadonlyMap<string, string>;

/** Reads what is published, compares, and makes the result. @throws ReadError */
export async function compareSubject(asked: Asked, organs: OrganNames): Promise<HTMLElement[]> {
  const { subject } = asked;
  switch (subject.kind) {
    case 'item':
      return compareItem(asked, subject.key);
    case 'negative':
      return compareNegative(asked, subject.key);
    case 'organ':
      return compareOrgans(asked, [subject.key], organs);
    case 'all':
      return compareOrgans(asked, [...organs.keys()], organs);
  }
}

async function compareItem({ from, to, ask }: Asked, key: string): Promise<HTMLElement[]> {
  const item = await findItem(key);
  if (!item) return [nothing(say('没有这个编号的事项。', 'There is no item of this number.'))];
  const at = (when: When): Version | undefined =>
    when.kind === 'entry'
      ? item.versions.find(({ index }) => index === when.index)
      : versionAt(item.versions, momentOf(when, ask, []));
  const [before, after] = [at(from), at(to)];
  if (!before || !after) {
    const when = before ? to : from;
    const recorded = item.versions[0] && recordedOf(item.versions[0]);
    if (recorded)
      return [
        nothing(
          say(
            `${whenWords(when)}的清单没有收录在这里，不等于那时没有这项权力。最早的一版：${recorded.zh}。`,
            `The list of ${whenWords(when)} was not recorded here; that does not mean there was no such power. The first version: ${recorded.en}.`,
          ),
        ),
      ];
    return [
      nothing(
        say(
          `${whenWords(when)}它还没有列入清单。第一版自 ${formatDay(item.versions[0]?.effectiveDate ?? '')} 起。`,
          `${whenWords(when)} it was not on the list yet.`,
        ),
      ),
    ];
  }
  if (before.index === after.index) {
    return [
      nothing(
        say(`两边是同一版：第 ${before.index} 条。`, `Both are the same version: entry ${before.index}.`),
      ),
    ];
  }
  const [old, now] = [await findItemContent(before.blob), await findItemContent(after.blob)];
  const name = now?.name ?? old?.name ?? key;
  const link = element('a', '', name);
  link.href = `/items/${key.replace('.', '/')}/#history`;
  const between = item.versions.filter(
    ({ index }) =>
      index > Math.min(before.index, after.index) && index <= Math.max(before.index, after.index),
  );
  const why = showSteps(between);
  return [
    element('h2', '', link),
    element('p', '', versionWords(before), say(' → ', ' → '), versionWords(after)),
    ...(why ? [why] : []),
    old && now ? showChanges(compareItems(old, now)) : withdrawn(),
  ];
}

async function compareOrgans(
  asked: Asked,
  keys: readonly string[],
  organs: OrganNames,
): Promise<HTMLElement[]> {
  const lists = await Promise.all(keys.map(readSummaries));
  const items = lists.flat();
  const [only] = keys;
  const editions = keys.length === 1 && only !== undefined ? await editionsFor(asked, only) : [];
  const found = compareLists(
    items,
    momentOf(asked.from, asked.ask, editions),
    momentOf(asked.to, asked.ask, editions),
  );
  const names = new Map(items.map(({ key, versions }) => [key, versions.at(-1)?.name ?? key]));
  // Where responsibility went to another organ, its list says under which name.
  const others = new Set(
    found.moved
      .flatMap(({ from, to }) => [from, to])
      .map(organOf)
      .filter((key) => !keys.includes(key)),
  );
  for (const organ of others) {
    if (!organs.has(organ)) continue;
    for (const { key, versions } of await readSummaries(organ)) names.set(key, versions.at(-1)?.name ?? key);
  }
  const context: ListContext = {
    isNegative: false,
    organName: (key) => (keys.length > 1 || organOf(key) !== only ? organs.get(organOf(key)) : undefined),
    itemName: (key) => names.get(key) ?? key,
  };
  return [heading(asked, editions), ...showList(found, context)];
}

async function compareNegative(asked: Asked, list: string): Promise<HTMLElement[]> {
  const [items, editions] = [await readNegativeItems(list), await editionsFor(asked, list)];
  const [from, to] = [momentOf(asked.from, asked.ask, editions), momentOf(asked.to, asked.ask, editions)];
  const ends = items.flatMap(({ versions }) => [versionAt(versions, from), versionAt(versions, to)]);
  const contents = await withContents(ends.filter((version) => version !== undefined));
  const named = items.map(({ key, versions }) => ({
    key,
    versions: versions.map((version) => {
      const content = contents.get(version.blob);
      return content
        ? { ...version, name: `${content.number} ${content.name}`, state: content.state }
        : version;
    }),
  }));
  const found = compareLists(named, from, to);
  const names = new Map(
    named.map(({ key, versions }) => [key, versions.findLast(({ name }) => name)?.name ?? key]),
  );
  const context: ListContext = {
    isNegative: true,
    organName: () => undefined,
    itemName: (key) => names.get(key) ?? key,
  };
  return [heading(asked, editions), ...showList(found, context)];
}

async function editionsFor({ from, to }: Asked, list: string): Promise<PublishedEdition[]> {
  return from.kind === 'edition' || to.kind === 'edition' ? readEditions(list) : [];
}

function momentOf(when: When, ask: Ask, editions: readonly PublishedEdition[]): ListMoment {
  switch (when.kind) {
    case 'day':
      return { kind: ask, day: when.day };
    case 'entry':
      return { kind: 'before', index: when.index + 1 };
    case 'edition':
      // An edition that is not there holds nothing.
      return {
        kind: 'before',
        index: editions.find(({ edition }) => edition.number === when.number)?.index ?? 0,
      };
  }
}

function heading({ from, to, ask }: Asked, editions: readonly PublishedEdition[]): HTMLElement {
  const one = (when: When): string => {
    const edition = when.kind === 'edition' && editions.find((known) => known.edition.number === when.number);
    if (edition) return edition.edition.name;
    if (when.kind === 'edition') return say(`没有“${when.number}”这一版`, `no edition “${when.number}”`);
    return whenWords(when);
  };
  const question = [from, to].some(({ kind }) => kind === 'day')
    ? ask === 'listed'
      ? say('（按当天清单上写的）', ' (as the list said)')
      : say('（按当天有效的）', ' (as was in force)')
    : '';
  return element('h2', '', `${one(from)} → ${one(to)}${question}`);
}

function whenWords(when: When): string {
  switch (when.kind) {
    case 'day':
      return say(formatDay(when.day), formatDayEn(when.day));
    case 'entry':
      return say(`第 ${when.index} 条`, `entry ${when.index}`);
    case 'edition':
      return when.number;
  }
}

/** 第 12 条（自 2025年7月1日 起） */
export function versionWords(version: Version): string {
  const { index, effectiveDate } = version;
  const recorded = recordedOf(version);
  if (recorded) return say(`第 ${index} 条（${recorded.zh}）`, `entry ${index} (${recorded.en})`);
  return say(
    `第 ${index} 条（自 ${formatDay(effectiveDate)} 起）`,
    `entry ${index} (from ${formatDayEn(effectiveDate)})`,
  );
}

function nothing(words: string): HTMLElement {
  return element('p', 'nothing', words);
}

function organOf(itemKey: string): string {
  return findItemKey(itemKey)?.list ?? '';
}
