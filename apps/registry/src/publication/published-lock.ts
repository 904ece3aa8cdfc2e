import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { lockExclusively } from '../files/process-lock.ts';

/** A first import of 20,000 entries, or the pages of a whole city, take minutes at most; nobody should wait for ever. */
const LOCK_TIMEOUT_MS = 600_000;

/**
 * Runs `work` while no other process writes the same folder. A lock of the operating system, not of the database: it
 * stands beside the files it protects, and a process that lost its database connection still holds it.
 */
export async function withPublishedLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  const lock = await lockExclusively(path, { timeoutMs: LOCK_TIMEOUT_MS });
  try {
    return await work();
  } finally {
    lock.release();
  }
}
