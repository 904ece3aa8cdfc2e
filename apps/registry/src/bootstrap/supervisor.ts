import { setTimeout as sleep } from 'node:timers/promises';
import { configuredEnvironment, type Config, loadConfig, startedByNpm } from '../config/config.ts';
import { type Part, startPart } from '../runtime/child-process.ts';
import { type DatabaseHandle, openEmbeddedDatabase } from '../runtime/embedded-postgres.ts';
import { checkListenAddress, localUrl } from '../runtime/listen-address.ts';
import { openDataFolder } from '../files/data-folder.ts';
import { Prepared } from './prepared.ts';
import { RuntimeError } from '../runtime/runtime.errors.ts';
import { nextChange } from '../runtime/source-changes.ts';
import { listenForStop, type StopSignals } from '../runtime/stop-signals.ts';
import { welcome } from './welcome.ts';

const STOPPED = Symbol('stopped');
const DATABASE_CHECK_MS = 3_000;

const say = (line: string): void => console.log(`· ${line}`);

/**
 * Everything `npm start` runs: the database, then what has to be done before anybody is served, then API and worker.
 * Ends with a signal, in the opposite order; throws when a part ends by itself.
 */
export async function supervise({ watch }: { watch: boolean }): Promise<void> {
  const begun = Date.now();
  const config = loadConfig();
  await checkListenAddress(config.listen, config.port);
  await openDataFolder(config, say);
  const stop = listenForStop({ withParent: startedByNpm() });
  try {
    if (config.databaseUrl !== undefined) {
      await runParts({ config, stop, watch, begun, database: undefined });
      return;
    }
    const database = await openEmbeddedDatabase({ dataDir: config.dataDir, log: say });
    try {
      await runParts({ config: config.withDatabase(database), stop, watch, begun, database });
    } finally {
      await database.close();
      say('已全部停止（stopped）');
    }
  } finally {
    stop.release();
  }
}

interface Run {
  readonly config: Config;
  readonly stop: StopSignals;
  readonly watch: boolean;
  readonly begun: number;
  readonly database: DatabaseHandle | undefined;
}

async function runParts({ config, stop, watch, begun, database }: Run): Promise<void> {
  const parts = new Set<Part>();
  const done = new AbortController();
  const stopped = stop.first.then(() => STOPPED);
  void stop.second.then(() => parts.forEach((part) => part.kill()));
  const begin = (name: string, file: string, args: readonly string[], owner: boolean): Part => {
    const part = startPart(name, file, { args, env: configuredEnvironment(config, owner) });
    parts.add(part);
    return part;
  };
  const lost = database === undefined ? never() : databaseLost(database, done.signal);
  try {
    const prepare = begin('准备', 'bootstrap/prepare.ts', database === undefined ? [] : ['--migrate'], true);
    const prepared = await Promise.race([stopped, resultOf(prepare), lost]);
    if (prepared === STOPPED) return;
    parts.delete(prepare);

    for (let greeted = false; ;) {
      const serving = [
        begin('接口 API', 'bootstrap/main.ts', [], false),
        begin('后台任务 worker', 'bootstrap/worker.ts', [], false),
      ];
      // While one writes code a part may well fail; the next change starts it again.
      const ended = watch ? never() : Promise.race(serving.map(endedByItself));
      const changed = watch ? nextChange(done.signal) : never();
      if (!greeted) {
        const first = await Promise.race([stopped, whenReady(config, done.signal), ended, changed, lost]);
        if (first === STOPPED) return;
        if (first === 'ready') {
          greeted = true;
          console.log(welcome(config, Prepared.parse(prepared), Date.now() - begun));
        }
      }
      if ((await Promise.race([stopped, ended, changed, lost])) === STOPPED) return;
      say('源代码有改动，重新启动（restarting）');
      await Promise.all(serving.map((part) => part.stop()));
      serving.forEach((part) => parts.delete(part));
    }
  } finally {
    done.abort();
    if ([...parts].some(({ exitCode }) => exitCode === null)) say('正在停止（stopping）…');
    await Promise.all([...parts].map((part) => part.stop()));
  }
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}

async function resultOf(part: Part): Promise<unknown> {
  const message = part.message('prepared');
  const how = await part.ended;
  if (part.exitCode === 0) return message;
  throw new RuntimeError(
    'process-failed',
    `启动前的准备没有完成（${how}），原因见上。\nSee the reason above.`,
  );
}

async function endedByItself(part: Part): Promise<never> {
  const how = await part.ended;
  throw new RuntimeError(
    'process-failed',
    `${part.name} 意外结束（${how}），其余部分随之停止。原因见上。\n${part.name} ended unexpectedly; everything stops.`,
  );
}

async function databaseLost(database: DatabaseHandle, signal: AbortSignal): Promise<never> {
  for (;;) {
    await sleep(DATABASE_CHECK_MS, undefined, { ref: false });
    if (signal.aborted) return never();
    if (!(await database.isRunning())) {
      throw new RuntimeError(
        'server-failed',
        '数据库意外停止，其余部分随之停止；再次启动会自动恢复。\nThe database ended unexpectedly; the next start recovers.',
      );
    }
  }
}

async function whenReady(config: Config, signal: AbortSignal): Promise<'ready'> {
  const url = `${localUrl(config.listen, config.port)}/api/health/ready`;
  while (!signal.aborted) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
    if (answer?.ok) return 'ready';
    await sleep(50);
  }
  return never();
}
