// How much `npm ci` leaves on the disk: whoever adds a package sees here what comes with it. Sums of the files' sizes, so that
// it is the same on every file system. Our own caches do not count.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Raised only with a reason, said here. */
const LIMIT_MB = 800;
const MB = 1024 ** 2;

const modules = join(process.cwd(), 'node_modules');
const { bytes, files } = measure(modules);
console.log(`node_modules: ${(bytes / MB).toFixed(0)} MB in ${files} files (limit ${LIMIT_MB} MB)`);
if (bytes > LIMIT_MB * MB) {
  for (const one of largest()) console.log(`  ${(one.bytes / MB).toFixed(0).padStart(4)} MB ${one.name}`);
  console.log('Too much. Installed without scripts? Then: node .ci/prune-modules.mjs');
  process.exitCode = 1;
}

function measure(folder) {
  const sum = { bytes: 0, files: 0 };
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name === '.cache') continue;
      const inside = measure(path);
      sum.bytes += inside.bytes;
      sum.files += inside.files;
    } else if (entry.isFile()) {
      sum.bytes += statSync(path).size;
      sum.files += 1;
    }
  }
  return sum;
}

function largest() {
  const packages = readdirSync(modules, { withFileTypes: true }).flatMap(({ name }) =>
    name.startsWith('@') ? readdirSync(join(modules, name)).map((inside) => `${name}/${inside}`) : [name],
  );
  return packages
    .filter((name) => name !== '.cache' && statSync(join(modules, name)).isDirectory())
    .map((name) => ({ name, bytes: measure(join(modules, name)).bytes }))
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, 10);
}
