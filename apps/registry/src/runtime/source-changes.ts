import { watch } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_DIR } from '../config/config.ts';

const FOLDERS = ['apps/registry/src', 'libs', 'migrations'];
// An editor writes a file in several steps, a checkout many files.
const QUIET_MS = 200;

/** Resolves a moment after a source file has changed. */
export async function nextChange(signal: AbortSignal): Promise<'changed'> {
  const seen = new AbortController();
  const either = AbortSignal.any([signal, seen.signal]);
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    for (const folder of FOLDERS) {
      const watcher = watch(join(PROJECT_DIR, folder), { recursive: true, signal: either });
      watcher.on('error', () => undefined); // a folder that went away meanwhile
      watcher.on('change', (_, name) => {
        const file = String(name);
        if (!file.endsWith('.ts') || file.endsWith('.spec.ts') || file.includes('node_modules')) return;
        clearTimeout(timer);
        timer = setTimeout(() => {
          seen.abort();
          resolve('changed');
        }, QUIET_MS);
      });
    }
  });
}
