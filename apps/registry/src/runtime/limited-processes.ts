import type { ProcessLimits } from './limited-process.protocol.ts';
import { type JobResult, type KeepPart, LimitedProcess } from './limited-process.ts';
import { LimitedProcessError } from './limited-process.errors.ts';

export interface PoolLimits extends ProcessLimits {
  /** processes at once */
  readonly processes: number;
  /** jobs that may wait for one of them */
  readonly waiting: number;
  /** how long one may wait */
  readonly waitMs: number;
  /** after so many jobs a process is replaced */
  readonly jobsOfOne: number;
  /** one that holds more than this after a job is replaced: the next job would pay for it */
  readonly keptMemoryMib: number;
  /** how long an idle process is kept */
  readonly idleMs: number;
}

interface Waiting {
  readonly owner: string;
  readonly start: (process: LimitedProcess) => void;
  readonly refuse: (error: LimitedProcessError) => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * A few processes with limits for jobs of one kind. One that has done its job is kept warm for the next, never one that
 * failed. Nothing waits without bound, neither in number nor in time.
 */
export class LimitedProcesses {
  readonly #file: URL;
  readonly #limits: PoolLimits;
  readonly #idle: { process: LimitedProcess; timer: NodeJS.Timeout }[] = [];
  readonly #running = new Map<LimitedProcess, string>();
  readonly #queue: Waiting[] = [];
  #closed = false;

  constructor(file: URL, limits: PoolLimits) {
    this.#file = file;
    this.#limits = limits;
  }

  /** processes that are there, busy or not */
  get processes(): readonly LimitedProcess[] {
    return [...this.#running.keys(), ...this.#idle.map(({ process }) => process)];
  }

  /**
   * @param owner whose job it is: one whose other job runs already is let pass by those who have none
   * @param keep makes of each part as it comes what is kept of it
   * @throws LimitedProcessError
   */
  async run(kind: string, input: unknown, owner = '', keep?: KeepPart): Promise<JobResult> {
    const process = await this.#take(owner);
    try {
      return await process.run(kind, input, keep);
    } finally {
      this.#running.delete(process);
      await this.#keep(process);
      this.#next();
    }
  }

  /** Ends all of them, whatever they do. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const { refuse, timer } of this.#queue.splice(0)) {
      clearTimeout(timer);
      refuse(new LimitedProcessError('process-lost', 'the program ends'));
    }
    const all = this.processes;
    for (const { timer } of this.#idle.splice(0)) clearTimeout(timer);
    await Promise.all(all.map((process) => process.stop()));
  }

  #take(owner: string): LimitedProcess | Promise<LimitedProcess> {
    if (this.#closed) throw new LimitedProcessError('process-lost', 'the program ends');
    if (this.#running.size < this.#limits.processes) return this.#start(owner);
    if (this.#queue.length >= this.#limits.waiting)
      throw new LimitedProcessError('busy', `${this.#queue.length.toString()} jobs wait already`);
    return new Promise((start, refuse) => {
      const timer = setTimeout(() => {
        this.#queue.splice(this.#queue.indexOf(waiting), 1);
        refuse(new LimitedProcessError('busy', `no process within ${this.#limits.waitMs.toString()} ms`));
      }, this.#limits.waitMs);
      const waiting: Waiting = { owner, start, refuse, timer };
      this.#queue.push(waiting);
    });
  }

  #start(owner: string): LimitedProcess {
    let process: LimitedProcess | undefined;
    while ((process = this.#takeIdle()) !== undefined) if (process.alive) break;
    process ??= new LimitedProcess(this.#file, this.#limits);
    this.#running.set(process, owner);
    return process;
  }

  #takeIdle(): LimitedProcess | undefined {
    const kept = this.#idle.pop();
    if (kept === undefined) return undefined;
    clearTimeout(kept.timer);
    return kept.process;
  }

  async #keep(process: LimitedProcess): Promise<void> {
    const { jobsOfOne, keptMemoryMib, idleMs } = this.#limits;
    const worn = process.jobs >= jobsOfOne || process.memoryMib > keptMemoryMib;
    if (!process.alive || worn || this.#closed) return process.stop();
    const timer = setTimeout(() => {
      this.#idle.splice(
        this.#idle.findIndex((kept) => kept.process === process),
        1,
      );
      void process.stop();
    }, idleMs).unref();
    this.#idle.push({ process, timer });
  }

  #next(): void {
    while (this.#running.size < this.#limits.processes) {
      const busy = new Set(this.#running.values());
      const at = Math.max(
        0,
        this.#queue.findIndex(({ owner }) => !busy.has(owner)),
      );
      const [waiting] = this.#queue.splice(at, 1);
      if (waiting === undefined) return;
      clearTimeout(waiting.timer);
      waiting.start(this.#start(waiting.owner));
    }
  }
}
