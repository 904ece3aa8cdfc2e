import { closeSync, existsSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { dataFolderError, DataFolderError } from './data-folder.errors.ts';

// A lock file with a process id in it outlives `kill -9`, and the id may by then be another program's. SQLite takes a
// lock of the operating system on its file, on every platform, and that ends with the process, however it ends.

const SQLITE_BUSY = 5;
const POLL_MS = 20;

export interface ProcessLock {
  release(): void;
}

/** Waits until no other process holds the lock. @throws DataFolderError `lock-timeout` */
export async function lockExclusively(
  path: string,
  options: { timeoutMs: number; onWait?: () => void },
): Promise<ProcessLock> {
  const deadline = Date.now() + options.timeoutMs;
  const sayAt = Date.now() + 2_000;
  let said = false;
  for (;;) {
    const lock = tryLock(path, 'exclusive');
    if (lock !== undefined) return lock;
    if (Date.now() > deadline) {
      throw new DataFolderError(
        'lock-timeout',
        `另一个 mandate 进程占用数据文件夹太久：${path}\n请等它结束，或结束它再试。\n` +
          `Another mandate process holds the data folder; wait for it or end it.`,
      );
    }
    if (!said && Date.now() > sayAt) {
      said = true;
      options.onWait?.();
    }
    await sleep(POLL_MS + Math.random() * POLL_MS);
  }
}

/**
 * Any number of processes may share a lock; nobody has it exclusively meanwhile.
 * @returns undefined while another process stands against it
 */
export function tryLock(path: string, mode: 'exclusive' | 'shared'): ProcessLock | undefined {
  let database: DatabaseSync | undefined;
  try {
    // Closing a descriptor would drop every lock of this process on the file (POSIX), so an existing one is left alone.
    if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
    database = new DatabaseSync(path, { timeout: 0 });
    // Nothing is ever written, so nothing is to be rolled back: no journal beside the file.
    database.exec('PRAGMA journal_mode = MEMORY');
    if (mode === 'exclusive') {
      database.exec('BEGIN EXCLUSIVE');
    } else {
      // An open transaction keeps the shared lock of its first read.
      database.exec('BEGIN');
      database.prepare('SELECT count(*) FROM sqlite_schema').get();
    }
  } catch (error) {
    database?.close();
    if (sqliteCode(error) === SQLITE_BUSY) return undefined;
    throw dataFolderError(path, error);
  }
  let held: DatabaseSync | undefined = database;
  return {
    release() {
      held?.close();
      held = undefined;
    },
  };
}

// Not `instanceof Error`: an error of Node itself is of another realm where code runs in a vm context.
function sqliteCode(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'errcode' in error ? error.errcode : undefined;
}
