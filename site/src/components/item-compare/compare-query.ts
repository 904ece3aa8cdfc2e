import { findItemKey, isNegativeListKey, isOrganKey } from '@mandate/published';

/** What is compared. */
export type Subject =
  | { readonly kind: 'item'; readonly key: string }
  | { readonly kind: 'organ'; readonly key: string }
  | { readonly kind: 'negative'; readonly key: string }
  /** the lists of all organs */
  | { readonly kind: 'all' };

/** A day, an entry of an item, or an edition of a list. */
export type When =
  | { readonly kind: 'day'; readonly day: string }
  | { readonly kind: 'entry'; readonly index: number }
  | { readonly kind: 'edition'; readonly number: string };

/** Of a day: what was in force on it, or what the list said on it. */
export type Ask = 'in-force' | 'listed';

export interface CompareQuery {
  readonly subject: Subject | undefined;
  readonly from: When | undefined;
  readonly to: When | undefined;
  readonly ask: Ask;
  /** a single day of an item to go to */
  readonly on: string | undefined;
}

/** The address bar's state, `?list=…&from=2025-01-01&to=e2026&ask=listed`; what is malformed counts as absent. */
export function parseQuery(search: string): CompareQuery {
  const query = new URLSearchParams(search);
  const on = query.get('on') ?? '';
  return {
    subject: parseSubject(query),
    from: parseWhen(query.get('from') ?? ''),
    to: parseWhen(query.get('to') ?? ''),
    ask: query.get('ask') === 'listed' ? 'listed' : 'in-force',
    on: isDay(on) ? on : undefined,
  };
}

export function encodeQuery({ subject, from, to, ask }: Omit<CompareQuery, 'on'>): string {
  const query = new URLSearchParams();
  if (subject?.kind === 'item') query.set('item', subject.key);
  if (subject?.kind === 'organ') query.set('list', subject.key);
  if (subject?.kind === 'all') query.set('list', 'all');
  if (subject?.kind === 'negative') query.set('negative', subject.key);
  if (from) query.set('from', encodeWhen(from));
  if (to) query.set('to', encodeWhen(to));
  if (ask === 'listed') query.set('ask', ask);
  return `?${query.toString()}`;
}

function parseSubject(query: URLSearchParams): Subject | undefined {
  const [item = '', list = '', negative = ''] = ['item', 'list', 'negative'].map(
    (name) => query.get(name) ?? '',
  );
  // What is nobody's key never becomes a part of a path.
  if (findItemKey(item)?.register === 'authority-item') return { kind: 'item', key: item };
  if (list === 'all') return { kind: 'all' };
  if (isOrganKey(list)) return { kind: 'organ', key: list };
  if (isNegativeListKey(negative) || isNegativeListKey(list))
    return { kind: 'negative', key: negative || list };
  return undefined;
}

/** `2025-01-31`, `v12` for entry 12, `e2025-1` for edition 2025-1. */
export function parseWhen(text: string): When | undefined {
  if (isDay(text)) return { kind: 'day', day: text };
  if (/^v\d{1,15}$/.test(text)) return { kind: 'entry', index: Number(text.slice(1)) };
  if (/^e[0-9A-Za-z-]{1,30}$/.test(text)) return { kind: 'edition', number: text.slice(1) };
  return undefined;
}

export function encodeWhen(when: When): string {
  switch (when.kind) {
    case 'day':
      return when.day;
    case 'entry':
      return `v${when.index}`;
    case 'edition':
      return `e${when.number}`;
  }
}

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));
}
