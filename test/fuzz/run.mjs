// `npm run fuzz`: see README.md beside this.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const hooks = new URL('../../apps/registry/bin/typescript-hooks.js', import.meta.url);
const fuzz = fileURLToPath(new URL('./fuzz.ts', import.meta.url));
const args = [
  '--disable-warning=ExperimentalWarning',
  '--import',
  hooks.href,
  fuzz,
  ...process.argv.slice(2),
];
process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1;
