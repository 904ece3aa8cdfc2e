import { existsSync, mkdirSync, readFileSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { syncFiles, syncFolders, writeDurably } from './durable.ts';
import { StaleFolderError } from './stale-folder.ts';

// Pages that are served are changed in place: first what is new, to which nothing leads yet; then what changed, which may
// lead there; last what is gone goes, to which nothing leads any more. What was begun stands in a journal until the new state
// is written, so a build after a crash knows which files may be of either.

const JournalSchema = z.record(z.string(), z.array(z.string()));
/** Files that are being replaced, added or removed, by shard. */
export type Journal = Readonly<Record<string, readonly string[]>>;

export interface Placement {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

const NAME = 'placing.json';

/** What a build began to place and did not finish; empty when none did. */
export function readJournal(stateDir: string): Journal {
  const path = join(stateDir, NAME);
  if (!existsSync(path)) return {};
  try {
    return JournalSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    // It is written in one step; damaged from outside, nobody knows what is served.
    throw new StaleFolderError(`${path} is damaged`, { cause });
  }
}

/** Durable before any file is touched. */
export function beginPlacement(stateDir: string, journal: Journal, files: readonly string[]): void {
  syncFiles(files);
  writeDurably(join(stateDir, NAME), JSON.stringify(journal));
}

/** Moves files of `incoming` to where they are served, each in one step. */
export function place(incoming: string, outDir: string, { added, changed, removed }: Placement): void {
  const folders = new Set<string>();
  for (const file of [...added, ...changed]) {
    const to = join(outDir, file);
    mkdirSync(dirname(to), { recursive: true });
    renameSync(join(incoming, file), to);
    folders.add(dirname(to));
  }
  for (const file of removed) {
    rmSync(join(outDir, file), { force: true });
    removeEmpty(outDir, dirname(file));
  }
  syncFolders([...folders].filter((folder) => existsSync(folder)));
}

/** When the state that tells of the placed files is written. */
export function endPlacement(stateDir: string): void {
  rmSync(join(stateDir, NAME), { force: true });
}

function removeEmpty(root: string, folder: string): void {
  for (let at = folder; at !== '.' && at !== ''; at = dirname(at)) {
    try {
      rmdirSync(join(root, at));
    } catch {
      return;
    }
  }
}
