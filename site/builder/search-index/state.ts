import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Row } from './rows.ts';

/** Raised whenever another program would make other files of the same published data. */
const VERSION = 1;
const FILE = 'search-state.json';

/** What is known of the index in a folder, so that a change of one item costs one item. */
export interface IndexState {
  /** day for which it was built, `YYYY-MM-DD` */
  readonly day: string;
  /** hash of the manifest it belongs to */
  readonly manifest: string;
  /** in order of their numbers */
  readonly rows: readonly Row[];
}

const RowTuple = z.tuple([
  z.string(),
  z.number().int(),
  z.string(),
  z.string(),
  z.string(),
  z.string(),
  z.enum(['in-force', 'suspended', 'cancelled', '']),
  z.string(),
  z.string(),
  z.boolean(),
  z.array(z.string()),
]);
const StateSchema = z.object({
  version: z.literal(VERSION),
  day: z.string(),
  manifest: z.string(),
  rows: z.array(RowTuple),
});

/** Undefined where there is none, or none that this program wrote: everything is then built anew. */
export function findState(folder: string): IndexState | undefined {
  const file = join(folder, FILE);
  if (!existsSync(file)) return undefined;
  try {
    const { day, manifest, rows } = StateSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    return { day, manifest, rows: rows.map(fromTuple) };
  } catch {
    // Half written or of another version: it is only a means to be quick.
    return undefined;
  }
}

export function writeState(folder: string, { day, manifest, rows }: IndexState): void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, FILE);
  writeFileSync(
    `${file}.draft`,
    JSON.stringify({ version: VERSION, day, manifest, rows: rows.map(toTuple) }),
  );
  renameSync(`${file}.draft`, file);
}

/** Before the first file of an index changes: who comes after a crash builds anew. */
export function forgetState(folder: string): void {
  rmSync(join(folder, FILE), { force: true });
}

function toTuple(row: Row): z.input<typeof RowTuple> {
  const { key, first, blob, due, name, category, state, levels, section, duty, baseCodes } = row;
  return [key, first, blob, due, name, category, state, levels, section, duty, [...baseCodes]];
}

function fromTuple(tuple: z.output<typeof RowTuple>): Row {
  const [key, first, blob, due, name, category, state, levels, section, duty, baseCodes] = tuple;
  return { key, first, blob, due, name, category, state, levels, section, duty, baseCodes };
}
