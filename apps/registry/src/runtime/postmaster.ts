import { execFile } from 'node:child_process';
import { readFile, readlink, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { systemCode } from '../files/system-code.ts';

const run = promisify(execFile);

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly ready: boolean;
}

/** What `postmaster.pid` says: line 1 pid, 2 data folder, 3 start time, 4 port, 8 state (PostgreSQL, miscadmin.h). */
export function parsePostmasterPid(text: string): (Postmaster & { readonly folder: string }) | undefined {
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return {
    pid,
    folder: lines[1] ?? '',
    port: Number.isInteger(port) ? port : 0,
    ready: lines[7] === 'ready',
  };
}

/**
 * The server that runs on the cluster, whoever started it. A `postmaster.pid` that a killed server left behind counts
 * for nothing, also when its process id is by now another program's.
 */
export async function findPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const written = await readPostmasterPid(cluster);
  if (written === undefined) return undefined;
  return (await serves(written.pid, cluster, written.folder)) ? written : undefined;
}

/**
 * PostgreSQL refuses to start while the process id in `postmaster.pid` belongs to a living process, be it another
 * program. Call only under the start lock.
 */
export async function removeStalePid(cluster: string): Promise<void> {
  const written = await readPostmasterPid(cluster);
  if (written === undefined || (await serves(written.pid, cluster, written.folder))) return;
  await rm(join(cluster, 'postmaster.pid'), { force: true });
}

async function readPostmasterPid(cluster: string): Promise<ReturnType<typeof parsePostmasterPid>> {
  try {
    return parsePostmasterPid(await readFile(join(cluster, 'postmaster.pid'), 'utf8'));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Whether the process is a PostgreSQL on this very folder, under whatever path (a folder may be moved meanwhile). */
async function serves(pid: number, cluster: string, folder: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  if (process.platform !== 'linux') return folder === cluster && /postgres/i.test(await commandOf(pid));
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  const args = command.split('\0'); // a zombie has none
  if (!/postgres/.test(args[0] ?? '')) return false;
  const own = await stat(cluster);
  // Root in a container may not look at another user's cwd; the argument stays readable.
  const places = [await readlink(`/proc/${pid}/cwd`).catch(() => undefined), args[args.indexOf('-D') + 1]];
  for (const place of places) {
    const found = place === undefined ? undefined : await stat(place).catch(() => undefined);
    if (found !== undefined && found.dev === own.dev && found.ino === own.ino) return true;
  }
  return false;
}

async function commandOf(pid: number): Promise<string> {
  try {
    const { stdout } = await (process.platform === 'win32'
      ? run('tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH'])
      : run('ps', ['-p', String(pid), '-o', 'command=']));
    return stdout;
  } catch {
    return '';
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}

/** @returns whether the server is gone before the time is up */
export async function waitUntilGone(cluster: string, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while ((await findPostmaster(cluster)) !== undefined) {
    if (Date.now() > deadline) return false;
    await sleep(15);
  }
  return true;
}
