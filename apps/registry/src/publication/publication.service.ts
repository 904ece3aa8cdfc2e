import { Injectable } from '@nestjs/common';
import { LOG_NAMES } from '@mandate/published';
import { DataSource, type EntityManager } from 'typeorm';
import { Config } from '../config/config.ts';
import { LogService } from '../log/log.service.ts';
import { PublicationParts } from './publication-parts.ts';
import { PublishedFolder } from './published-folder.ts';
import { withPublishedLock } from './published-lock.ts';
import { publishedPaths } from './published-paths.ts';
import { RECORDS_FORMAT } from './records.ts';
import { publishedRecordsSize } from './signed-files.service.ts';

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
    private readonly parts: PublicationParts,
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
      const sizes = await this.source.transaction('REPEATABLE READ', (tx) => this.write(tx, folder, options));
      return { ...sizes, written: folder.written };
    });
  }

  private async write(
    tx: EntityManager,
    folder: PublishedFolder,
    { repair }: { repair: boolean },
  ): Promise<{ lists: number; certificates: number }> {
    const { logFiles, records, signed } = this.parts;
    const { size } = await this.logs.latestCheckpoint('lists', tx);
    const published = await publishedRecordsSize(folder);
    // A size beyond the log's can only be damage: everything is written anew.
    const complete = repair || published > size ? 0 : published;
    // An entry without its blob would be listed and say nothing, so blobs come before the tree.
    await records.publishBlobs(tx, folder, { from: complete, to: size, repair });
    const lists = await logFiles.publish(tx, 'lists', folder, { repair });
    const certificates = await logFiles.publish(tx, 'certificates', folder, { repair });
    const upToDate = (await folder.findFormat()) === RECORDS_FORMAT ? complete : 0;
    if (upToDate !== size || size === 0 || repair) {
      await records.publishRecords(tx, folder, upToDate, size);
      await folder.sync();
      await folder.setFormat(RECORDS_FORMAT);
    }
    await signed.publishSigned(tx, folder, new Date());
    await folder.sync();
    const about = await records.describe(tx, size);
    await signed.publishRegistry(folder, { logs: { lists, certificates }, ...about });
    await folder.sync();
    return { lists: lists.size, certificates: certificates.size };
  }
}
