// A thread that builds shards, one after the other, for as long as it is given any.
import { parentPort, workerData } from 'node:worker_threads';
import { pathToFileURL } from 'node:url';
import type * as Renderer from './renderer.ts';
import { buildShard, type ShardFolders, type ShardResult, type ShardTask } from './shard.ts';

export interface ThreadData {
  /** module of the compiled site */
  readonly entry: string;
  readonly folders: ShardFolders;
}

/** The first answer names the routes, each other one a shard that is done. */
export type ThreadMessage =
  | { readonly type: 'ready'; readonly routes: readonly Renderer.Route[] }
  | { readonly type: 'done'; readonly result: ShardResult }
  | { readonly type: 'failed'; readonly message: string };

const port = parentPort;
if (port === null) throw new Error('started as a thread only');
const send = (message: ThreadMessage): void => port.postMessage(message);
const fail = (error: unknown): void =>
  send({ type: 'failed', message: error instanceof Error ? error.message : String(error) });

try {
  // What pool.ts passes.
  const { entry, folders } = workerData as ThreadData;
  // The compiled site exports what renderer.ts does.
  const renderer = (await import(pathToFileURL(entry).href)) as typeof Renderer;
  port.on('message', (task: ShardTask) => {
    buildShard(renderer, task, folders).then((result) => send({ type: 'done', result }), fail);
  });
  send({ type: 'ready', routes: renderer.routes });
} catch (error) {
  fail(error);
}
