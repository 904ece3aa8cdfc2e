import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedDatabase, removeEmbeddedDatabase } from '../runtime/embedded-postgres.ts';
import { readBackup } from './check-backup.ts';
import { type Restored, restoreBackup, type RestoreOptions } from './restore-backup.ts';

/**
 * Restores into a throw-away database of this program's own, whatever server the registry has: a backup that was never
 * restored is a hope.
 * @throws BackupError
 */
export async function tryRestore(
  folder: string,
  options: Pick<RestoreOptions, 'digest' | 'say'>,
): Promise<Restored> {
  // Before there is a server: whoever ends this while it reads leaves none behind.
  await readBackup(folder, options.digest);
  const dataDir = await mkdtemp(join(await realpath(tmpdir()), 'mandate-trial-'));
  try {
    const database = await openEmbeddedDatabase({ dataDir, throwaway: true });
    try {
      return await restoreBackup(folder, {
        ...options,
        ownerUrl: database.ownerUrl,
        appUrl: database.appUrl,
        dataDir,
        nothingLost: true,
        trial: true,
      });
    } finally {
      await database.close();
    }
  } finally {
    await removeEmbeddedDatabase(dataDir);
    await rm(dataDir, { recursive: true, force: true });
  }
}
