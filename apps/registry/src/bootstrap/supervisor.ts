import { setTimeout as sleep } from 'node:timers/promises';
import { configuredEnvironment, type Config, loadConfig, startedByNpm } from '../config/config.ts';
import { startPart } from '../runtime/child-process.ts';
import { type DatabaseHandle, openEmbeddedDatabase } from '../runtime/embedded-postgres.ts';
import { checkListenAddress, localUrl } from '../runtime/listen-address.ts';
import { openDataFolder } from '../files/data-folder.ts';
import { Prepared } from './prepared.ts';
import { publishedPaths } from '../publication/published-paths.ts';
import { findPointer } from '../publication/release-pointer.ts';
import { RegistryParts } from './registry-parts.ts';
import { RuntimeError } from '../runtime/runtime.errors.ts';
import { nextChange } from '../runtime/source-changes.ts';
import { listenForStop, type StopSignals } from '../runtime/stop-signals.ts';
import { welcome } from './welcome.ts';

const STOPPED = Symbol('stopped');

const say = (line: string): void => console.log(`· ${line}`);

/**
 * Everything `npm start` runs: the front, the database, then what has to be done before anybody is served, then API and
 * worker. Ends with a signal, in the opposite order; throws only while it has not begun to serve.
 */
export async function supervise({ watch }: { watch: boolean }): Promise<void> {
  const begun = Date.now();
  const config = loadConfig();
  await checkListenAddress(config.listen, config.port);
  await openDataFolder(config, say);
  const stop = listenForStop({ withParent: startedByNpm() });
  const parts = new RegistryParts({ config, watch, say });
  void stop.second.then(() => parts.kill());
  try {
    // What was published before is served from the first moment on, however long the database takes to recover.
    parts.begin('front');
    if (config.databaseUrl !== undefined) {
      await serve({ config, parts, stop, watch, begun, database: undefined });
      return;
    }
    const database = await openEmbeddedDatabase({ dataDir: config.dataDir, log: say });
    try {
      parts.useDatabase(database);
      await serve({ config: config.withDatabase(database), parts, stop, watch, begun, database });
    } finally {
      await parts.stop();
      await database.close();
      say('已全部停止（stopped）');
    }
  } finally {
    await parts.stop();
    stop.release();
  }
}

interface Run {
  readonly config: Config;
  readonly parts: RegistryParts;
  readonly stop: StopSignals;
  readonly watch: boolean;
  readonly begun: number;
  readonly database: DatabaseHandle | undefined;
}

/** Resolves at the signal to stop. */
async function serve({ config, parts, stop, watch, begun, database }: Run): Promise<void> {
  const stopped = stop.first.then((): typeof STOPPED => STOPPED);
  const done = new AbortController();
  // Who has published before has little to prepare, and API and worker load meanwhile; they wait for the schema by themselves.
  // At the very first start the worker would build pages of nothing.
  const again = (await findPointer(publishedPaths(config.dataDir))) !== undefined;
  if (again) parts.begin('api', 'worker');
  const prepared = await prepare(config, database !== undefined, stopped, stop);
  if (prepared === STOPPED) return;
  if (!again) parts.begin('api', 'worker');
  if (database !== undefined) parts.keepDatabase(database);
  void whenReady(config, done.signal).then(() => console.log(welcome(config, prepared, Date.now() - begun)));
  try {
    for (;;) {
      const changed = watch ? nextChange(done.signal) : never();
      if ((await Promise.race([stopped, changed])) === STOPPED) break;
      say('源代码有改动，重新启动（restarting）');
      await parts.renew('front', 'api', 'worker');
    }
  } finally {
    done.abort();
    say('正在停止（stopping）…');
  }
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}

/** Schema, sample and first publication, in a process of its own: what it loads is given back before anybody is served. */
async function prepare(
  config: Config,
  migrate: boolean,
  stopped: Promise<typeof STOPPED>,
  stop: StopSignals,
): Promise<Prepared | typeof STOPPED> {
  const part = startPart('准备', 'bootstrap/prepare.ts', {
    args: migrate ? ['--migrate'] : [],
    env: configuredEnvironment(config, true),
  });
  void stop.second.then(() => part.kill());
  const message = part.message('prepared');
  const how = await Promise.race([stopped, part.ended]);
  if (how === STOPPED) {
    await part.stop();
    return STOPPED;
  }
  if (part.exitCode === 0) return Prepared.parse(await message);
  throw new RuntimeError(
    'process-failed',
    `启动前的准备没有完成（${how}），原因见上。\nSee the reason above.`,
  );
}

/** Asked four times a second: each time is a line in the front's log until the API answers. */
async function whenReady(config: Config, signal: AbortSignal): Promise<void> {
  const url = `${localUrl(config.listen, config.port)}/api/health/ready`;
  while (!signal.aborted) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(250);
  }
  return never();
}
