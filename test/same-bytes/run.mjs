// `npm run same-bytes -- <first> [<second>]`: does the second publish the same bytes as the first? See README.md.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compareExports, describe } from './compare.mjs';
import { exportPublished } from './export.mjs';

const HERE = fileURLToPath(new URL('../../', import.meta.url));
const SHOWN = 5;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    into: { type: 'string', default: join(HERE, 'test/same-bytes/output') },
    'same-keys': { type: 'boolean', default: false },
  },
});
const [first, second = HERE] = positionals;
if (first === undefined || positionals.length > 2) {
  console.error(
    'npm run same-bytes -- <checkout or export> [<checkout or export>] [--into <folder>] [--same-keys]',
  );
  process.exit(2);
}
const into = resolve(values.into);
mkdirSync(into, { recursive: true });
const folders = [];
for (const place of [first, second]) folders.push(await exported(resolve(place)));
const groups = compareExports(...folders);
const report = join(into, 'report.txt');
writeFileSync(report, `${describe(groups, Infinity).text}\n`);
const { text, other } = describe(groups, SHOWN);
console.log(`1 ${folders[0]}\n2 ${folders[1]}\n${text}\nall of it: ${report}`);
process.exitCode = other === 0 ? 0 : 1;

/** An export as it is; a checkout is made one. */
async function exported(place) {
  if (existsSync(join(place, 'export.json'))) return place;
  if (!existsSync(join(place, 'node_modules')) || !existsSync(join(place, 'apps/registry/bin/mandate.js')))
    throw new Error(`neither an export nor a checkout with its node_modules: ${place}`);
  const name = basename(place);
  const folder = join(into, folders.includes(join(into, name)) ? `${name}-again` : name);
  console.error(`${place} → ${folder}`);
  const keys = values['same-keys'] && folders[0] !== undefined ? join(folders[0], 'keys') : undefined;
  await exportPublished(place, folder, keys);
  return folder;
}
