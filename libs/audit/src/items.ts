import type { AuditedBlobs } from './blobs.ts';
import { type AuditedEntry, byKey, type History } from './entries.ts';
import { ABSENT, type Expectation, type Members, optional, UNJUDGED } from './expectation.ts';
import { type ItemContent, NEWER } from './item-content.ts';
import { isObject, textOf } from './json.ts';

/** The entries of the items of one list, as they stand in the log. */
export function expectHistories(
  owner: 'organ' | 'list',
  list: string,
  own: readonly AuditedEntry[],
): Members {
  return { [owner]: { is: list }, items: expectKeys(byKey(own), () => ({})) };
}

/** Records of keys: each with its entries, and what else is said of it. */
export function expectKeys(
  histories: readonly History[],
  more: (key: string, history: readonly AuditedEntry[]) => Members,
  named = 'key',
): Expectation {
  return {
    named,
    records: histories.map(([key, history]) => ({
      name: key,
      members: () => ({
        [named]: { is: key },
        entries: {
          named: 'index',
          records: history.map(({ index, value }) => ({
            name: index,
            members: () => ({ index: { is: index }, entry: { is: value } }),
          })),
        },
        ...more(key, history),
      }),
    })),
  };
}

/** What lists and searches need of each item of an organ. */
export function expectSummaries(
  organ: string,
  own: readonly AuditedEntry[],
  contents: AuditedBlobs['items'],
): Members {
  const records = byKey(own).map(([key, history]) => ({
    name: key,
    members: () => expectSummary(key, history, contents),
  }));
  return { organ: { is: organ }, items: { named: 'key', records } };
}

const CONTENT = [
  'name',
  'category',
  'state',
  'baseCode',
  'office',
  'laws',
  'statutoryDays',
  'promisedDays',
  'charged',
];

function expectSummary(
  key: string,
  history: readonly AuditedEntry[],
  contents: AuditedBlobs['items'],
): Members {
  const newest = contents.get(history.at(-1)?.blob ?? '');
  return { key: { is: key }, ...expectContent(newest), versions: expectVersions(history, contents) };
}

/** Of the newest entry, also where it holds from a later day only; nothing where its content was taken down. */
function expectContent(item: ItemContent | undefined): Members {
  const each = (state: typeof ABSENT | typeof UNJUDGED): Members =>
    Object.fromEntries(CONTENT.map((member) => [member, state]));
  if (item === NEWER) return { ...each(UNJUDGED), levels: UNJUDGED, subItems: UNJUDGED };
  if (item === undefined) return { ...each(ABSENT), levels: { is: [] }, subItems: { is: [] } };
  return {
    name: { is: item.name },
    category: { is: item.category },
    state: { is: item.state },
    levels: { is: item.levels },
    baseCode: optional(item.baseCode),
    office: optional(item.office),
    subItems: { is: item.subItems },
    laws: item.laws.length === 0 ? ABSENT : { is: item.laws },
    statutoryDays: optional(item.statutoryDays),
    promisedDays: optional(item.promisedDays),
    charged: optional(item.charged),
  };
}

function expectVersions(history: readonly AuditedEntry[], contents: AuditedBlobs['items']): Expectation {
  let before: string | undefined;
  // After what is newer nobody here knows the state that the next entry found.
  let open = false;
  const records = history.map(({ index, value, blob }) => {
    const content = contents.get(blob);
    const said = content === NEWER ? undefined : content;
    const entry = isObject(value) ? value : {};
    const kind = textOf(value, 'kind') ?? kindBetween(before, said?.state ?? 'in-force');
    // What was taken down, or is newer, leaves the state as it was.
    before = said?.state ?? before ?? 'in-force';
    const kindKnown = entry['kind'] !== undefined || (content !== NEWER && !open);
    open = content === NEWER || (open && said === undefined);
    const members: Members = {
      index: { is: index },
      time: optional(entry['time']),
      effectiveDate: optional(entry['effectiveDate']),
      kind: kindKnown ? { is: kind } : UNJUDGED,
      state: content === NEWER ? UNJUDGED : optional(said?.state),
      name: content === NEWER ? UNJUDGED : optional(said?.name),
      reason: optional(entry['reason']),
      document: optional(entry['document']),
      edition: optional(entry['edition']),
      related: optional(entry['related']),
      blob: { is: blob },
    };
    return { name: index, members: () => members };
  });
  return { named: 'index', records };
}

/** 变更类型 of an entry that does not say its own. @param from state of the entry before; undefined for the first */
function kindBetween(from: string | undefined, to: string): string {
  if (from === undefined) return 'added';
  if (to === 'cancelled') return 'cancelled';
  if (from === 'cancelled') return 'added';
  if (from === to) return 'changed';
  return to === 'suspended' ? 'suspended' : 'resumed';
}

/** How many items stand on a list: those whose newest content is published and not cancelled. */
export interface Counts {
  readonly items: number;
  /** by category code */
  readonly categories: Readonly<Record<string, number>>;
}

/** Undefined where it depends on a content that is newer than this audit. */
export function countItems(
  own: readonly AuditedEntry[],
  contentOf: (
    blob: string,
  ) => ItemContent | Pick<Exclude<ItemContent, string>, 'category' | 'state'> | undefined,
): Counts | undefined {
  const categories = new Map<string, number>();
  let items = 0;
  for (const blob of new Map(own.map((entry) => [entry.key, entry.blob])).values()) {
    const content = contentOf(blob);
    if (content === NEWER) return undefined;
    if (content === undefined || content.state === 'cancelled') continue;
    items += 1;
    categories.set(content.category, (categories.get(content.category) ?? 0) + 1);
  }
  return { items, categories: Object.fromEntries(categories) };
}
