import { INDUSTRY_SECTIONS, type IndustrySection } from '@mandate/codes';
import { NegativeListItemSchema, type ListEntry, type NegativeListItem } from '@mandate/lists';
import {
  NEGATIVE_LISTS_PATH,
  negativeItemAddress as addressOfItem,
  negativeItemsPath,
  parseItemKey,
  parseNegativeItemsFile,
  parseNegativeListsFile,
  type NegativeListRecord as PublishedRecord,
} from '@mandate/published';
import { findBlob } from './blobs.ts';
import { versionShownOn } from './day.ts';
import { PublishedError } from './errors.ts';
import { parsePublished } from './files.ts';
import { remembered } from './reads.ts';
import { getSettings } from './settings.ts';

export type NegativeListRecord = Readonly<PublishedRecord>;

export interface NegativeVersion {
  /** leaf index in the lists log */
  readonly index: number;
  readonly entry: ListEntry;
  /** absent when redacted */
  readonly item: NegativeListItem | undefined;
}

export interface NegativeItemHistory {
  readonly key: string;
  readonly list: string;
  /** six digits */
  readonly code: string;
  /** in force on the day of the pages; before its first day the first scheduled one */
  readonly current: NegativeVersion;
  /** oldest first */
  readonly versions: readonly NegativeVersion[];
}

export const getNegativeLists = remembered((): readonly NegativeListRecord[] =>
  parsePublished(NEGATIVE_LISTS_PATH, parseNegativeListsFile),
);

export function findNegativeList(key: string): NegativeListRecord | undefined {
  return getNegativeLists().find((list) => list.key === key);
}

/** Items of a negative list by code. Unlike an organ's, a whole list is small enough to read its blobs at once. */
export const getNegativeItems = remembered(readItems);

/** @throws PublishedError `malformed-file` for an item that is not in the list's file */
export function getNegativeItem(list: string, code: string): NegativeItemHistory {
  const item = getNegativeItems(list).get(code);
  if (!item) throw new PublishedError('malformed-file', `no item ${list}.${code}`);
  return item;
}

export function negativeItemAddress({ list, code }: { list: string; code: string }): string {
  return addressOfItem(list, code);
}

export const CHAPTERS = {
  prohibited: { name: '禁止准入类', en: 'Prohibited' },
  permitted: { name: '许可准入类', en: 'By permission' },
} as const;

/** Items under one heading of a negative list. */
export interface NegativeSection {
  readonly chapter: keyof typeof CHAPTERS;
  /** absent for what holds for all trades */
  readonly section: IndustrySection | undefined;
  readonly name: string;
  readonly items: readonly NegativeItemHistory[];
}

/** The list as it is printed: chapter by chapter, section by section, items that are cancelled left out. */
export function getNegativeSections(list: string): NegativeSection[] {
  const groups = new Map<string, { section: Omit<NegativeSection, 'items'>; items: NegativeItemHistory[] }>();
  for (const history of getNegativeItems(list).values()) {
    const { item } = history.current;
    if (!item || item.state === 'cancelled') continue;
    const name =
      item.section === undefined ? (item.sectionName ?? '各行业都适用') : INDUSTRY_SECTIONS[item.section];
    const id = `${item.chapter} ${item.section ?? name}`;
    const group = groups.get(id) ?? {
      section: { chapter: item.chapter, section: item.section, name },
      items: [],
    };
    groups.set(id, group);
    group.items.push(history);
  }
  return [...groups.values()]
    .map(({ section, items }) => ({ ...section, items: items.sort(byNumber) }))
    .sort(bySection);
}

/** Anchor of a section in its list's page. */
export function sectionAnchor({ chapter, section, name }: Omit<NegativeSection, 'items'>): string {
  return `${chapter}-${section ?? encodeURIComponent(name)}`;
}

/** 禁止 before 许可; what holds for all trades in the order of its numbers, then A to T. */
function bySection(a: NegativeSection, b: NegativeSection): number {
  if (a.chapter !== b.chapter) return a.chapter === 'prohibited' ? -1 : 1;
  if (a.section !== b.section) return (a.section ?? '') < (b.section ?? '') ? -1 : 1;
  const [x, y] = [a.items[0], b.items[0]];
  return x && y ? byNumber(x, y) : 0;
}

function byNumber(a: NegativeItemHistory, b: NegativeItemHistory): number {
  const [x, y] = [a.current.item?.number ?? '', b.current.item?.number ?? ''];
  return Number.parseInt(x, 10) - Number.parseInt(y, 10) || (a.code < b.code ? -1 : 1);
}

function readItems(list: string): ReadonlyMap<string, NegativeItemHistory> {
  const { day } = getSettings();
  const { items } = parsePublished(negativeItemsPath(list), parseNegativeItemsFile);
  return new Map(
    items.map(({ key, entries }) => {
      const { number: code } = parseItemKey(key);
      const versions = entries.map(({ index, entry }) => ({
        index,
        entry,
        item: findBlob(entry.blob, NegativeListItemSchema),
      }));
      const current = versionShownOn(versions, day);
      if (!current) throw new PublishedError('malformed-file', `no entry for ${key}`);
      return [code, { key, list, code, versions, current }];
    }),
  );
}
