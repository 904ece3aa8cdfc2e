import { createReadStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { skipLost } from '../certificates/skip-lost.ts';
import { runMigrations } from '../database/migrate.ts';
import { isUnused, writeSnapshot } from '../database/write-snapshot.ts';
import { publishedRoot } from '../files/published-root.ts';
import { publicKeyDigests } from '../keys/public-keys.ts';
import { BackupError } from './backup.errors.ts';
import { type CheckedBackup, readBackup } from './check-backup.ts';
import { findBeginning, writeBeginning } from './continuation-file.ts';
import { filesBelow, findDigest, syncFolders, writeDurably } from './durable-files.ts';
import { tablePath } from './manifest.ts';

export interface Restored {
  /** SHA-256 of the manifest */
  readonly digest: string;
  readonly takenAt: string;
  readonly files: number;
  readonly rows: number;
  /** the first number of certificates, and the first place of the status list, that are given from here on */
  readonly firstNumber: number;
  readonly firstPlace: number;
}

export interface RestoreOptions {
  readonly dataDir: string;
  readonly ownerUrl: string;
  readonly appUrl: string;
  /** nothing was issued since the backup was taken: a move, not a loss */
  readonly nothingLost: boolean;
  /** SHA-256 of the manifest as it was noted when the backup was taken */
  readonly digest?: string | undefined;
  /** losses since the backup after which the registry went on from it already */
  readonly earlier?: number | undefined;
  /** only to see whether it can be done: the keys are not asked for */
  readonly trial?: true;
  readonly say?: (line: string) => void;
}

/**
 * Backup → an empty database and an empty data folder. Files come first and are the same whoever writes them again; the
 * database follows in one transaction. Cut off before that, nothing can start: what is published is ahead of an empty
 * database. The next try goes on.
 * @throws BackupError
 */
export async function restoreBackup(folder: string, options: RestoreOptions): Promise<Restored> {
  const { ownerUrl, appUrl, say = () => undefined } = options;
  say('核对备份的每一个文件（checking every file）');
  const backup = await readBackup(folder, options.digest);
  if (!(await isUnused(ownerUrl)))
    throw new BackupError('target-in-use', '要恢复到的数据库不是空的，什么都没有写。请给一个新建的数据库。');
  await checkTarget(backup, options);
  say('写回已发布的文件（published files）');
  await copyFiles(folder, backup, options);
  say('写回数据库（database）');
  const { manifest, digest, sums } = backup;
  await runMigrations(ownerUrl, appUrl, { only: manifest.migrations });
  let first = { firstNumber: 0, firstPlace: 0 };
  await writeSnapshot(
    ownerUrl,
    { ...manifest, open: ({ name }) => createReadStream(join(folder, tablePath(name))) },
    async (tx) => {
      first = await skipLost(tx, {
        cause: 'restored',
        source: `sha256:${digest}`,
        lost: options.nothingLost ? null : 0,
        beyond: await findBeginning(options.dataDir),
        earlier: options.earlier,
      });
      await writeBeginning(options.dataDir, first);
    },
  );
  // Of a backup of an older program: the rest of the schema, and the rights of the application in any case.
  await runMigrations(ownerUrl, appUrl);
  return {
    digest,
    takenAt: manifest.takenAt,
    files: sums.size,
    rows: manifest.tables.reduce((sum, { rows }) => sum + rows, 0),
    ...first,
  };
}

/** Of the data folder: nothing is there but what this backup brings, and the keys are this registry's. */
async function checkTarget(
  { manifest, sums }: CheckedBackup,
  { dataDir, trial }: RestoreOptions,
): Promise<void> {
  for (const file of await filesBelow(publishedRoot(dataDir))) {
    if (file.endsWith('.part')) continue;
    const expected = sums.get(`published/root/${file}`);
    if (expected === undefined || expected !== (await findDigest(join(publishedRoot(dataDir), file))))
      throw new BackupError(
        'target-in-use',
        `数据文件夹里已有别的已发布文件：${join(publishedRoot(dataDir), file)}，什么都没有写。请用 MANDATE_DATA_DIR 给一个空的数据文件夹；` +
          `已发布的文件比备份新时，先看 docs/operations/lost-database.md。`,
      );
  }
  const keys = join(dataDir, 'keys');
  for (const [path, digest] of sums) {
    if (!path.startsWith('keys/')) continue;
    const found = await findDigest(join(dataDir, path));
    if (found !== undefined && found !== digest)
      throw new BackupError(
        'wrong-keys',
        `${join(dataDir, path)} 与备份里的不同，什么都没有写。请查明哪一个是对的。`,
      );
  }
  if (trial === true) return;
  const there = await publicKeyDigests(keys);
  for (const [name, digest] of Object.entries(manifest.keys)) {
    const path = join(keys, `${name}.pem`);
    // Object.entries widens the names of a record.
    const found = there[name as keyof typeof there];
    if (found === undefined && !sums.has(`keys/${name}.pem`))
      throw new BackupError(
        'keys-missing',
        `缺少密钥文件 ${path}：这份备份不含密钥。请先从另外保管的地方把 keys 文件夹放回 ${dataDir}，再恢复；没有它登记簿不能继续。`,
      );
    if (found !== undefined && found !== digest)
      throw new BackupError(
        'wrong-keys',
        `${path} 不是这个登记簿的密钥，什么都没有写。请放回原来的密钥文件。`,
      );
  }
}

async function copyFiles(folder: string, { sums }: CheckedBackup, options: RestoreOptions): Promise<void> {
  const { dataDir } = options;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const written: string[] = [];
  for (const [path, digest] of sums) {
    if (path.startsWith('database/')) continue;
    const to = join(dataDir, path);
    written.push(path);
    if ((await findDigest(to)) === digest) continue;
    // What is published is served by any web server; keys are read by nobody else.
    const modes = path.startsWith('keys/') ? {} : { mode: 0o644, folderMode: 0o755 };
    if ((await writeDurably(to, createReadStream(join(folder, path)), modes)) !== digest)
      throw new BackupError(
        'damaged-backup',
        `备份里的 ${path} 读到的内容变了：这块盘不可靠。请换一份备份。`,
      );
  }
  await syncFolders(dataDir, written);
}
