import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Writes one file of the index. A file that already says so stays untouched; another is replaced whole, never written
 * into: the folder may share its files with an earlier release by hard links.
 */
export function writeIndexFile(folder: string, path: string, bytes: Uint8Array): void {
  const file = join(folder, path);
  if (existsSync(file) && Buffer.compare(readFileSync(file), bytes) === 0) return;
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.draft`;
  writeFileSync(draft, bytes);
  renameSync(draft, file);
}

/** Removes what an earlier index left: every file that is not one of `kept`. */
export function removeOthers(folder: string, kept: ReadonlySet<string>): void {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    if (!kept.has(file.slice(folder.length + 1).replaceAll('\\', '/'))) rmSync(file);
  }
}
