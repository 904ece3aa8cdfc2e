// A folder for everything this Jest run keeps on disk; the database server in it starts when a suite first asks. At a
// developer's desk it is the checkout's, and the server stays for the next run; in CI it is the run's own.
import { mkdtemp, readdir, realpath, chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import '../../apps/registry/bin/typescript-hooks.js';

const { tryLock } = await import('../../apps/registry/src/files/process-lock.ts');
const { removeRun } = await import('./remove-run.mjs');
const { joinRuns, LASTING_FOLDER, mayOutliveRun } = await import('./lasting-database.ts');
const { templateName } = await import('./template.ts');

const PREFIX = 'mandate-test-run-';

export default async function globalSetup() {
  delete process.env.MANDATE_TEST_DATABASE;
  if (mayOutliveRun(process.env) && (await useLastingDatabase())) return;
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

async function useLastingDatabase() {
  try {
    globalThis.mandateTestRun = { lock: await joinRuns(LASTING_FOLDER, templateName()) };
  } catch (error) {
    // A checkout that belongs to somebody else, or a file system without locks.
    console.warn(`a test database for this run only: ${error.message}`);
    return false;
  }
  process.env.MANDATE_TEST_RUN_DIR = LASTING_FOLDER;
  process.env.MANDATE_TEST_DATABASE = 'lasting';
  return true;
}

async function lockOf(run) {
  try {
    return tryLock(join(run, 'run.lock'), 'exclusive');
  } catch {
    return undefined; // another user's, or just being removed
  }
}
