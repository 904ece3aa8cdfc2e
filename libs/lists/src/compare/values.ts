import type { Json } from '@mandate/encoding';
import { fieldName, inReadingOrder } from './fields.ts';
import { matchMembers } from './members.ts';
import { compareTexts, type TextPiece } from './texts.ts';

/** One thing that differs between two versions. */
export interface FieldChange {
  /** keys from the top, places in lists left out, e.g. `service.materials.copies` */
  readonly path: string;
  /** the field in Chinese and in English */
  readonly name: string;
  readonly english: string;
  /** the members of lists it is in, outermost first, e.g. 子项, 食品销售许可 */
  readonly within: readonly { readonly name: string; readonly english: string; readonly member: string }[];
  readonly kind: 'added' | 'removed' | 'changed' | 'reordered';
  /** for a member that came or went, which one */
  readonly member?: string;
  /** the redline, unabridged */
  readonly pieces: readonly TextPiece[];
}

type Fields = Readonly<Record<string, Json | undefined>>;

/** Where in a value we are. */
interface Place {
  readonly path: string;
  /** key of the list or object we are in */
  readonly parent: string;
  readonly within: FieldChange['within'];
  /** names of process steps by id, of both versions */
  readonly steps: ReadonlyMap<string, string>;
}

/** A wording and the same parsed; where both lists are parsed, the parts tell the change. */
const PARSED: Readonly<Record<string, string>> = {
  basisText: 'bases',
  dutiesText: 'duties',
  dutyBasisText: 'dutyBases',
};
/** Beside a `text` that changed, what was read out of it says nothing new. */
const READ_OUT = new Set(['title', 'version', 'articles', 'kind', 'stage', 'days', 'unit']);
const MEMBER_LENGTH = 24;

/** What differs between two values of one schema, in reading order; nothing if and only if they are equal. */
export function compareValues(before: Fields, after: Fields): FieldChange[] {
  const steps = new Map([...stepNames(before), ...stepNames(after)]);
  return compareObjects(before, after, { path: '', parent: '', within: [], steps });
}

function compareObjects(before: Fields, after: Fields, place: Place): FieldChange[] {
  const changes = new Map<string, FieldChange[]>();
  // Most of two versions is the same: what is, by its bytes, is not looked into.
  const differing = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (key) => !sameJson(before[key], after[key]),
  );
  const keys = inReadingOrder(place.parent, differing);
  for (const key of keys) changes.set(key, compareField(key, before[key], after[key], place));
  for (const [wording, parsed] of Object.entries(PARSED)) {
    const both = isList(before[parsed]) && isList(after[parsed]);
    const [first, second] = both ? [parsed, wording] : [wording, parsed];
    if ((changes.get(first) ?? []).length > 0) changes.delete(second);
  }
  if ((changes.get('text') ?? []).length > 0) for (const key of READ_OUT) changes.delete(key);
  return [...changes.values()].flat();
}

function compareField(
  key: string,
  before: Json | undefined,
  after: Json | undefined,
  place: Place,
): FieldChange[] {
  const { name, english } = fieldName(place.parent, key);
  const path = place.path === '' ? key : `${place.path}.${key}`;
  const inner = { ...place, path, parent: key };
  const [old, now] = [before ?? emptyLike(after), after ?? emptyLike(before)];
  if (key !== 'next' && isList(old) && isList(now)) {
    return compareLists(old, now, inner, { name, english });
  }
  if (isFields(old) && isFields(now)) {
    const within = compareObjects(old, now, inner);
    // An object that came or went with nothing in it.
    if (within.length > 0 || (before !== undefined && after !== undefined)) return within;
  }
  const texts = [before, after].map((value) =>
    value === undefined ? '' : textOf(key, value, place.parent, place.steps),
  );
  let [oldText = '', newText = ''] = texts;
  const kind = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  // An empty list says what no list says.
  if (kind !== 'changed' && oldText + newText === '') return [];
  if (kind === 'changed' && oldText === newText) {
    // Two codes with one name, two ways to the same step.
    [oldText, newText] = [JSON.stringify(before), JSON.stringify(after)];
  }
  return [{ path, name, english, within: place.within, kind, pieces: compareTexts(oldText, newText) }];
}

