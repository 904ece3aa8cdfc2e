import { writeFileSync, writeSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { JobAnswer, JobRequest } from './limited-process.protocol.ts';
import { beginWatch, endWatch, LAST_WORDS, sharedWatch, type WatchData } from './limit-watch.ts';

/** What a job does: its answer in parts, each small enough to be taken in at once. */
export type JobHandler = (input: unknown) => Iterable<unknown> | AsyncIterable<unknown>;

/**
 * The whole life of a process with limits: jobs come one at a time. A thread beside it watches time and memory, and whether
 * the one who started it is still there: a loop without end hears of nothing.
 * @param isDeclared an error that is an answer; any other is told of and ends the process
 */
export function serveJobs(
  handlers: Readonly<Record<string, JobHandler>>,
  isDeclared: (error: unknown) => error is Error & { readonly code: string },
): void {
  const [parent, memoryMib] = process.argv.slice(2, 4).map(Number);
  const shared = sharedWatch();
  const data: WatchData = { shared, parent: parent ?? 0, memoryMib: memoryMib ?? 0 };
  standLast();
  const watch = new Worker(new URL('./limit-watch-thread.ts', import.meta.url), { workerData: data });
  // Without its watch it has no limits.
  watch.once('error', () => process.exit(1));
  watch.once('exit', () => process.exit(1));
  process.once('disconnect', () => process.exit(0));
  process.on('message', (message) => {
    // Only LimitedProcess of the same program writes to this channel.
    const { kind, input, timeMs } = message as JobRequest;
    beginWatch(shared, timeMs);
    void answer(handlers[kind], input, isDeclared).then(() => endWatch(shared));
  });
  watch.once('online', () => void send({ type: 'ready' }));
}

async function answer(
  handler: JobHandler | undefined,
  input: unknown,
  isDeclared: (error: unknown) => error is Error & { readonly code: string },
): Promise<void> {
  try {
    if (handler === undefined) throw new Error('no such job');
    for await (const part of handler(input)) await send({ type: 'part', part });
    await send({ type: 'done', memoryMib: memoryMibOf() });
  } catch (error) {
    if (isOutOfMemory(error)) {
      writeSync(LAST_WORDS, 'memory-limit\n');
      process.kill(process.pid, 'SIGKILL');
    }
    if (!isDeclared(error)) throw error;
    const { name, code, message } = error;
    const told = { name, code, message, ...('extension' in error && { extension: error.extension }) };
    await send({ type: 'error', memoryMib: memoryMibOf(), error: told });
  }
}

function send(answer: JobAnswer | { readonly type: 'ready' }): Promise<void> {
  return new Promise((resolve, reject) => {
    process.send?.(answer, (error: Error | null) => {
      if (error === null) resolve();
      else reject(error);
    });
  });
}

const memoryMibOf = (): number => Math.ceil(process.memoryUsage.rss() / 2 ** 20);

/** The system's limit speaks as a failed allocation, which a reader may take for a fault of the file. */
function isOutOfMemory(error: unknown): boolean {
  for (let one = error; one instanceof Error; one = one.cause)
    if (/allocation failed|out of memory/i.test(one.message)) return true;
  return false;
}

/** When memory runs short it is this process that goes, and not the server or its database. */
function standLast(): void {
  try {
    if (process.platform === 'linux') writeFileSync('/proc/self/oom_score_adj', '1000');
  } catch {
    // A system that does not let us has its own order.
  }
}
