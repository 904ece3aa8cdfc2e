import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { LAST_WORDS, type WatchData } from './limit-watch.ts';

/** So long an allocation can run ahead: memory is filled with some gigabytes a second. */
const BUSY_MS = 20;
/** An idle process costs nothing but this glance at who started it. */
const IDLE_MS = 1_000;
const BYTES_PER_MIB = 2 ** 20;

// serveJobs gives it.
const { shared, parent, memoryMib } = workerData as WatchData;
const states = new Int32Array(shared);
const deadlines = new BigInt64Array(shared);

for (;;) {
  const busy = Atomics.load(states, 0);
  Atomics.wait(states, 0, busy, busy === 1 ? BUSY_MS : IDLE_MS);
  if (!isThere(parent)) end('');
  if (Atomics.load(states, 0) === 0) continue;
  if (process.hrtime.bigint() > Atomics.load(deadlines, 1)) end('time-limit');
  if (process.memoryUsage.rss() > memoryMib * BYTES_PER_MIB) end('memory-limit');
}

/** Not only an orderly end: of a parent that was killed nobody tells a thread that never comes to listen. */
function isThere(pid: number): boolean {
  if (process.platform !== 'win32') return process.ppid === pid;
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function end(why: string): void {
  try {
    if (why !== '') writeSync(LAST_WORDS, `${why}\n`);
  } finally {
    process.kill(process.pid, 'SIGKILL');
  }
}
