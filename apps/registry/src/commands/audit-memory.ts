import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AuditMemory, Seen } from '@mandate/audit';
import { z } from 'zod';
import { systemCode } from '../files/system-code.ts';

const SeenSchema = z.strictObject({ origin: z.string(), vkey: z.string(), checkpoint: z.string() });

/** The checkpoints seen before, in the data folder: a file for each origin. */
export class AuditMemoryFolder implements AuditMemory {
  readonly #folder: string;

  constructor(dataDir: string) {
    this.#folder = join(dataDir, 'audit');
  }

  async find(origin: string): Promise<Seen | undefined> {
    try {
      return SeenSchema.parse(JSON.parse(await readFile(this.#path(origin), 'utf8')));
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return undefined;
      throw error;
    }
  }

  async remember(seen: Seen): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const temporary = join(this.#folder, `${randomBytes(8).toString('hex')}.new`);
    await writeFile(temporary, `${JSON.stringify(seen)}\n`);
    await rename(temporary, this.#path(seen.origin));
  }

  #path(origin: string): string {
    return join(this.#folder, `${createHash('sha256').update(origin).digest('hex').slice(0, 32)}.json`);
  }
}
