import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import '../../apps/registry/bin/typescript-hooks.js';

const { removeEmbeddedDatabase } = await import('../../apps/registry/src/runtime/embedded-postgres.ts');

/** Ends what a Jest run started and deletes its folder. */
export async function removeRun(run) {
  if (existsSync(join(run, 'database'))) await removeEmbeddedDatabase(run);
  await rm(run, { recursive: true, force: true });
}
