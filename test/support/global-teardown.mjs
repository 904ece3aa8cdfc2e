import { removeRun } from './remove-run.mjs';

export default async function globalTeardown() {
  const { run, lock } = globalThis.mandateTestRun;
  lock?.release();
  await removeRun(run);
}
