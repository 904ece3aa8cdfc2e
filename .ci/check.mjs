// Runs the checks named, as many at once as there are processors, and says in the end which failed.
// One after the other they take more than the minute that `npm run check` may take on two cores.
// A check that was green with every file it may read as it is now is not run again; in CI all are.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { hashFiles, hashTools, listFiles, readCache, writeCache } from './inputs.mjs';

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

const root = process.cwd();
const isCode = (path) => /\.([cm]?[jt]s|astro|json)$/.test(path);
/** what a check may read, said as what it cannot */
const READS = {
  lint: isCode,
  types: isCode,
  boundaries: isCode,
  site: (path) => isCode(path) || path.startsWith('site/'),
  format: () => true,
  // What is installed is in the hash of the tools.
  size: () => false,
};
const before = readCache(root, 'green.json') ?? {};
const green = {};

function keyOf(check) {
  return hashTools(root) + hashFiles(root, listFiles(root).filter(READS[check] ?? (() => true)));
}

async function runUnlessGreen(check) {
  const key = keyOf(check);
  if (before[check] === key) {
    console.log(`✓ ${check} (unchanged)`);
    green[check] = key;
    return [];
  }
  const failed = await run(check);
  // What was edited meanwhile may have been read before or after.
  if (failed.length === 0 && keyOf(check) === key) green[check] = key;
  return failed;
}

function run(check) {
  const started = Date.now();
  return new Promise((resolve) => {
    const output = [];
    const child = spawn(npm, ['run', '--silent', `check:${check}`], {
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
      // Checking sends nothing to anybody.
      env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' },
    });
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    child.once('error', (error) => output.push(Buffer.from(`${error.message}\n`)));
    child.once('close', (code) => {
      const seconds = ((Date.now() - started) / 1000).toFixed(1);
      const failed = code !== 0;
      // Whole outputs, one after the other; what passes says nothing but that, or what was to be measured.
      if (failed || check === 'size') process.stdout.write(Buffer.concat(output));
      console.log(`${failed ? '✗' : '✓'} ${check} (${seconds} s)`);
      resolve(failed ? [check] : []);
    });
  });
}

const checks = process.argv.slice(2);
const waiting = [...checks];
const failed = [];
async function work() {
  for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
    failed.push(...(await runUnlessGreen(check)));
  }
}
await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, work));
writeCache(root, 'green.json', {
  ...before,
  ...Object.fromEntries(checks.map((check) => [check, green[check]])),
});
if (failed.length > 0) {
  console.log(`failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}
