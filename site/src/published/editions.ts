import type { Edition, ListEntry } from '@mandate/lists';
import {
  editionAddress as addressOfEdition,
  EDITIONS_PATH,
  negativeListAddress,
  organAddress,
  parseEditionsFile,
} from '@mandate/published';
import { dayOf } from '../text/format.ts';
import { PublishedError } from './errors.ts';
import { parsePublished } from './files.ts';
import { findNegativeList, getNegativeItems, negativeItemAddress } from './negative.ts';
import { findOrgan } from './organs.ts';
import { remembered } from './reads.ts';
import { getSummaries, REDACTED_NAME, versionAddress } from './summaries.ts';

export interface EditionRecord {
  /** `<list key>.<number>` */
  readonly key: string;
  readonly edition: Edition;
  readonly entries: readonly { readonly index: number; readonly entry: ListEntry }[];
  /** leaf index of its entry: what the list said before it is what the edition holds */
  readonly index: number;
  readonly entry: ListEntry;
}

/** All editions of all lists, newest first. */
export const getEditions = remembered((): readonly EditionRecord[] =>
  parsePublished(EDITIONS_PATH, parseEditionsFile)
    .map((record) => {
      const last = record.entries.at(-1);
      if (!last) throw new PublishedError('malformed-file', `no entry for ${record.key}`);
      return { ...record, ...last };
    })
    .sort((a, b) => b.index - a.index),
);

/** Editions of one list, newest first. */
export function editionsOf(list: string): EditionRecord[] {
  return getEditions().filter(({ edition }) => edition.list === list);
}

/** When a list was published, and when a list that stood already was first recorded here. */
export function datesOf({ edition, entry }: Pick<EditionRecord, 'edition' | 'entry'>): {
  /** undefined where the list said no whole day: its `date` is then that of its recording */
  readonly published: string | undefined;
  readonly recorded: string | undefined;
} {
  if (entry.kind !== 'recorded') return { published: edition.date, recorded: undefined };
  const recorded = dayOf(entry.time);
  return { published: edition.date < recorded ? edition.date : undefined, recorded };
}

export function editionAddress({ list, number }: Edition): string {
  return addressOfEdition(list, number);
}

/** Name and address of the list an edition is of. */
export function listOf({ list }: Edition): {
  readonly name: string;
  readonly href: string;
  readonly negative: boolean;
} {
  const negative = findNegativeList(list);
  if (negative) return { name: negative.list.name, href: negativeListAddress(list), negative: true };
  const organ = findOrgan(list);
  if (!organ) throw new PublishedError('malformed-file', `an edition of ${list}, which is no list`);
  return { name: `${organ.organ.name}权责清单`, href: organAddress(list), negative: false };
}

/** An item as an edition holds it. */
export interface EditionItem {
  readonly key: string;
  readonly name: string;
  readonly href: string;
  /** came, was first recorded, or was given its wording, with this edition; else it stood in the one before */
  readonly since: 'new' | 'recorded' | 'changed' | 'same';
  /** leaf index of the version */
  readonly index: number;
}

export interface EditionContent {
  readonly items: readonly EditionItem[];
  /** in force in the edition before, and no longer */
  readonly gone: readonly { readonly key: string; readonly name: string; readonly href: string }[];
  readonly before: EditionRecord | undefined;
}

/** What the list said when the edition was published, and what the edition before it did. */
export function contentOf(record: EditionRecord): EditionContent {
  const own = editionsOf(record.edition.list);
  const before = own[own.findIndex(({ key }) => key === record.key) + 1];
  const items: EditionItem[] = [];
  const gone: EditionContent['gone'][number][] = [];
  for (const { key, versions, address } of historiesOf(record.edition.list)) {
    const now = newestBefore(versions, record.index);
    const then = before && newestBefore(versions, before.index);
    if (now && now.state !== 'cancelled') {
      const wasThere = then !== undefined && then.state !== 'cancelled';
      const came = isFirstRecording(versions, record.index, before?.index) ? 'recorded' : 'new';
      const since = !wasThere ? came : then.blob === now.blob ? 'same' : 'changed';
      items.push({ key, name: now.name ?? REDACTED_NAME, href: address(now.index), since, index: now.index });
    } else if (now && then && then.state !== 'cancelled') {
      gone.push({ key, name: then.name ?? REDACTED_NAME, href: address(now.index) });
    }
  }
  return { items, gone, before };
}

/** Whether an item that the edition before did not hold came as a first recording, and stayed since. */
function isFirstRecording(versions: History['versions'], index: number, before = -1): boolean {
  const [first, ...rest] = versions.filter((version) => version.index < index);
  return (
    first?.kind === 'recorded' && first.index > before && rest.every(({ state }) => state !== 'cancelled')
  );
}

interface History {
  readonly key: string;
  readonly versions: readonly {
    readonly index: number;
    readonly blob: string;
    readonly name?: string | undefined;
    readonly state?: string | undefined;
    readonly kind?: string | undefined;
  }[];
  readonly address: (index: number) => string;
}

function historiesOf(list: string): History[] {
  if (findNegativeList(list)) {
    return [...getNegativeItems(list).values()].map((history) => ({
      key: history.key,
      versions: history.versions.map(({ index, entry, item }) => ({
        index,
        blob: entry.blob,
        name: item?.name,
        state: item?.state,
        kind: entry.kind,
      })),
      address: (index) => negativeVersionAddress(history, index),
    }));
  }
  return getSummaries(list).map((item) => ({
    key: item.key,
    versions: item.versions,
    address: (index) => versionAddress(item, index),
  }));
}

export function negativeVersionAddress(
  history: { list: string; code: string; current: { index: number } },
  index: number,
): string {
  return `${negativeItemAddress(history)}${index === history.current.index ? '' : `${index}/`}`;
}

function newestBefore<T extends { readonly index: number }>(
  versions: readonly T[],
  index: number,
): T | undefined {
  return versions.findLast((version) => version.index < index);
}
