import { uploadReading } from '../../apps/registry/src/imports/reading-limits.ts';
import { LimitedProcessError } from '../../apps/registry/src/runtime/limited-process.errors.ts';
import { LimitedProcesses } from '../../apps/registry/src/runtime/limited-processes.ts';
import { damage } from './damage.ts';
import type { Kind } from './samples.ts';

/** A third of the time that an upload has by default: what takes longer is damaged in any case. */
const READING = uploadReading(20);

const WORKBOOK = [
  'read',
  'not-a-workbook',
  'password-protected',
  'damaged-workbook',
  'too-large',
  'no-list',
  'swapped-columns',
];

/** What reading a damaged file may come to; anything else is a fault of ours. */
const KNOWN: Readonly<Record<Kind, readonly string[]>> = {
  xls: WORKBOOK,
  xlsx: WORKBOOK,
  pdf: ['read', 'unreadable', 'unsigned', 'altered', 'foreign-structure', 'unsupported-signature'],
};
export const LIMITS = ['time-limit', 'memory-limit'];

export interface Read {
  readonly seed: number;
  readonly code: string;
  readonly timeMs: number;
  /** a promise that it broke, in words */
  readonly broken?: string;
}

/** Reads damaged files as the registry does: one process with its limits after the other's failure. */
export class DamagedReader {
  readonly #kind: Kind;
  readonly #samples: readonly Uint8Array[];
  readonly #lateMs: number;
  readonly #processes: LimitedProcesses;

  /** @param startMs what a process takes to start at most, on a machine that is busy with the other one */
  constructor(kind: Kind, samples: readonly Uint8Array[], timeMs = READING.process.timeMs, startMs = 5_000) {
    this.#kind = kind;
    this.#samples = samples;
    this.#lateMs = timeMs + startMs;
    const file =
      kind === 'pdf' ? './signed-pdf.process.ts' : '../../apps/registry/src/imports/reading.process.ts';
    this.#processes = new LimitedProcesses(new URL(file, import.meta.url), {
      ...READING.process,
      timeMs,
    });
  }

  fileOf(seed: number): Uint8Array {
    const sample = this.#samples[seed % this.#samples.length];
    if (sample === undefined) throw new Error('no sample');
    return damage(sample, seed);
  }

  async read(seed: number): Promise<Read> {
    const bytes = this.fileOf(seed);
    const input =
      this.#kind === 'pdf'
        ? bytes
        : { file: { name: `a.${this.#kind}`, bytes }, limits: READING.workbook, options: {} };
    const begun = performance.now();
    const code = await this.#codeOf(input);
    const timeMs = performance.now() - begun;
    const known = [...KNOWN[this.#kind], ...LIMITS].includes(code.split(':', 1)[0] ?? '');
    const late = timeMs > this.#lateMs;
    const broken = !known ? `code ${code}` : late ? `${Math.round(timeMs).toString()} ms` : undefined;
    return { seed, code, timeMs, ...(broken !== undefined && { broken }) };
  }

  async close(): Promise<void> {
    await this.#processes.close();
  }

  async #codeOf(input: unknown): Promise<string> {
    try {
      const result = await this.#processes.run('read', input);
      return 'error' in result ? result.error.code : 'read';
    } catch (error) {
      if (!(error instanceof LimitedProcessError)) throw error;
      const { code, cause } = error;
      return code === 'process-lost' ? `${code}: ${cause instanceof Error ? cause.message : ''}` : code;
    }
  }
}
