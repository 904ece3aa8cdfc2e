import { chown, mkdir, realpath, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  APP_ROLE,
  checkVersion,
  createCluster,
  createCredentials,
  type Credentials,
  DATABASE,
  OWNER_ROLE,
  readCredentials,
  resetPasswords,
} from './cluster.ts';
import { findClusterOwner, findClusterPlace, removeOutsideCluster } from './cluster-place.ts';
import { findPostmaster } from './postmaster.ts';
import { lockExclusively, type ProcessLock, tryLock } from '../files/process-lock.ts';
import { dataFolderFault, RuntimeError } from './runtime.errors.ts';
import { findAccountById, findServerAccount, isRoot } from './server-account.ts';
import { prepareBinaries } from './server-binaries.ts';
import { ensureServer, type ServerOptions, stopServer } from './server.ts';

// Making a cluster on a slow disk, or recovering a large one, while others wait.
const LOCK_TIMEOUT_MS = 240_000;

export interface DatabaseHandle {
  /** role `mandate_owner`, for migrations */
  readonly ownerUrl: string;
  /** role `mandate_app`, for everything else */
  readonly appUrl: string;
  isRunning(): Promise<boolean>;
  /**
   * Starts the server again after it ended by itself, on the port it had. Where another process that uses it was quicker, it
   * may have another one, and both addresses above are others from then on.
   */
  restart(): Promise<void>;
  /** Gives the server up. The last process to do so stops it, whichever started it. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  dataDir: string;
  log?: (line: string) => void;
  /** for tests: faster, lost in a power cut, and its owner may create databases */
  throwaway?: boolean;
}

/**
 * The PostgreSQL server in the data folder: found where one runs, else started. Processes hold `users.lock` together
 * for as long as they use the server; `start.lock` is held by one while it starts, stops or creates.
 * @throws RuntimeError
 */
export async function openEmbeddedDatabase(options: DatabaseOptions): Promise<DatabaseHandle> {
  const log = options.log ?? (() => undefined);
  const folder = await openFolder(options.dataDir);
  const start = await lockStart(folder, log);
  let use: ProcessLock | undefined;
  try {
    use = tryLock(join(folder, 'users.lock'), 'shared');
    if (use === undefined) throw new Error('users.lock is held against the rule: start.lock comes first');
    const { server, credentials } = await prepare(folder, options, log);
    const { port } = await ensureServer(server);
    await shareWithOwner(folder, options.dataDir);
    return handle({ folder, server, port, credentials, use, log });
  } catch (error) {
    use?.release();
    throw error;
  } finally {
    start.release();
  }
}

async function openFolder(dataDir: string): Promise<string> {
  try {
    const folder = join(dataDir, 'database');
    await mkdir(folder, { recursive: true, mode: 0o755 });
    return await realpath(folder);
  } catch (error) {
    throw dataFolderFault(dataDir, error);
  }
}

async function lockStart(folder: string, log: (line: string) => void): Promise<ProcessLock> {
  return lockExclusively(join(folder, 'start.lock'), {
    timeoutMs: LOCK_TIMEOUT_MS,
    onWait: () => log('另一个进程正在启动或停止数据库，请稍候（waiting for another process）'),
  });
}

async function prepare(
  folder: string,
  options: DatabaseOptions,
  log: (line: string) => void,
): Promise<{ server: ServerOptions; credentials: Credentials }> {
  const throwaway = options.throwaway ?? false;
  const fresh = await findServerAccount(options.dataDir);
  const cluster = await findClusterPlace(folder, fresh, log);
  const owner = await findClusterOwner(cluster);
  const account = owner === undefined ? fresh : await findAccountById(owner);
  const binaries = await prepareBinaries(account, folder, log);
  const found = await readCredentials(folder);
  const credentials = found ?? (await createCredentials(folder));
  if (owner === undefined) {
    log('建立数据库（creating the database）');
    await createCluster(cluster, credentials, { account, binaries, throwaway });
  } else {
    await checkVersion(cluster);
    if (found === undefined) {
      await stopServer(cluster, account, binaries);
      await resetPasswords(cluster, credentials, { account, binaries });
    }
  }
  const logFile = join(folder, 'server.log');
  return { server: { cluster, account, binaries, logFile, throwaway, log }, credentials };
}

/** What root makes in another user's data folder must not lock that user out. */
async function shareWithOwner(folder: string, dataDir: string): Promise<void> {
  if (!isRoot()) return;
  const { uid, gid } = await stat(dataDir);
  if (uid === 0) return;
  for (const name of ['', 'start.lock', 'users.lock', 'credentials.json', 'server.log', 'location.json']) {
    await chown(join(folder, name), uid, gid).catch(() => undefined); // not every file is there
  }
}

interface Opened {
  readonly folder: string;
  readonly server: ServerOptions;
  readonly port: number;
  readonly credentials: Credentials;
  readonly use: ProcessLock;
  readonly log: (line: string) => void;
}

function handle({ folder, server, port, credentials, use, log }: Opened): DatabaseHandle {
  let current = port;
  const url = (role: string, password: string): string =>
    `postgres://${role}:${password}@127.0.0.1:${current}/${DATABASE}`;
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => (closing ??= closeOnce());
  const closeOnce = async (): Promise<void> => {
    stopListening();
    const start = await lockStart(folder, log);
    try {
      use.release();
      const last = tryLock(join(folder, 'users.lock'), 'exclusive');
      if (last === undefined) return; // someone else still needs it
      try {
        await stopServer(server.cluster, server.account, server.binaries);
      } finally {
        last.release();
      }
    } finally {
      start.release();
    }
  };
  const stopListening = closeOnSignal(close);
  return {
    get ownerUrl() {
      return url(OWNER_ROLE, credentials.owner);
    },
    get appUrl() {
      return url(APP_ROLE, credentials.app);
    },
    isRunning: async () => (await findPostmaster(server.cluster))?.port === current,
    restart: async () => {
      const start = await lockStart(folder, log);
      try {
        current = (await ensureServer({ ...server, port: current })).port;
      } finally {
        start.release();
      }
    },
    close,
  };
}

/** A command that is interrupted leaves no server behind. Who handles signals himself also closes himself. */
function closeOnSignal(close: () => Promise<void>): () => void {
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const onSignal = (name: NodeJS.Signals): void => {
    if (process.listenerCount(name) > 1) return;
    void close()
      .catch((error: unknown) => console.error(error))
      .finally(() => process.kill(process.pid, name));
  };
  for (const name of names) process.on(name, onSignal);
  return () => {
    for (const name of names) process.off(name, onSignal);
  };
}

/** Stops the server and deletes the database of a data folder. For throw-away databases: nothing asks twice. */
export async function removeEmbeddedDatabase(dataDir: string): Promise<void> {
  const folder = await openFolder(dataDir);
  const start = await lockStart(folder, () => undefined);
  try {
    const account = await findServerAccount(dataDir);
    const cluster = await findClusterPlace(folder, account, () => undefined);
    const owner = await findClusterOwner(cluster);
    if (owner !== undefined) {
      const by = await findAccountById(owner);
      await stopServer(cluster, by, await prepareBinaries(by, folder, () => undefined));
    }
    await removeOutsideCluster(folder);
  } catch (error) {
    if (!(error instanceof RuntimeError)) throw dataFolderFault(dataDir, error);
    throw error;
  } finally {
    start.release();
  }
  await rm(folder, { recursive: true, force: true });
}
