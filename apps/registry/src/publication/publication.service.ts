import { Injectable } from '@nestjs/common';
import { LOG_NAMES } from '@mandate/published';
import { DataSource } from 'typeorm';
import { inSnapshot } from '../database/transaction.ts';
import { Config } from '../config/config.ts';
import { LogService } from '../log/log.service.ts';
import { DataFilesService } from './data-files.service.ts';
import { PublishedFolder } from './published-folder.ts';
import { withPublishedLock } from './published-lock.ts';
import { publishedPaths } from './published-paths.ts';

export interface DataPublication {
  /** number of entries of each log that are now published */
  readonly lists: number;
  readonly certificates: number;
  /** files that changed */
  readonly written: number;
}

/** Database → published files. Everything that is published follows from the database and the keys. */
@Injectable()
export class PublicationService {
  /** a run that has not begun yet: whoever asks meanwhile is served by it too */
  private next: Promise<DataPublication> | undefined;
  private running: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly source: DataSource,
    private readonly logs: LogService,
    private readonly files: DataFilesService,
    private readonly config: Config,
  ) {}

  /**
   * Sequences both logs and brings the data files up to date. Safe from any number of processes; after a crash at any
   * moment the old checkpoint and all it promises are served, and the next call completes the rest.
   * @throws PublicationError `rollback` | `fork` | `foreign-checkpoint` | `invalid-entry`
   */
  publishData(): Promise<DataPublication> {
    this.next ??= this.queue({ repair: false });
    return this.next;
  }

  /** The same, comparing every file with the database, also those that were published long ago. */
  repairData(): Promise<DataPublication> {
    return this.queue({ repair: true });
  }

  private queue(options: { repair: boolean }): Promise<DataPublication> {
    const run = this.running.then(() => {
      if (!options.repair) this.next = undefined;
      return this.run(options);
    });
    this.running = run.catch(() => undefined);
    return run;
  }

  private async run(options: { repair: boolean }): Promise<DataPublication> {
    for (const log of LOG_NAMES) await this.logs.sequence(log, { recount: options.repair });
    const paths = publishedPaths(this.config.dataDir);
    return withPublishedLock(paths.dataLock, async () => {
      const folder = await PublishedFolder.open(paths);
      // One snapshot, taken under the lock: what an earlier holder published is in it.
      const sizes = await inSnapshot(this.source, (tx) => this.files.write(tx, folder, options));
      return { ...sizes, written: folder.written };
    });
  }
}
