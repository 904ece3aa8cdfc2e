import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { chmod, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { lockExclusively, type ProcessLock, tryLock } from '../../apps/registry/src/files/process-lock.ts';

// A server that outlives the run. In its folder: `keeper.lock` is held by the process that keeps it (keep-database.mjs),
// `runs.lock` by all Jest runs together, `setup.lock` by whoever looks for the server, sweeps it or ends it.

const KEEPER = fileURLToPath(new URL('./keep-database.mjs', import.meta.url));
const IDLE_MS = 10 * 60_000;
const PATIENCE_MS = 300_000;

export interface Server {
  readonly ownerUrl: string;
  readonly appUrl: string;
}

/** The one place of a checkout, whatever its path: two checkouts never share a server. */
export const LASTING_FOLDER = fileURLToPath(
  new URL('../../node_modules/.cache/test-database', import.meta.url),
);

/** A run that must leave nothing behind has a server of its own. */
export function mayOutliveRun(env: NodeJS.ProcessEnv): boolean {
  return !env['CI'];
}

/**
 * Says that a run is under way: the server stays until the lock is released and ten minutes more. Whoever comes when
 * nobody else is there removes what killed runs left behind.
 * @param keep name of the template that is still good
 */
export async function joinRuns(folder: string, keep: string): Promise<ProcessLock> {
  mkdirSync(folder, { recursive: true });
  // As root the database server is another user, who must get in.
  await chmod(folder, 0o711);
  const setup = await lockSetup(folder);
  try {
    const path = join(folder, 'runs.lock');
    const alone = tryLock(path, 'exclusive');
    const server = await runningServer(folder);
    if (alone !== undefined && server !== undefined) await sweep(server, keep);
    alone?.release();
    return await shareRuns(path);
  } finally {
    setup.release();
  }
}

/**
 * The server of the folder, started where none runs.
 * @param idleMs how long it waits for the next client before it ends
 */
export async function openLastingServer(folder: string, idleMs = IDLE_MS): Promise<Server> {
  const setup = await lockSetup(folder);
  try {
    return (await runningServer(folder)) ?? (await startKeeper(folder, idleMs));
  } finally {
    setup.release();
  }
}

async function shareRuns(path: string): Promise<ProcessLock> {
  for (;;) {
    const lock = tryLock(path, 'shared');
    if (lock !== undefined) return lock;
    await sleep(5); // the keeper is just looking whether anybody is there
  }
}

async function lockSetup(folder: string): Promise<ProcessLock> {
  return lockExclusively(join(folder, 'setup.lock'), { timeoutMs: PATIENCE_MS });
}

async function runningServer(folder: string): Promise<Server | undefined> {
  const vacant = tryLock(join(folder, 'keeper.lock'), 'exclusive');
  vacant?.release();
  return vacant === undefined ? readServer(folder) : undefined;
}

async function readServer(folder: string): Promise<Server | undefined> {
  const text = await readFile(join(folder, 'server.json'), 'utf8').catch(() => undefined);
  // Written by keep-database.mjs.
  return text === undefined ? undefined : (JSON.parse(text) as Server);
}

async function startKeeper(folder: string, idleMs: number): Promise<Server> {
  // A keeper that was killed left it behind. Asking for the lock instead could keep the new one from it.
  await rm(join(folder, 'server.json'), { force: true });
  const logFile = join(folder, 'keeper.log');
  const log = openSync(logFile, 'w', 0o600);
  // A session of its own and no terminal: it goes neither with Ctrl-C nor with the run, and keeps no pipe open.
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', KEEPER, folder, `${idleMs}`],
    {
      cwd: tmpdir(),
      detached: true,
      stdio: ['ignore', log, log],
      windowsHide: true,
    },
  );
  closeSync(log);
  child.unref();
  const deadline = Date.now() + PATIENCE_MS;
  // A program that cannot be started has its reason in the exit code too.
  child.once('error', () => undefined);
  while (child.exitCode === null && child.signalCode === null && Date.now() < deadline) {
    const server = await readServer(folder);
    if (server !== undefined) return server;
    await sleep(25);
  }
  const said = existsSync(logFile) ? await readFile(logFile, 'utf8') : '';
  throw new Error(`the test database did not start: ${said.trim()}`);
}

async function sweep({ ownerUrl }: Server, keep: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ datname: string }>(
      `SELECT datname FROM pg_database WHERE datname ~ '^(test|unfinished|template)_' AND datname <> $1`,
      [keep],
    );
    for (const { datname } of rows) await client.query(`DROP DATABASE ${datname} WITH (FORCE)`);
  } finally {
    await client.end();
  }
}
