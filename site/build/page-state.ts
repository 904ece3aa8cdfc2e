import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeDurably } from './durable.ts';

// What the pages of a folder were made of. It is written when they stand, and never before: pages it does not know of are
// rendered again.

const HeaderSchema = z.object({
  /** all that its pages read, named as coarsely as still tells that nothing has changed, with digests */
  inputs: z.array(z.tuple([z.string(), z.string()])),
  /** first day on which something it read comes into force */
  nextDay: z.string().optional(),
  files: z.number().int(),
  sitemaps: z.array(z.string()),
});
/** A share of the pages: those below one organ, or those of one route. */
export type ShardHeader = z.infer<typeof HeaderSchema>;

const StateSchema = z.object({
  v: z.literal(1),
  /** hash of the site's sources */
  source: z.string(),
  publicUrl: z.string(),
  day: z.string(),
  /** first day on which pages say something else though no entry has come */
  nextDay: z.string().optional(),
  shards: z.record(z.string(), HeaderSchema),
});
export type PagesState = z.infer<typeof StateSchema>;

const RowsSchema = z.object({
  names: z.array(z.string()),
  rows: z.array(z.tuple([z.string(), z.string(), z.array(z.number().int()), z.string()])),
});

/** What a file of the output was made of. */
export interface FileState {
  /** digest of what `getStaticPaths` gave it */
  readonly props: string;
  /** what it read */
  readonly names: readonly string[];
  /** of the states of these */
  readonly digest: string;
}

/** Undefined for pages that no state tells of, or one of another version: they are all made anew. */
export function findPagesState(stateDir: string): PagesState | undefined {
  const path = join(stateDir, 'pages.json');
  if (!existsSync(path)) return undefined;
  try {
    return StateSchema.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data;
  } catch {
    return undefined;
  }
}

export function writePagesState(stateDir: string, state: PagesState): void {
  writeDurably(join(stateDir, 'pages.json'), `${JSON.stringify(state)}\n`);
}

export function shardPath(stateDir: string, id: string): string {
  return join(stateDir, 'shards', `${id}.json`);
}

/** Files of a shard by their path. Empty where the state is lost: then all of them are made anew. */
export function readShard(path: string): Map<string, FileState> {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return new Map();
  }
  const { data } = RowsSchema.safeParse(value);
  if (data === undefined) return new Map();
  return new Map(
    data.rows.map(([file, props, at, digest]) => [
      file,
      { props, names: at.flatMap((one) => data.names[one] ?? []), digest },
    ]),
  );
}

export function encodeShard(files: ReadonlyMap<string, FileState>): string {
  const positions = new Map<string, number>();
  const rows = [...files].map(([file, { props, names, digest }]) => {
    const at = names.map((name) => {
      const position = positions.get(name) ?? positions.size;
      positions.set(name, position);
      return position;
    });
    return [file, props, at, digest];
  });
  return JSON.stringify({ names: [...positions.keys()], rows });
}
