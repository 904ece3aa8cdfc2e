import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { PublishedPaths } from './published-paths.ts';

const Round = z.object({
  /** when it last came to its end as it should, ms since the epoch */
  doneAt: z.number().optional(),
  /** when it first failed, without success since */
  failingSince: z.number().optional(),
});

const Pulse = z.object({
  /** ms since the epoch */
  at: z.number(),
  data: Round,
  pages: Round,
  /** the chain of the ledger; a worker of before has none */
  ledger: Round.default({}),
});
export type WorkerPulse = z.infer<typeof Pulse>;
export type WorkerRound = 'data' | 'pages' | 'ledger';

/** The worker's sign of life, in a file beside what it writes: whoever serves the files can see whether anybody makes them. */
export class PulseWriter {
  readonly #path: string;
  readonly #rounds: Record<WorkerRound, z.infer<typeof Round>> = {
    data: {},
    pages: {},
    ledger: {},
  };

  constructor({ pulse }: PublishedPaths) {
    this.#path = pulse;
  }

  done(round: WorkerRound): void {
    this.#rounds[round] = { doneAt: Date.now() };
  }

  failed(round: WorkerRound): void {
    this.#rounds[round] = { failingSince: Date.now(), ...this.#rounds[round] };
  }

  async write(): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true });
    const pulse: WorkerPulse = { at: Date.now(), ...this.#rounds };
    // Not synced: after a power cut there is no worker whose life it could tell of.
    await writeFile(`${this.#path}.new`, JSON.stringify(pulse));
    await rename(`${this.#path}.new`, this.#path);
  }
}

/** Undefined where no worker has ever run, or what it left cannot be read. */
export async function findPulse({ pulse }: PublishedPaths): Promise<WorkerPulse | undefined> {
  try {
    return Pulse.safeParse(JSON.parse(await readFile(pulse, 'utf8'))).data;
  } catch {
    return undefined;
  }
}
