// Runs the checks named, as many at once as there are processors, and says in the end which failed.
// One after the other they take more than the minute that `npm run check` may take on two cores.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

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
      // Whole outputs, one after the other; what passes says nothing but that.
      if (failed) process.stdout.write(Buffer.concat(output));
      console.log(`${failed ? '✗' : '✓'} ${check} (${seconds} s)`);
      resolve(failed ? [check] : []);
    });
  });
}

const waiting = process.argv.slice(2);
const failed = [];
async function work() {
  for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
    failed.push(...(await run(check)));
  }
}
await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, work));
if (failed.length > 0) {
  console.log(`failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}
