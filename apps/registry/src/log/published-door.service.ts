import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { equalBytes } from '@mandate/encoding';
import { checkpointPath, LOG_NAMES, type LogName } from '@mandate/published';
import { type Checkpoint, LogError, parseCheckpoint, parseNote } from '@mandate/transparency-log';
import type { EntityManager } from 'typeorm';
import { Config } from '../config/config.ts';
import { publishedRoot } from '../files/published-root.ts';
import { systemCode } from '../files/system-code.ts';
import { RegistryLogError } from './log.errors.ts';
import { LogRepository } from './log.repository.ts';

/**
 * Stands before everything that gives something away for good: a number, an identifier, a place, a signature. A database
 * restored from an old backup does not know what it has given since; the published files tell that it has.
 */
@Injectable()
export class PublishedDoorService {
  private readonly root: string;

  constructor(
    private readonly repository: LogRepository,
    config: Config,
  ) {
    this.root = publishedRoot(config.dataDir);
  }

  /** @throws RegistryLogError `behind-published` */
  async requireCurrent(tx: EntityManager): Promise<void> {
    for (const log of LOG_NAMES) await this.requireContinues(tx, log);
  }

  /** @throws RegistryLogError `behind-published` where this log was published further, or otherwise, than the database has it */
  async requireContinues(tx: EntityManager, log: LogName): Promise<void> {
    // The file before the database: what is published meanwhile is in the database by then.
    const published = await this.findPublished(log);
    if (published === undefined || published.size === 0) return;
    const identity = await this.repository.findLog(tx, log);
    // Of another log, or signed by nobody: publishing says so, and until somebody has looked nothing is published.
    if (identity !== undefined && identity.origin !== published.origin) return;
    const root = await this.repository.findRoot(tx, log, published.size);
    if (root !== undefined && equalBytes(root, published.root)) return;
    throw new RegistryLogError(
      'behind-published',
      `已发布的日志 ${published.origin} 有 ${published.size} 条，数据库里没有这个状态：数据库可能恢复自旧备份，或不是这个登记簿的。` +
        `为免编号、标识和状态位用两次，已停止写入，什么都没有写。` +
        `请恢复完整的数据库，或按 docs/operations/lost-database.md 运行 npx mandate recover。`,
    );
  }

  private async findPublished(log: LogName): Promise<Checkpoint | undefined> {
    try {
      return parseCheckpoint(parseNote(await readFile(join(this.root, checkpointPath(log)))).text);
    } catch (error) {
      // None yet; or a damaged one, which publishing refuses to write over.
      if (error instanceof LogError || ['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? ''))
        return undefined;
      throw error;
    }
  }
}
