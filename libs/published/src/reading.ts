import { EncodingError, parseJson, type Json } from '@mandate/encoding';
import type * as z from 'zod';
import { PublishedFormatError } from './errors.ts';

/**
 * How a format grows, and what a reader does with what is newer than itself. Every reader of published files, leaves and
 * blobs follows this one rule; every writer keeps to the schema as it stands.
 *
 * - A **member** that the reader does not know is passed over, at any depth: within a version a member may be added
 *   that changes nothing about those that were there. It stays in the value that is handed out, for what is hashed must
 *   be hashed as it stood.
 * - A **version** that the reader does not know (`schema` ends in a higher number, `v` is higher) is `newer-format`:
 *   what the rest means is then not known. A file without `schema` is of version 1.
 * - A **word** that the reader does not know where the schema has a closed list of them (register, kind, state,
 *   category, level, …) is `newer-format` too, unless the reader's answer cannot depend on it: such a reader names the
 *   members it leaves unread, and their words are passed over.
 * - Everything else that the schema does not say is `invalid`.
 *
 * @param schema strict, and one that changes nothing it reads
 * @param what names it in the message: `organs.json`, `a leaf`
 * @returns the value as it stood, with what was passed over
 * @throws PublishedFormatError `invalid` | `newer-format`
 */
export function readAs<T>(
  schema: z.ZodType<T, T>,
  value: unknown,
  what: string,
  { unread = [] }: { readonly unread?: readonly string[] } = {},
): T {
  let error = schema.safeParse(value).error;
  const passable = error?.issues.every((issue) => isPassable(issue, unread)) ?? false;
  if (error !== undefined && passable) error = schema.safeParse(withoutUnknown(value, error.issues)).error;
  // The schema has said of what it knows that it is a T, and hands out what it was given.
  if (error === undefined) return value as T;
  throw refusal(error, value, what);
}

/** The same of UTF-8 JSON. @throws PublishedFormatError `invalid` | `newer-format` */
export function parseAs<T>(
  schema: z.ZodType<T, T>,
  bytes: Uint8Array,
  what: string,
  options?: { readonly unread?: readonly string[] },
): T {
  return readAs(schema, parsePublishedJson(bytes, what), what, options);
}

/** @throws PublishedFormatError `invalid` */
export function parsePublishedJson(bytes: Uint8Array, what: string): Json {
  try {
    return parseJson(bytes);
  } catch (cause) {
    if (!(cause instanceof EncodingError)) throw cause;
    throw new PublishedFormatError('invalid', `${what} is not JSON`, { cause, detail: 'is not JSON' });
  }
}

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

function isPassable(issue: Issue, unread: readonly string[]): boolean {
  if (issue.code === 'unrecognized_keys') return true;
  return issue.code === 'invalid_value' && unread.includes(String(issue.path.at(-1)));
}

function refusal(error: z.ZodError, value: unknown, what: string): PublishedFormatError {
  const { issues } = error;
  const newer = issues.find((issue) => isNewerVersion(issue, value));
  const unknownWords = issues.every(
    (issue) => issue.code === 'unrecognized_keys' || isUnknownWord(issue, value),
  );
  const code = newer !== undefined || unknownWords ? 'newer-format' : 'invalid';
  // What is merely passed over is not what is wrong.
  const shown = newer ?? issues.find((issue) => issue.code !== 'unrecognized_keys');
  const place = shown?.path.join('.') ?? '';
  const detail = `at ${place}: ${shown?.message ?? ''}`;
  return new PublishedFormatError(code, `${what} ${detail}`, { cause: error, detail });
}

/** `items/2` where `items/1` is known, or 2 where 1 is. */
function isNewerVersion(issue: Issue, value: unknown): boolean {
  if (issue.code !== 'invalid_value' || issue.values.length !== 1) return false;
  const [known] = issue.values;
  const found = at(value, issue.path);
  if (issue.path.at(-1) === 'v') return Number.isInteger(found) && Number(found) > Number(known);
  const [knownName, knownNumber] = versionOf(known);
  const [name, number] = versionOf(found);
  return name !== undefined && name === knownName && Number(number) > Number(knownNumber);
}

function versionOf(schema: unknown): readonly (string | undefined)[] {
  return typeof schema === 'string' ? (/^([a-z-]+)\/([1-9]\d{0,8})$/.exec(schema)?.slice(1) ?? []) : [];
}

function isUnknownWord(issue: Issue, value: unknown): boolean {
  return (
    issue.code === 'invalid_value' &&
    issue.values.length > 1 &&
    issue.values.every((word) => typeof word === 'string') &&
    typeof at(value, issue.path) === 'string'
  );
}

function at(value: unknown, path: Path): unknown {
  let found = value;
  for (const name of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    // An object of any kind may be asked for any name.
    found = (found as Record<PropertyKey, unknown>)[name];
  }
  return found;
}

/** What is to go of a value, as far down as there is anything. */
interface Cuts {
  readonly below: Map<PropertyKey, Cuts>;
  readonly gone: Set<PropertyKey>;
}

function withoutUnknown(value: unknown, issues: readonly Issue[]): unknown {
  const cuts: Cuts = { below: new Map(), gone: new Set() };
  for (const issue of issues) {
    const unknown = issue.code === 'unrecognized_keys';
    let place = cuts;
    for (const name of unknown ? issue.path : issue.path.slice(0, -1)) {
      const next = place.below.get(name) ?? { below: new Map(), gone: new Set() };
      place.below.set(name, next);
      place = next;
    }
    for (const name of unknown ? issue.keys : issue.path.slice(-1)) place.gone.add(name);
  }
  return cutOut(value, cuts);
}

/** Copies on the way to what goes, and nothing else. */
function cutOut(value: unknown, { below, gone }: Cuts): unknown {
  if (Array.isArray(value)) {
    return value.map((one: unknown, index) => {
      const cuts = below.get(index);
      return cuts === undefined ? one : cutOut(one, cuts);
    });
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, one]: [string, unknown]) => {
      if (gone.has(name)) return [];
      const cuts = below.get(name);
      return [[name, cuts === undefined ? one : cutOut(one, cuts)]];
    }),
  );
}
