// `npm run bench [name …] [number …]`: every benchmark by itself, one after the other, so that none disturbs another.
// Numbers are its sizes, as its first lines say.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = new URL('./', import.meta.url);
const hooks = new URL('../../apps/registry/bin/typescript-hooks.js', import.meta.url);
const isSize = (word) => /^\d+$/.test(word);
const sizes = process.argv.slice(2).filter(isSize);
const wanted = process.argv.slice(2).filter((word) => !isSize(word));
const files = readdirSync(folder).filter(
  (file) =>
    file.endsWith('.bench.ts') && (wanted.length === 0 || wanted.some((name) => file.startsWith(name))),
);
let failed = files.length === 0;
for (const file of files) {
  console.log(`\n== ${file}`);
  const args = ['--import', hooks.href, fileURLToPath(new URL(file, folder)), ...sizes];
  failed = spawnSync(process.execPath, args, { stdio: 'inherit' }).status !== 0 || failed;
}
process.exitCode = failed ? 1 : 0;
