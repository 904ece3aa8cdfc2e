import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Runs a program of a package as npm would, in this terminal. @returns its exit code */
export function runTool(path, ...args) {
  const { status } = spawnSync(process.execPath, [join('node_modules', path), ...args], { stdio: 'inherit' });
  return status ?? 1;
}
