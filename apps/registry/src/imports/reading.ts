import type { CellError, ReadingOptions, SourceFile } from '@mandate/list-files';
import type { WorkbookLimits } from '@mandate/workbook';

/** A file as it came. */
export interface SentFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What the process that reads files is asked for, by kind of job. */
export interface ReadingJobs {
  readonly read: {
    readonly file: SentFile;
    readonly limits: WorkbookLimits;
    readonly options: ReadingOptions;
  };
  readonly mark: {
    readonly file: SentFile;
    readonly limits: WorkbookLimits;
    readonly errors: readonly CellError[];
  };
}

type Lists = 'items' | 'cellErrors';

/** A file of many items comes piece by piece, so that nobody waits while all of it is taken in. */
export type SourcePart =
  { readonly rest: Omit<SourceFile, Lists> } | { readonly list: Lists; readonly part: readonly unknown[] };

const PART_LENGTH = 200;

/** A file that was read → its parts. */
export function* partsOf({ items, cellErrors, ...rest }: SourceFile): Generator<SourcePart> {
  yield { rest };
  for (const [list, all] of [
    ['items', items],
    ['cellErrors', cellErrors],
  ] as const)
    for (let at = 0; at < all.length; at += PART_LENGTH)
      yield { list, part: all.slice(at, at + PART_LENGTH) };
}

/** Its parts → the file. */
export function joinParts(parts: readonly SourcePart[]): SourceFile {
  const joined: Record<Lists, unknown[]> = { items: [], cellErrors: [] };
  let rest = {};
  for (const part of parts) {
    if ('rest' in part) rest = part.rest;
    else joined[part.list].push(...part.part);
  }
  // What partsOf took apart.
  return { ...rest, ...joined } as unknown as SourceFile;
}
