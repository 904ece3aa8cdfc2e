import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeDurably } from './durable.ts';

// What the pages of a folder were made of. It is written when they stand, and never before: pages it does not know of are
// rendered again.

const HeaderSchema = z.object({
  /** all that its pages read, named as coarsely as still tells that nothing has changed */
  inputs: z.array(z.string()),
  /** first day on which something it read comes into force */
  nextDay: z.string().optional(),
  files: z.number().int(),
  sitemaps: z.array(z.string()),
});
/** A share of the pages: those below one organ, or those of one route. */
export type ShardHeader = Readonly<z.infer<typeof HeaderSchema>>;

export interface PagesState {
  /** hash of the site's sources */
  readonly source: string;
  readonly publicUrl: string;
  readonly day: string;
  /** digest of each input of any shard, and of inputs that are looked at in place of them */
  readonly inputs: ReadonlyMap<string, string>;
  readonly shards: ReadonlyMap<string, ShardHeader>;
}

const StateSchema = z.object({
  v: z.literal(1),
  source: z.string(),
  publicUrl: z.string(),
  day: z.string(),
  /** first day on which pages say something else though no entry has come; the registry reads it */
  nextDay: z.string().optional(),
  inputs: z.array(z.tuple([z.string(), z.string()])),
  /** many shards name the same inputs: each by its place in the list */
  shards: z.array(z.tuple([z.string(), HeaderSchema.extend({ inputs: z.array(z.number().int()) })])),
});

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
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
  const { data } = StateSchema.safeParse(value);
  if (data === undefined) return undefined;
  const { source, publicUrl, day, inputs } = data;
  const shards = data.shards.map(([id, header]) => {
    const names = header.inputs.flatMap((at) => inputs[at]?.[0] ?? []);
    return [id, { ...header, inputs: names }] as const;
  });
  return { source, publicUrl, day, inputs: new Map(inputs), shards: new Map(shards) };
}

export function writePagesState(stateDir: string, state: PagesState): void {
  const { source, publicUrl, day } = state;
  const inputs = [...state.inputs].sort(([a], [b]) => (a < b ? -1 : 1));
  const places = new Map(inputs.map(([name], place) => [name, place]));
  const shards = [...state.shards].map(([id, header]): z.input<typeof StateSchema>['shards'][number] => [
    id,
    { ...header, inputs: header.inputs.flatMap((name) => places.get(name) ?? []) },
  ]);
  const [nextDay] = [...state.shards.values()].flatMap((header) => header.nextDay ?? []).sort();
  const encoded: z.input<typeof StateSchema> = { v: 1, source, publicUrl, day, nextDay, inputs, shards };
  writeDurably(join(stateDir, 'pages.json'), `${JSON.stringify(encoded)}\n`);
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