function compareLists(
  before: readonly Fields[],
  after: readonly Fields[],
  place: Place,
  words: { readonly name: string; readonly english: string },
): FieldChange[] {
  const key = place.parent;
  const { steps, path, within } = place;
  const whole = (member: Fields): string => textOfMember(key, member, steps);
  const matched = matchMembers(before, after, (member) => identityOf(key, member), whole);
  const change = (
    kind: FieldChange['kind'],
    pieces: FieldChange['pieces'],
    member?: Fields,
  ): FieldChange => ({
    path,
    ...words,
    within,
    kind,
    ...(member && { member: memberName(key, member) }),
    pieces,
  });
  const changes = matched.present.flatMap(({ before: old, after: now }) => {
    if (!old) return [change('added', [{ kind: 'added', text: whole(now) }], now)];
    if (sameJson(old, now)) return [];
    const member = memberName(key, now);
    return compareObjects(old, now, { ...place, within: [...within, { ...words, member }] });
  });
  for (const gone of matched.removed) {
    changes.push(change('removed', [{ kind: 'removed', text: whole(gone) }], gone));
  }
  if (matched.isReordered) {
    const order = (members: readonly Fields[]): string =>
      members.map((member) => memberName(key, member)).join('、');
    changes.push(change('reordered', compareTexts(order(before), order(after))));
  }
  return changes;
}

/** What makes a member the same one when all else changes. */
function identityOf(key: string, member: Fields): string | undefined {
  const by = (...names: string[]): string | undefined => {
    const values = names.map((name) => member[name] ?? '');
    return values.every((value) => value === '') ? undefined : JSON.stringify(values);
  };
  switch (key) {
    case 'levels':
      return by('level') ?? by('label');
    case 'duties':
      return by('stage', 'kind');
    case 'bases':
    case 'dutyBases':
      return by('title');
    case 'process':
      return by('id');
    case 'risks':
      return by('step', 'form');
    case 'discretion':
      return by('conduct');
    case 'tiers':
      return by('tier');
    case 'windows':
      return by('name') ?? by('url') ?? by('address');
    default:
      return by('name');
  }
}

/** A short name of a member, for people. */
function memberName(key: string, member: Fields): string {
  const text = (name: string): string | undefined => {
    const value = member[name];
    return typeof value === 'string' ? value : undefined;
  };
  const level = text('level');
  const name =
    text('name') ??
    (text('title') === undefined ? undefined : `《${text('title') ?? ''}》`) ??
    text('label') ??
    (level === undefined ? undefined : fieldName(key, 'level').words?.[level]) ??
    ['stage', 'step', 'conduct', 'tier', 'address', 'url', 'text', 'division'].map(text).find(Boolean) ??
    '';
  const chars = [...name];
  return chars.length > MEMBER_LENGTH ? `${chars.slice(0, MEMBER_LENGTH).join('')}…` : name;
}

/** All that a member says, a line a field. */
function textOfMember(key: string, member: Fields, steps: Place['steps']): string {
  const lines = inReadingOrder(key, Object.keys(member)).flatMap((name) => {
    const value = member[name];
    const repeats =
      (Object.hasOwn(PARSED, name) && isList(member[PARSED[name] ?? ''])) ||
      (member['text'] !== undefined && READ_OUT.has(name));
    if (value === undefined || repeats || name === 'id') return [];
    const text = textOf(name, value, key, steps);
    if (text === '') return [];
    const plain = name === 'name' || name === 'text';
    return plain ? [text] : [`${fieldName(key, name).name}：${text}`];
  });
  return lines.join('\n');
}

/** A value in words. */
function textOf(key: string, value: Json, parent: string, steps: Place['steps']): string {
  if (typeof value === 'string') return fieldName(parent, key).words?.[value] ?? value;
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (value === null || typeof value === 'number') return String(value);
  if (key === 'next' && isList(value)) {
    const ways = value.map(({ to, when }) => {
      const name = typeof to === 'string' ? (steps.get(to) ?? to) : '';
      return typeof when === 'string' ? `${name}（${when}）` : name;
    });
    return ways.length === 0 ? '到此结束' : ways.join('、');
  }
  if (isList(value)) return value.map((member) => textOfMember(key, member, steps)).join('\n');
  if (isFields(value)) return textOfMember(key, value, steps);
  return value.map((one) => textOf(key, one, parent, steps)).join('、');
}

function stepNames({ process }: Fields): (readonly [string, string])[] {
  if (!isList(process)) return [];
  return process.flatMap(({ id, name }) =>
    typeof id === 'string' && typeof name === 'string' ? [[id, name] as const] : [],
  );
}

/** A list of objects; an empty list too, which may be one of anything. */
function isList(value: Json | undefined): value is readonly Fields[] {
  return Array.isArray(value) && value.every((one) => isFields(one));
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What is absent compares like an empty one of its kind. */
function emptyLike(value: Json | undefined): Json | undefined {
  if (isList(value) && value.length > 0) return [];
  return isFields(value) ? {} : undefined;
}

function sameJson(before: Json | undefined, after: Json | undefined): boolean {
  return before === after || JSON.stringify(before) === JSON.stringify(after);
}
