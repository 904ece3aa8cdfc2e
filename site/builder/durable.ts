import { spawnSync } from 'node:child_process';
import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Replaces a file in one step that survives a power cut. */
export function writeDurably(path: string, text: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.new`;
  writeFileSync(temporary, text);
  syncFile(temporary);
  renameSync(temporary, path);
  syncFolder(dirname(path));
}

/** Beyond so many files one call for the whole disk is faster than one for each. */
const MANY = 500;

/** Makes written files survive a power cut; their folders too. */
export function syncFiles(paths: readonly string[]): void {
  if (paths.length > MANY && syncAll()) return;
  for (const path of paths) syncFile(path);
  for (const folder of new Set(paths.map((path) => dirname(path)))) syncFolder(folder);
}

/** The same for a whole folder. */
export function syncTree(root: string): void {
  if (syncAll()) return;
  const found = readdirSync(root, { recursive: true, withFileTypes: true });
  for (const one of found) if (one.isFile()) syncFile(join(one.parentPath, one.name));
  for (const one of found) if (one.isDirectory()) syncFolder(join(one.parentPath, one.name));
  syncFolder(root);
}

/** The same for names that were added to folders, or replaced in them. */
export function syncFolders(paths: readonly string[]): void {
  if (paths.length > MANY && syncAll()) return;
  for (const path of paths) syncFolder(path);
}

/** Not on every system; where it is missing each file is asked for. */
function syncAll(): boolean {
  return spawnSync('sync', { stdio: 'ignore' }).status === 0;
}

function syncFile(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function syncFolder(path: string): void {
  // Windows keeps folders without being asked, and does not open them.
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
