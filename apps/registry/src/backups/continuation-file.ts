import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Beginning } from '../certificates/skip-lost.ts';
import { systemCode } from '../files/system-code.ts';
import { BackupError } from './backup.errors.ts';
import { writeDurably } from './durable-files.ts';

export const CONTINUATION = 'continuation.json';

const BeginningSchema = z.strictObject({
  firstNumber: z.int().nonnegative(),
  firstPlace: z.int().nonnegative(),
});

/**
 * A database that is lost takes with it from where it went on after the loss before. So that is noted beside the published
 * files too, which are what the next recovery begins with.
 */
export async function findBeginning(dataDir: string): Promise<Beginning | undefined> {
  const path = pathIn(dataDir);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    return BeginningSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new BackupError(
      'not-recoverable',
      `${path} 已损坏：它记着上一次恢复之后从哪个编号、哪个状态位发起。请从备份中取回这个文件。`,
      { cause },
    );
  }
}

/** Before the transaction commits: what is skipped twice is still skipped, what was forgotten is given twice. */
export async function writeBeginning(dataDir: string, beginning: Beginning): Promise<void> {
  await writeDurably(pathIn(dataDir), `${JSON.stringify(beginning)}\n`);
}

function pathIn(dataDir: string): string {
  return join(dataDir, 'published', CONTINUATION);
}
