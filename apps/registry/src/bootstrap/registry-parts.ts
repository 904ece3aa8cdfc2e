import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { configuredEnvironment, type Config } from '../config/config.ts';
import { type Part, startPart } from '../runtime/child-process.ts';
import type { DatabaseHandle } from '../runtime/embedded-postgres.ts';
import { KeptPart } from '../runtime/kept-part.ts';
import { RestartRecord } from '../runtime/restart-record.ts';
import { BEHIND_FRONT } from '../runtime/supervised.ts';
import type { SupervisorReport } from '../runtime/supervisor-report.ts';

const DATABASE_CHECK_MS = 1_000;

const PARTS = {
  front: { title: '对外服务 front', file: 'bootstrap/front.ts', args: [] },
  api: { title: '接口 API', file: 'bootstrap/main.ts', args: [BEHIND_FRONT] },
  worker: { title: '后台任务 worker', file: 'bootstrap/worker.ts', args: [] },
} as const;
type PartName = keyof typeof PARTS;
const DATABASE_TITLE = '数据库 database';

const Listening = z.object({ type: z.literal('listening'), url: z.url() });

export interface RegistryPartsOptions {
  readonly config: Config;
  /** where one writes code, a part that fails waits for the next change */
  readonly watch: boolean;
  readonly say: (line: string) => void;
}

/**
 * The processes of a running registry. Each is kept running for itself: one that ends is started again, after a delay that
 * grows, and the others hear of it and go on.
 */
export class RegistryParts {
  readonly #options: RegistryPartsOptions;
  readonly #parts = new Map<PartName, KeptPart>();
  readonly #database = new RestartRecord();
  readonly #stopping = new AbortController();
  /** of this start alone: with it the API tells the front from everybody else */
  readonly #secret = randomBytes(32).toString('base64url');
  #config: Config;
  #apiUrl: string | undefined;
  #keeping: Promise<void> | undefined;

  constructor(options: RegistryPartsOptions) {
    this.#options = options;
    this.#config = options.config;
  }

  begin(...names: readonly PartName[]): void {
    for (const name of names) this.#parts.set(name, this.#keep(name));
  }

  /** Starts them anew from the sources as they are now. */
  async renew(...names: readonly PartName[]): Promise<void> {
    await Promise.all(names.map(async (name) => this.#parts.get(name)?.renew()));
  }

  /** From now on parts start with this database. */
  useDatabase(database: DatabaseHandle): void {
    this.#config = this.#config.withDatabase(database);
  }

  /** Starts the embedded server again whenever it ends by itself, until everything is to stop. */
  keepDatabase(database: DatabaseHandle): void {
    this.#keeping = this.#keepDatabase(database);
  }

  async #keepDatabase(database: DatabaseHandle): Promise<void> {
    const { signal } = this.#stopping;
    const pause = (ms: number): Promise<void> => sleep(ms, undefined, { signal }).catch(() => undefined);
    for (let startedAt = Date.now(); !signal.aborted;) {
      await pause(DATABASE_CHECK_MS);
      // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- it may have come during the pause
      if (signal.aborted) return;
      // What cannot be looked at is tried: the start says what is wrong.
      if (await database.isRunning().catch(() => false)) continue;
      await pause(this.#tellEnd(DATABASE_TITLE, '进程已不在', this.#database, startedAt));
      // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- it may have come during the pause
      if (signal.aborted) return;
      startedAt = Date.now();
      await this.#restartDatabase(database);
    }
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all([...this.#parts.values()].map((part) => part.stop()));
    await this.#keeping;
  }

  kill(): void {
    for (const part of this.#parts.values()) part.kill();
  }

  async #restartDatabase(database: DatabaseHandle): Promise<void> {
    const before = database.appUrl;
    try {
      await database.restart();
    } catch (error) {
      // The next look finds no server, tells it and tries again, later.
      this.#options.say(error instanceof Error ? error.message : String(error));
      return;
    }
    this.#options.say('数据库已恢复运行（the database runs again）');
    if (database.appUrl === before) return;
    this.useDatabase(database);
    await this.renew('api', 'worker');
  }

  #keep(name: PartName): KeptPart {
    const { title, file, args } = PARTS[name];
    return new KeptPart({
      start: () =>
        startPart(title, file, {
          args,
          env: {
            ...configuredEnvironment(this.#config, false),
            MANDATE_FRONT_SECRET: name === 'worker' ? undefined : this.#secret,
          },
        }),
      onStart: (part) => this.#started(name, part),
      onEnd: (how, record, startedAt) => {
        if (name === 'api') this.#apiUrl = undefined;
        return this.#tellEnd(title, how, record, startedAt);
      },
      waitForChange: this.#options.watch,
    });
  }

  #started(name: PartName, part: Part): void {
    if (name === 'api') {
      this.#apiUrl = undefined;
      void part.message('listening').then((message) => {
        // One that has been replaced meanwhile is not where it says.
        if (this.#parts.get('api')?.current !== part) return;
        this.#apiUrl = Listening.parse(message).url;
        this.#report();
      });
    }
    part.send(this.#reportNow());
    this.#report();
  }

  /** @returns how long to wait before the next start */
  #tellEnd(title: string, how: string, record: RestartRecord, startedAt: number): number {
    const { delayMs, inLastHour } = record.ended(startedAt, Date.now(), how);
    const next = this.#options.watch && title !== DATABASE_TITLE ? '改动源代码后' : `${delayMs / 1000} 秒后`;
    this.#options.say(
      `${title} 意外结束（${how}），${next}重新启动；一小时内第 ${inLastHour} 次（ended unexpectedly, ${inLastHour} within the hour）`,
    );
    this.#report();
    return delayMs;
  }

  #report(): void {
    const report = this.#reportNow();
    for (const name of ['front', 'api'] as const) this.#parts.get(name)?.current.send(report);
  }

  #reportNow(): SupervisorReport {
    const kept = [...this.#parts].map(([name, { record }]) => ({ name, ...record.told }));
    return {
      type: 'report',
      ...(this.#apiUrl === undefined ? {} : { apiUrl: this.#apiUrl }),
      parts: [...kept, { name: 'database' as const, ...this.#database.told }].map(
        ({ name, ends, reason }) => ({
          name,
          ends: [...ends],
          ...(reason === undefined ? {} : { reason }),
        }),
      ),
    };
  }
}
