import { createReadStream } from 'node:fs';
import { chmod, mkdir, rm, stat } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Config } from '../config/config.ts';
import { type Snapshot, withSnapshot } from '../database/read-snapshot.ts';
import { inTransaction } from '../database/transaction.ts';
import { type ProcessLock, tryLock } from '../files/process-lock.ts';
import { publicKeyDigests } from '../keys/public-keys.ts';
import { LedgerService } from '../ledger/ledger.service.ts';
import { LogService } from '../log/log.service.ts';
import { pinFiles } from '../publication/file-tree.ts';
import { withPublishedLock } from '../publication/published-lock.ts';
import { publishedPaths } from '../publication/published-paths.ts';
import { BackupError } from './backup.errors.ts';
import { checkBackup } from './check-backup.ts';
import { CONTINUATION } from './continuation-file.ts';
import { filesBelow, findDigest, foreignBelow, isThere, syncFolders, writeDurably } from './durable-files.ts';
import { LineCount } from './line-count.ts';
import { encodeSums, type Manifest, MANIFEST, SUMS, tablePath, UNFINISHED } from './manifest.ts';

export interface TakenBackup {
  readonly folder: string;
  /** SHA-256 of the manifest: kept apart, it tells a backup that somebody has altered */
  readonly digest: string;
  readonly files: number;
  readonly rows: number;
  readonly withKeys: boolean;
}

interface BackupOptions {
  readonly withKeys: boolean;
  readonly say?: (line: string) => void;
}

/**
 * Everything the registry needs to begin again elsewhere, while it goes on. The order is what makes it whole: published
 * files first, then one snapshot of the database, then the keys. What is published follows from the database, so files may
 * be older than the database they stand beside, never newer; and a key file is there before any list names it.
 */
@Injectable()
export class BackupService {
  constructor(
    private readonly source: DataSource,
    private readonly logs: LogService,
    private readonly ledger: LedgerService,
    private readonly config: Config,
  ) {}

  /** @throws BackupError, and LogBehindError where the database itself is behind what was published */
  async take(target: string, { withKeys, say = () => undefined }: BackupOptions): Promise<TakenBackup> {
    const folder = resolve(target);
    // A backup of the wrong database, taken over the right one, would be the second loss.
    await this.logs.requireCurrent(this.source.manager);
    const running = await this.begin(folder);
    try {
      const sums = new Map<string, string>();
      say('复制已发布的文件（published files）');
      await this.copyPublished(folder, sums);
      say('取数据库的一个快照（database）');
      const database = await this.copyDatabase(folder, sums);
      if (withKeys) await this.copyKeys(folder, sums);
      say('逐个重读核对（reading back）');
      const digest = await this.finish(folder, sums, { ...database, withKeys });
      const rows = database.tables.reduce((sum, table) => sum + table.rows, 0);
      await this.record(digest, withKeys);
      return { folder, digest, files: sums.size, rows, withKeys };
    } finally {
      await rm(this.pin, { recursive: true, force: true });
      running.release();
    }
  }

  private get pin(): string {
    return publishedPaths(this.config.dataDir).backup;
  }

  private async begin(folder: string): Promise<ProcessLock> {
    const inside = `${folder}${sep}`.startsWith(`${resolve(this.config.dataDir)}${sep}`);
    if (inside)
      throw new BackupError(
        'inside-data-folder',
        `备份不能放在数据文件夹里：${folder}\n请另选一处，最好是另一块盘。`,
      );
    const there = await filesBelow(folder);
    if (there.includes(MANIFEST))
      throw new BackupError(
        'folder-in-use',
        `这里已有一份完整的备份：${folder}\n请另选一个文件夹，每次备份一个。`,
      );
    // Written through, what is copied would lie where somebody else wants it.
    const [foreign] = await foreignBelow(folder);
    if (foreign !== undefined)
      throw new BackupError(
        'folder-in-use',
        `${join(folder, foreign)} 是链接、管道或设备，不是备份写下的。请另选一个空的文件夹。`,
      );
    if (there.length > 0 && !there.includes(UNFINISHED))
      throw new BackupError('folder-in-use', `文件夹不是空的：${folder}\n请给一个空的或还没有的文件夹。`);
    await mkdir(join(this.config.dataDir, 'published'), { recursive: true });
    const lock = tryLock(join(this.config.dataDir, 'published', 'backup.lock'), 'exclusive');
    if (lock === undefined) throw new BackupError('backup-running', '另一次备份正在进行。请等它结束再试。');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    // Made by hand it is mostly open to others; a volume of somebody else's stays as its owner has it.
    if ((await stat(folder)).uid === process.getuid?.()) await chmod(folder, 0o700);
    await writeDurably(
      join(folder, UNFINISHED),
      '这份备份没有完成，不能用来恢复。\nThis backup is not complete.\n',
    );
    return lock;
  }

