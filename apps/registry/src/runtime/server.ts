import { close as closeFile, open as openFile, writeSync } from 'node:fs';
import { readFile, rename, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { findPostmaster, type Postmaster, removeStalePid, waitUntilGone } from './postmaster.ts';
import { RuntimeError } from './runtime.errors.ts';
import { systemCode } from '../files/system-code.ts';
import { runAs, type ServerAccount, spawnAs } from './server-account.ts';
import type { ServerBinaries } from './server-binaries.ts';

const openFd = promisify(openFile);
const closeFd = promisify(closeFile);

// Recovery after a crash reads all of the write-ahead log since the last checkpoint.
const START_TIMEOUT_MS = 180_000;
const STOP_TIMEOUT_MS = 60_000;
const ATTEMPTS = 10;
const LOG_LIMIT_BYTES = 5_000_000;

export interface ServerOptions {
  readonly cluster: string;
  readonly account: ServerAccount;
  readonly binaries: ServerBinaries;
  /** what the server says, kept for whoever looks for a reason */
  readonly logFile: string;
  readonly throwaway: boolean;
  readonly log: (line: string) => void;
  /** whoever uses the server knows it by this port; absent: any that is free */
  readonly port?: number;
}

/** The running server, found or started. Call only under the start lock. */
export async function ensureServer(options: ServerOptions): Promise<Postmaster> {
  await rotate(options.logFile);
  for (let attempt = 1; ; attempt += 1) {
    const logStart = await sizeOf(options.logFile);
    const ready = (await findRunning(options)) ?? (await startServer(options));
    if (ready !== undefined) return ready;
    const said = (await readFile(options.logFile)).subarray(logStart).toString('utf8');
    if (attempt === ATTEMPTS || !mayPass(said)) throw startError(options, said);
    await sleep(300);
  }
}

/** A server that is still starting or stopping is waited for. */
async function findRunning(options: ServerOptions): Promise<Postmaster | undefined> {
  return waitUntilReady(options, (found) => found === undefined);
}

/** A port another program took between our look and the server's; processes of a killed server not yet gone. */
function mayPass(said: string): boolean {
  return /could not bind|Address already in use|pre-existing shared memory block|lock file .* already exists/.test(
    said,
  );
}

function startError(options: ServerOptions, said: string): RuntimeError {
  const hint = /No space left on device|Disk quota exceeded/.test(said)
    ? '磁盘已满，请腾出空间后再试（the disk is full）'
    : /Permission denied|wrong ownership|invalid permissions/.test(said)
      ? '数据文件夹的权限不对，请改正后再试（permission denied）'
      : '数据库没有启动成功（the database did not start）';
  const last = said.trim().split('\n').slice(-8).join('\n');
  return new RuntimeError(
    'server-failed',
    `${hint}：${options.cluster}\n记录（log）：${options.logFile}\n${last}`,
  );
}

/** @returns undefined where the server ended before it was ready; its log says why */
async function startServer(options: ServerOptions): Promise<Postmaster | undefined> {
  await removeStalePid(options.cluster);
  const logFd = await openFd(options.logFile, 'a', 0o600);
  let ended = false;
  try {
    const settings: Record<string, string | number> = {
      listen_addresses: '127.0.0.1',
      port: options.port ?? (await freePort()),
      // No socket file: its path has a short limit, and the password is asked for in any case.
      unix_socket_directories: '',
      timezone: 'UTC',
      log_timezone: 'UTC',
      log_checkpoints: 'off',
      jit: 'off',
      ...(options.throwaway ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
    };
    const child = spawnAs(
      options.account,
      options.binaries.postgres,
      [
        '-D',
        options.cluster,
        ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      ],
      // A process group of its own: Ctrl-C in the terminal must not stop the database before its users.
      { stdio: ['ignore', logFd, logFd], detached: true },
    );
    child.once('exit', () => (ended = true));
    child.once('error', (error) => {
      ended = true;
      writeSync(logFd, `${error.message}\n`);
    });
    child.unref();
    return await waitUntilReady(options, () => ended);
  } finally {
    await closeFd(logFd);
  }
}

async function waitUntilReady(
  options: ServerOptions,
  hasEnded: (found: Postmaster | undefined) => boolean,
): Promise<Postmaster | undefined> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  const sayAt = Date.now() + 3_000;
  let said = false;
  for (;;) {
    const found = await findPostmaster(options.cluster);
    if (found?.ready) return found;
    if (hasEnded(found)) return undefined;
    if (Date.now() > deadline) {
      throw new RuntimeError(
        'server-timeout',
        `数据库迟迟没有就绪：${options.cluster}\n记录（log）：${options.logFile}\nThe database did not become ready.`,
      );
    }
    if (!said && Date.now() > sayAt) {
      said = true;
      options.log('数据库正在恢复，请稍候（the database is recovering）');
    }
    await sleep(10);
  }
}

/** Ends the server after its transactions were rolled back and everything is on disk. Does nothing where none runs. */
export async function stopServer(
  cluster: string,
  account: ServerAccount,
  binaries: ServerBinaries,
): Promise<void> {
  const running = await findPostmaster(cluster);
  if (running === undefined) return;
  if (process.platform === 'win32') {
    await runAs(account, binaries.pgCtl, ['stop', '-D', cluster, '-m', 'fast', '-w']);
  } else {
    signal(running.pid, 'SIGINT'); // fast shutdown
  }
  if (await waitUntilGone(cluster, STOP_TIMEOUT_MS)) return;
  signal(running.pid, 'SIGQUIT'); // immediate shutdown; the next start recovers
  if (await waitUntilGone(cluster, STOP_TIMEOUT_MS)) return;
  throw new RuntimeError('server-timeout', `数据库没有停下（the database did not stop）：pid ${running.pid}`);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (systemCode(error) !== 'ESRCH') throw error;
  }
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port);
        else reject(new Error('no port was given'));
      });
    });
  });
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

async function rotate(path: string): Promise<void> {
  if ((await sizeOf(path)) > LOG_LIMIT_BYTES) await rename(path, `${path}.1`);
}
