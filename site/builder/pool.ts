import { Worker } from 'node:worker_threads';
import type { Route } from './renderer.ts';
import type { ShardResult, ShardTask } from './shard.ts';
import type { ThreadData, ThreadMessage } from './shard-thread.ts';

/** Threads that build shards. */
export interface ShardPool {
  readonly routes: readonly Route[];
  /**
   * @param lists tasks that share what they read: a thread keeps to one list until it is empty
   * @throws whatever a shard failed with; the others end first
   */
  build(lists: readonly (readonly ShardTask[])[]): Promise<ShardResult[]>;
  close(): Promise<void>;
}

/** A thread of a large registry holds its summaries and the pages of one organ. */
const HEAP_MB = 1_500;

export async function openPool(threads: number, data: ThreadData): Promise<ShardPool> {
  const workers = Array.from(
    { length: threads },
    () =>
      new Worker(new URL('./shard-thread.ts', import.meta.url), {
        workerData: data,
        // A page is rubbish as soon as it is written: a larger nursery keeps it from being copied about.
        resourceLimits: { maxOldGenerationSizeMb: HEAP_MB, maxYoungGenerationSizeMb: 128 },
      }),
  );
  const close = async (): Promise<void> => {
    await Promise.all(workers.map((worker) => worker.terminate()));
  };
  try {
    const ready = await Promise.all(workers.map(nextMessage));
    const [first] = ready;
    if (first?.type !== 'ready') throw new Error('a thread answered before it was asked');
    return { routes: first.routes, build: (lists) => buildAll(workers, lists), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function buildAll(
  workers: readonly Worker[],
  lists: readonly (readonly ShardTask[])[],
): Promise<ShardResult[]> {
  const queues = lists.map((list) => [...list]);
  const results: ShardResult[] = [];
  await Promise.all(
    workers.map(async (worker, position) => {
      const own = queues.map((_, i) => queues[(position + i) % queues.length] ?? []);
      for (;;) {
        const task = own.find((queue) => queue.length > 0)?.shift();
        if (task === undefined) return;
        const answer = nextMessage(worker);
        worker.postMessage(task);
        const message = await answer;
        if (message.type === 'done') results.push(message.result);
      }
    }),
  );
  return results;
}

/** @throws what the thread failed with */
function nextMessage(worker: Worker): Promise<ThreadMessage> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
    };
    const onMessage = (message: ThreadMessage): void => {
      settle();
      if (message.type === 'failed') reject(new Error(message.message));
      else resolve(message);
    };
    const onError = (error: unknown): void => {
      settle();
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    const onExit = (code: number): void => {
      settle();
      reject(new Error(`a thread ended with ${code}`));
    };
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
  });
}