  /** A moment of the lock for second names of the files, which are replaced and never changed; then all the time it takes. */
  private async copyPublished(folder: string, sums: Map<string, string>): Promise<void> {
    const { root, dataLock } = publishedPaths(this.config.dataDir);
    await withPublishedLock(dataLock, async () => {
      await rm(this.pin, { recursive: true, force: true });
      await pinFiles(root, this.pin);
    });
    const noted = join(this.config.dataDir, 'published', CONTINUATION);
    if (await isThere(noted)) await this.copy(noted, folder, `published/${CONTINUATION}`, sums);
    for (const file of await filesBelow(this.pin))
      await this.copy(join(this.pin, file), folder, `published/root/${file}`, sums);
  }

  private async copyDatabase(
    folder: string,
    sums: Map<string, string>,
  ): Promise<Pick<Manifest, 'migrations' | 'tables' | 'sequences'>> {
    const { databaseUrl } = this.config;
    if (databaseUrl === undefined) throw new Error('no database');
    return withSnapshot(databaseUrl, async (snapshot) => {
      const tables: Manifest['tables'] = [];
      for (const table of snapshot.tables) tables.push(await this.copyTable(snapshot, table, folder, sums));
      return { migrations: [...snapshot.migrations], tables, sequences: [...(await snapshot.sequences())] };
    });
  }

  private async copyTable(
    snapshot: Snapshot,
    table: Snapshot['tables'][number],
    folder: string,
    sums: Map<string, string>,
  ): Promise<Manifest['tables'][number]> {
    const path = tablePath(table.name);
    const lines = new LineCount();
    sums.set(path, await writeDurably(join(folder, path), snapshot.rows(table), { through: lines }));
    return { name: table.name, columns: [...table.columns], rows: lines.count };
  }

  private async copyKeys(folder: string, sums: Map<string, string>): Promise<void> {
    const keys = join(this.config.dataDir, 'keys');
    for (const file of await filesBelow(keys))
      // Half written by somebody who is making a key just now.
      if (!file.endsWith('.new')) await this.copy(join(keys, file), folder, `keys/${file}`, sums);
  }

  /** One that an earlier try has copied and that is the same is left. */
  private async copy(from: string, folder: string, path: string, sums: Map<string, string>): Promise<void> {
    const to = join(folder, path);
    const digest = (await isThere(to)) ? await findDigest(from) : undefined;
    if (digest !== undefined && digest === (await findDigest(to))) sums.set(path, digest);
    else sums.set(path, await writeDurably(to, createReadStream(from)));
  }

  /** @returns SHA-256 of the manifest */
  private async finish(
    folder: string,
    sums: ReadonlyMap<string, string>,
    content: Pick<Manifest, 'migrations' | 'tables' | 'sequences' | 'withKeys'>,
  ): Promise<string> {
    // What an earlier try copied and is not in this one.
    for (const file of await filesBelow(folder))
      if (!sums.has(file) && file !== UNFINISHED) await rm(join(folder, file), { force: true });
    const manifest: Manifest = {
      format: 'mandate-backup/1',
      takenAt: new Date().toISOString(),
      ...content,
      keys: await publicKeyDigests(join(this.config.dataDir, 'keys')),
      sums: await writeDurably(join(folder, SUMS), encodeSums(sums)),
    };
    await syncFolders(folder, sums.keys());
    await checkBackup(folder, { ...manifest });
    const digest = await writeDurably(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 1)}\n`);
    await syncFolders(folder, []);
    await rm(join(folder, UNFINISHED), { force: true });
    return digest;
  }

  private async record(digest: string, withKeys: boolean): Promise<void> {
    await inTransaction(this.source, (tx) =>
      this.ledger.record(tx, {
        account: null,
        action: 'registry.backed-up',
        subject: `sha256:${digest}`,
        detail: { withKeys },
      }),
    );
  }
}
