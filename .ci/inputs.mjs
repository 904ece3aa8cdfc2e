// What a check reads, as one hash. A check is left out only where the hash is the one it was green with.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const CACHE = 'node_modules/.cache/check';

// Made by tools, read by none of the checks: what .prettierignore, eslint.config.mjs and .gitignore leave out alike.
const NOT_OURS = /(^|\/)(node_modules|\.git|\.astro|dist)$|^data$|^test\/(.*\/)?output$/;

/** Every file of the house, relative to its root, with slashes, in one order. */
export function listFiles(root) {
  const found = [];
  const walk = (folder) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && !NOT_OURS.test(path)) walk(path);
      // A link to a file is read like one; a link to a folder leads out of the house.
      else if (entry.isFile() || (entry.isSymbolicLink() && isFile(join(root, path)))) found.push(path);
    }
  };
  walk('');
  return found.sort();
}

function isFile(path) {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

export function sha256(...parts) {
  const hash = createHash('sha256');
  // Lengths, so that no two lists of parts are the same bytes.
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  return hash.digest('base64url');
}

/** Name and content of each of the files. */
export function hashFiles(root, paths) {
  return sha256(...paths.flatMap((path) => [path, readFileSync(join(root, path))]));
}

/** What every check depends on: the packages as installed, the program that runs, and the checks themselves. */
export function hashTools(root) {
  const optional = (path) => {
    try {
      return readFileSync(join(root, path));
    } catch {
      return '';
    }
  };
  return sha256(
    process.version,
    process.platform,
    optional('package-lock.json'),
    // Written by npm with every change below node_modules.
    optional('node_modules/.package-lock.json'),
    ...listFiles(root)
      .filter((path) => path.startsWith('.ci/'))
      .flatMap((path) => [path, readFileSync(join(root, path))]),
  );
}

/** @returns undefined where there is none, or it cannot be read: then everything is checked anew */
export function readCache(root, name) {
  // On a clean machine there is nothing to find; whoever keeps node_modules between runs gets no cache either.
  if (process.env.CI) return undefined;
  try {
    return JSON.parse(readFileSync(join(root, CACHE, name), 'utf8'));
  } catch {
    return undefined;
  }
}

export function writeCache(root, name, value) {
  const path = join(root, CACHE, name);
  mkdirSync(dirname(path), { recursive: true });
  // Two checks at once: the last one wins, whole.
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, JSON.stringify(value));
  renameSync(unfinished, path);
}
