import type { Json } from '@mandate/encoding';
import { isNewer, isObject, type JsonObject } from './json.ts';

/**
 * What part of a record must say. Whatever an object says beyond its `members` is newer than this audit: within a version
 * members may be added. `ABSENT` is a member this audit knows, and that must not be there.
 */
export type Expectation =
  { readonly is: Json } | { readonly records: readonly RecordExpectation[]; readonly named: string };

export type Members = Readonly<Record<string, Expectation | typeof ABSENT | typeof UNJUDGED>>;

/** One of a list, in its order, named by one of its members. */
interface RecordExpectation {
  readonly name: string | number;
  /** worked out when it is compared: a file may hold some ten thousand */
  readonly members: () => Members;
}

export const ABSENT = Symbol('absent');
/** A member that follows from something newer than this audit. */
export const UNJUDGED = Symbol('unjudged');

/** The expectation of what may be missing: a member that is there when the value is. */
export function optional(value: Json | undefined): Expectation | typeof ABSENT {
  return value === undefined ? ABSENT : { is: value };
}

export interface Comparison {
  /** the first difference, in words; undefined where there is none */
  readonly fault?: string;
  /** places that this audit passes over, in words */
  readonly unjudged: readonly string[];
}

/** @param kind of the file: it may say `kind/1` of itself */
export function compareFile(found: Json, kind: string, members: Members): Comparison {
  if (!isObject(found)) return { fault: '不是 JSON 对象', unjudged: [] };
  const { schema, ...rest } = found;
  if (isNewer(schema, kind))
    return { unjudged: [`格式 ${shown(schema ?? null)} 比本程序新（newer-format）`] };
  if (schema !== undefined && schema !== `${kind}/1`) return { fault: 'schema 不是这种文件的', unjudged: [] };
  const unjudged: string[] = [];
  const fault = compareMembers(rest, members, '', unjudged);
  return fault === undefined ? { unjudged } : { fault, unjudged };
}

function compareMembers(
  found: JsonObject,
  members: Members,
  place: string,
  unjudged: string[],
): string | undefined {
  for (const [name, expected] of Object.entries(members)) {
    const value = found[name];
    const at = place === '' ? name : `${place} 的 ${name}`;
    if (expected === UNJUDGED) {
      if (value !== undefined) unjudged.push(`${at} 取决于比本程序新的内容（newer-format），没有判断`);
      continue;
    }
    if (expected === ABSENT) {
      if (value !== undefined) return `${at} 写作 ${shown(value)}，按日志不应有`;
      continue;
    }
    if (value === undefined) return `缺少 ${at}`;
    const fault = compare(value, expected, at, unjudged);
    if (fault !== undefined) return fault;
  }
  for (const name of Object.keys(found))
    if (!Object.hasOwn(members, name))
      unjudged.push(
        `${place === '' ? name : `${place} 的 ${name}`} 不为本程序所知（newer-format），没有判断`,
      );
  return undefined;
}

function compare(found: Json, expected: Expectation, place: string, unjudged: string[]): string | undefined {
  if ('is' in expected) {
    if (isSame(found, expected.is)) return undefined;
    return `${place} 写作 ${shown(found)}，按日志应为 ${shown(expected.is)}`;
  }
  const { records, named } = expected;
  if (!Array.isArray(found)) return `${place} 不是列表`;
  // Array.isArray gives any[]; its elements are JSON as the rest.
  const list = found as readonly Json[];
  const names = list.map((one) => (isObject(one) ? one[named] : undefined));
  const other = namesFault(
    names,
    records.map(({ name }) => name),
  );
  if (other !== undefined) return `${place} ${other}`;
  for (const [i, record] of records.entries()) {
    const one = list[i];
    // Whose name was found is an object.
    const fault = isObject(one)
      ? compareMembers(one, record.members(), `${place} 中 ${record.name}`, unjudged)
      : `${place} 中 ${record.name} 不是 JSON 对象`;
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function namesFault(
  found: readonly (Json | undefined)[],
  expected: readonly (string | number)[],
): string | undefined {
  const there = new Set(found);
  const wanted = new Set<Json | undefined>(expected);
  const missing = expected.find((name) => !there.has(name));
  if (missing !== undefined) return `缺少 ${missing}`;
  const foreign = found.findIndex((name) => !wanted.has(name));
  if (foreign >= 0) return `多出 ${shown(found[foreign] ?? null)}`;
  if (found.length !== expected.length) return '有重复';
  const at = expected.findIndex((name, i) => name !== found[i]);
  return at < 0 ? undefined : `的次序不对：第 ${at + 1} 项应为 ${String(expected[at])}`;
}

/** The same JSON, whatever the order of an object's members: the file is canonical already. */
function isSame(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    // Array.isArray gives any[]; their elements are JSON as the rest.
    const [left, right] = [a as readonly Json[], b as readonly Json[]];
    return left.length === right.length && left.every((one, i) => isSame(one, right[i]));
  }
  if (!isObject(a) || !isObject(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && isSame(a[name], b[name]))
  );
}

function shown(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
