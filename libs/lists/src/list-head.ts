import type { ItemState } from './authority-item.ts';
import { LEVELS, type Level } from './levels.ts';
import type { Register } from './list-entry.ts';

/** What lists are found, filtered and counted by. Null where the content says nothing of it. */
export interface ListHead {
  readonly name: string | null;
  /** 权力类型 of an authority item, chapter of a negative-list item */
  readonly category: string | null;
  /** 门类 of a negative-list item */
  readonly section: string | null;
  /** organs and regions have none of their own: they stand until they are abolished */
  readonly state: ItemState | null;
  /** codes of the levels an authority item is divided into, those of its sub-items too, each once, in order */
  readonly levels: readonly Level[] | null;
}

/** Raised with every change to what `headOf` says of a content: what was worked out before is then worked out anew. */
export const LIST_HEAD_VERSION = 2;

const STATES: readonly unknown[] = ['in-force', 'suspended', 'cancelled'] satisfies ItemState[];

const NO_HEAD: ListHead = { name: null, category: null, section: null, state: null, levels: null };

/**
 * The head of a content, whatever became of its schema since it was listed: a member that is not there, or is something
 * else, is null. The one place that says what anything on a list is called and how it stands.
 * @param value content of the entry's blob; undefined where it was redacted
 */
export function headOf(register: Register, value: unknown): ListHead {
  if (!isObject(value)) return NO_HEAD;
  const head = { ...NO_HEAD, name: textOf(value['name']) };
  switch (register) {
    case 'authority-item':
      return {
        ...head,
        category: textOf(value['category']),
        state: stateOf(value['state']),
        levels: levelsOf(value),
      };
    case 'negative-list-item':
      return {
        ...head,
        category: textOf(value['chapter']),
        section: textOf(value['section']),
        state: stateOf(value['state']),
      };
    case 'organ':
    case 'region':
      return { ...head, state: value['abolished'] === true ? 'cancelled' : 'in-force' };
    case 'certificate-type':
    case 'signing-key':
    case 'negative-list':
    case 'edition':
      return head;
  }
}

/** The levels an item is divided into, those of its sub-items too, each once, in order. @param item what is read of it */
export function levelsOf(item: unknown): Level[] {
  const subItems = listOf(item, 'subItems').flatMap((subItem) => listOf(subItem, 'levels'));
  const found = [...listOf(item, 'levels'), ...subItems].map((division) =>
    isObject(division) ? division['level'] : undefined,
  );
  return [...new Set(found.filter(isLevel))].sort();
}

function listOf(value: unknown, member: string): readonly unknown[] {
  const list = isObject(value) ? value[member] : undefined;
  return Array.isArray(list) ? list : [];
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function stateOf(value: unknown): ItemState | null {
  // STATES holds every ItemState and nothing else.
  return STATES.includes(value) ? (value as ItemState) : null;
}

function isLevel(value: unknown): value is Level {
  return typeof value === 'string' && Object.hasOwn(LEVELS, value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
