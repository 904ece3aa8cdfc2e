import { removeRun } from './remove-run.mjs';

export default async function globalTeardown() {
  const { run, lock } = globalThis.mandateTestRun;
  lock?.release();
  // What outlives the run has no folder of the run's own.
  if (run !== undefined) await removeRun(run);
}
