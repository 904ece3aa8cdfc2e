// A folder for everything this Jest run keeps on disk; the database server in it starts when a suite first asks.
import { mkdtemp, readdir, realpath, chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import '../../apps/registry/bin/typescript-hooks.js';

const { tryLock } = await import('../../apps/registry/src/files/process-lock.ts');
const { removeRun } = await import('./remove-run.mjs');

const PREFIX = 'mandate-test-run-';

export default async function globalSetup() {
  const temp = await realpath(tmpdir());
  // Runs that were killed; a live one holds its lock.
  for (const name of await readdir(temp)) {
    if (!name.startsWith(PREFIX)) continue;
    const dead = join(temp, name);
    const lock = await lockOf(dead);
    if (lock === undefined) continue;
    lock.release();
    await removeRun(dead);
  }
  const run = await mkdtemp(join(temp, PREFIX));
  // As root the database server is another user, who must get in.
  await chmod(run, 0o711);
  globalThis.mandateTestRun = { run, lock: await lockOf(run) };
  process.env.MANDATE_TEST_RUN_DIR = run;
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ]) {
    process.once(signal, () => void removeRun(run).finally(() => process.exit(code)));
  }
}

async function lockOf(run) {
  try {
    return tryLock(join(run, 'run.lock'), 'exclusive');
  } catch {
    return undefined; // another user's, or just being removed
  }
}
