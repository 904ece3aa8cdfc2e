import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/**
 * The checkout's files as they lie there now, in a folder of their own: what a mutation breaks is never the checkout.
 * Packages are linked; the workspaces' links lead into the copy, and the lasting test database is the checkout's.
 * @returns path of the copy
 */
export function copyCheckout(checkout, into) {
  const copy = join(into, 'checkout');
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: checkout,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  for (const file of new Set(listed.split('\0').filter(Boolean))) {
    const from = join(checkout, file);
    // Deleted, but not yet from the index; or a link to a folder.
    if (!existsSync(from) || !lstatSync(from).isFile()) continue;
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    copyFileSync(from, join(copy, file));
  }
  linkPackages(join(checkout, 'node_modules'), join(copy, 'node_modules'));
  // Real lists, which lie beside the checkout.
  const shared = resolve(checkout, '../shared');
  if (existsSync(shared)) symlinkSync(shared, join(into, 'shared'));
  return copy;
}

function linkPackages(from, to) {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) {
    const path = join(from, name);
    if (name.startsWith('@')) linkPackages(path, join(to, name));
    // `../../libs/lists` means the copy's.
    else if (lstatSync(path).isSymbolicLink()) symlinkSync(readlinkSync(path), join(to, name));
    else symlinkSync(path, join(to, name));
  }
}
