import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { equalBytes } from '@mandate/encoding';
import { checkpointPath, LOG_FOLDER, LOG_NAMES } from '@mandate/published';
import { LogError, rootHash, verifyCheckpoint } from '@mandate/transparency-log';
import { z } from 'zod';
import { systemCode } from '../files/system-code.ts';
import type { AuditedLog } from './audit-log.ts';
import type { Findings } from './findings.ts';

const SeenSchema = z.strictObject({ origin: z.string(), vkey: z.string(), checkpoint: z.string() });

/** What an auditor saw of a log last time. */
export type Seen = z.infer<typeof SeenSchema>;

/** The checkpoints seen before, a file for each origin. A registry can show each reader another history; not one who remembers. */
export class AuditMemory {
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

/** The log must continue the tree of an older checkpoint. @param where the older one comes from, for the report */
export async function compareWithOlder(
  log: AuditedLog,
  older: string,
  where: string,
  findings: Findings,
): Promise<void> {
  const { identity, checkpoint } = log;
  const name = LOG_NAMES.find((one) => identity.origin.endsWith(`/${one}`));
  const file = name === undefined ? LOG_FOLDER : checkpointPath(name);
  try {
    const before = verifyCheckpoint(older, identity);
    if (before.size > checkpoint.size) {
      findings.problem(file, `日志倒退：${where}有 ${before.size} 条，现在只有 ${checkpoint.size} 条`);
      return;
    }
    const root = await rootHash(before.size, log.readHashes);
    if (!equalBytes(root, before.root)) {
      findings.problem(file, `日志分叉：前 ${before.size} 条与${where}签发的检查点不是同一棵树`);
    }
  } catch (error) {
    if (!(error instanceof LogError)) throw error;
    findings.problem(file, `与${where}的检查点无法比较（${error.code}）：${error.message}`);
  }
}
