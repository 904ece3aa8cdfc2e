import { setTimeout as sleep } from 'node:timers/promises';
import type { Part } from './child-process.ts';
import { RestartRecord } from './restart-record.ts';

export interface KeptPartOptions {
  readonly start: () => Part;
  /** called with each part as it starts, before it can have said anything */
  readonly onStart: (part: Part) => void;
  /**
   * Called when it has ended by itself, after having been started at `startedAt`, ms since the epoch.
   * @returns how long to wait before the next start, in ms
   */
  readonly onEnd: (how: string, record: RestartRecord, startedAt: number) => number;
  /** whether one that ended by itself is left alone until it is renewed: whoever writes code has to mend it first */
  readonly waitForChange: boolean;
}

/** A part that is to run for as long as the program does: whenever it ends by itself it is started again, after a while. */
export class KeptPart {
  readonly record = new RestartRecord();
  readonly #options: KeptPartOptions;
  readonly #finished: Promise<void>;
  #part: Part;
  #startedAt = Date.now();
  #stopped = false;
  #renewing = false;
  #wake = new AbortController();

  constructor(options: KeptPartOptions) {
    this.#options = options;
    this.#part = this.#start();
    this.#finished = this.#keep();
  }

  get current(): Part {
    return this.#part;
  }

  /** Starts it anew, now, whether it runs or waits to be started. */
  async renew(): Promise<void> {
    this.#renewing = true;
    this.#wake.abort();
    await this.#part.stop();
  }

  /** At once, also where it waits to be started. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#wake.abort();
    await this.#part.stop();
    await this.#finished;
  }

  kill(): void {
    this.#part.kill();
  }

  #start(): Part {
    this.#startedAt = Date.now();
    const part = this.#options.start();
    this.#options.onStart(part);
    return part;
  }

  async #keep(): Promise<void> {
    for (;;) {
      const how = await this.#part.ended;
      if (!this.#stopped && !this.#renewing) {
        const delayMs = this.#options.onEnd(how, this.record, this.#startedAt);
        await this.#wait(this.#options.waitForChange ? undefined : delayMs);
      }
      this.#renewing = false;
      this.#wake = new AbortController();
      if (this.#stopped) return;
      this.#part = this.#start();
    }
  }

  /** @param delayMs undefined: until somebody wakes it */
  async #wait(delayMs: number | undefined): Promise<void> {
    const { signal } = this.#wake;
    if (signal.aborted) return;
    if (delayMs === undefined) {
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    } else {
      await sleep(delayMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
