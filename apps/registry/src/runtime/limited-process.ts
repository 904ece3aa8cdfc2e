import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { childEnvironment } from '../config/child-environment.ts';
import { TYPESCRIPT_ARGS } from './child-process.ts';
import type { DeclaredError, JobAnswer, JobRequest, ProcessLimits } from './limited-process.protocol.ts';
import { LimitedProcessError } from './limited-process.errors.ts';

/** The watch in the process ends it at its limit; if that cannot, this process does, so much later. */
const GRACE_MS = 2_000;
/** Only against one that never starts: it loads its modules behind all else on the machine, which may be busy for a while. */
const START_MS = 120_000;
/** What a process of Node takes of the system's limit of data before it does anything: room for code, stacks of threads. */
const OWN_DATA_MIB = 2_048;
/** Of objects that live for a moment: by itself V8 takes some times as much where there is much to read, and is no faster. */
const YOUNG_MIB = 16;
/** Behind the server in all its threads, the collector's too: somebody waits for the answers of the server. */
const NICE = '19';
const SAID_CHARACTERS = 2_000;

/** What became of a job: the parts of its answer, or an error that its handler declares. */
export type JobResult = { readonly parts: readonly unknown[] } | { readonly error: DeclaredError };

export type KeepPart = (part: unknown) => unknown;

/**
 * A process that does one job at a time on what somebody else sent, and is ended with SIGKILL when a job takes too long or
 * too much memory: in a loop without end nothing else helps. It gets no secret in its environment and writes nothing.
 */
export class LimitedProcess {
  readonly #child: ChildProcess;
  readonly #limits: ProcessLimits;
  readonly #started: Promise<void>;
  readonly #ended: Promise<void>;
  #how = '';
  #lastWords = '';
  #said = '';
  #alive = true;
  #busy = false;
  #jobs = 0;
  #memoryMib = 0;

  /** @param file its entry, TypeScript below `src`, which calls `serveJobs` */
  constructor(file: URL, limits: ProcessLimits) {
    this.#limits = limits;
    const child = startChild(file, limits);
    this.#child = child;
    child.stdio[3]?.on('data', (text: Buffer) => (this.#lastWords += text.toString()));
    child.stderr?.on('data', (text: Buffer) => {
      this.#said = (this.#said + text.toString()).slice(-SAID_CHARACTERS);
    });
    // A write to a process that has just gone; that it has gone is said by `close`.
    for (const stream of child.stdio) stream?.on('error', () => undefined);
    this.#ended = new Promise((resolve) => {
      const end = (how: string): void => {
        this.#alive = false;
        this.#how ||= how;
        resolve();
      };
      child.once('error', (error) => {
        child.kill('SIGKILL');
        end(error.message);
      });
      // `close` and not `exit`: its last words have been read.
      child.once('close', (code, signal) => end(signal ?? `exit ${code?.toString() ?? '?'}`));
    });
    this.#started = new Promise((resolve) => child.once('message', () => resolve()));
    this.#hold(false);
  }

  get alive(): boolean {
    return this.#alive;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** whether a job was given to it that is not done */
  get busy(): boolean {
    return this.#busy;
  }

  /** how many jobs it has done */
  get jobs(): number {
    return this.#jobs;
  }

  /** what it holds after its last job */
  get memoryMib(): number {
    return this.#memoryMib;
  }

  /**
   * @param keep makes of each part as it comes what is kept of it
   * @throws LimitedProcessError `time-limit` | `memory-limit` | `process-lost`; the process is gone then
   */
  async run(kind: string, input: unknown, keep?: KeepPart): Promise<JobResult> {
    this.#hold(true);
    try {
      await this.#within(START_MS, this.#started, 'it did not start in time');
      const result = this.#answer(keep);
      const request: JobRequest = { kind, input, timeMs: this.#limits.timeMs };
      // An error of the channel: the process has gone, which ends the waiting as well.
      this.#child.send(request, () => undefined);
      this.#busy = true;
      return await this.#within(this.#limits.timeMs + GRACE_MS, result, 'its watch did not end it in time');
    } catch (error) {
      await this.stop();
      throw error;
    } finally {
      this.#jobs += 1;
      this.#busy = false;
      this.#hold(false);
    }
  }

  async stop(): Promise<void> {
    // Whoever waits for its end stays for it.
    this.#hold(true);
    if (this.#alive) this.#child.kill('SIGKILL');
    await this.#ended;
  }

  #answer(keep: KeepPart = (part) => part): Promise<JobResult> {
    const parts: unknown[] = [];
    return new Promise((resolve) => {
      const take = (message: unknown): void => {
        // Only serveJobs of the same program writes to this channel.
        const answer = message as JobAnswer;
        if (answer.type === 'part') {
          parts.push(keep(answer.part));
          return;
        }
        this.#child.off('message', take);
        this.#memoryMib = answer.memoryMib;
        resolve(answer.type === 'done' ? { parts } : { error: answer.error });
      };
      this.#child.on('message', take);
    });
  }

  async #within<T>(timeMs: number, work: Promise<T>, late: string): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const lateness = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new LimitedProcessError('time-limit', late)), timeMs);
    });
    const lost = this.#ended.then(() => {
      throw this.#lossOf();
    });
    try {
      return await Promise.race([work, lateness, lost]);
    } finally {
      clearTimeout(timer);
      lost.catch(() => undefined);
    }
  }

  #lossOf(): LimitedProcessError {
    const cause = new Error(this.#said.trim());
    if (this.#lastWords.includes('time-limit'))
      return new LimitedProcessError('time-limit', `more than ${this.#limits.timeMs.toString()} ms`);
    // V8 aborts where its own heap is full, before the watch sees it.
    if (this.#lastWords.includes('memory-limit') || /heap out of memory|allocation fail/i.test(this.#said))
      return new LimitedProcessError('memory-limit', `more than ${this.#limits.memoryMib.toString()} MiB`);
    return new LimitedProcessError('process-lost', `the process ended: ${this.#how}`, { cause });
  }

  /** Whether this process stays for it: a command whose work is done ends, and the idle process with it. */
  #hold(held: boolean): void {
    // Pipes of a child are sockets, which a process may let go of; their type does not say so.
    const pipes = this.#child.stdio.slice(2, 4) as (Readable & { ref?(): void; unref?(): void })[];
    for (const one of [this.#child, this.#child.channel, ...pipes]) {
      if (held) one?.ref?.();
      else one?.unref?.();
    }
  }
}

/** By a shell where there is one: it sets the system's own limit, which holds also for what V8 does not count. */
function startChild(file: URL, { memoryMib }: ProcessLimits): ChildProcess {
  const args = [
    `--max-old-space-size=${memoryMib.toString()}`,
    `--max-semi-space-size=${YOUNG_MIB.toString()}`,
    ...TYPESCRIPT_ARGS,
    fileURLToPath(file),
    process.pid.toString(),
    memoryMib.toString(),
  ];
  const limit = ((memoryMib + OWN_DATA_MIB) * 1_024).toString();
  const [program, before] =
    process.platform === 'win32'
      ? [process.execPath, []]
      : [
          '/bin/sh',
          ['-c', `ulimit -d ${limit} 2>/dev/null; exec nice -n ${NICE} "$@"`, 'sh', process.execPath],
        ];
  return spawn(program, [...before, ...args], {
    env: childEnvironment({}),
    serialization: 'advanced',
    windowsHide: true,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'ipc'],
  });
}
