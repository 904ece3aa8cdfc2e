import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { LogService } from '../log/log.service.ts';
import { LogFilesService } from './log-files.service.ts';
import type { PublishedFolder } from './published-folder.ts';
import { RecordFilesService } from './record-files.service.ts';
import { RECORDS_FORMAT } from './records.ts';
import { publishedRecordsSize, RegistryFileService } from './registry-file.service.ts';
import { SignedFilesService } from './signed-files.service.ts';

/** The data files, one writer for each kind, in their order. */
@Injectable()
export class DataFilesService {
  constructor(
    private readonly logs: LogService,
    private readonly logFiles: LogFilesService,
    private readonly records: RecordFilesService,
    private readonly signed: SignedFilesService,
    private readonly registry: RegistryFileService,
  ) {}

  /** One snapshot of the database → every data file, in the order in which readers may rely on them. */
  async write(
    tx: EntityManager,
    folder: PublishedFolder,
    { repair }: { repair: boolean },
  ): Promise<{ lists: number; certificates: number }> {
    const { size } = await this.logs.latestCheckpoint('lists', tx);
    const published = await publishedRecordsSize(folder);
    // A size beyond the log's can only be damage: everything is written anew.
    const complete = repair || published > size ? 0 : published;
    // An entry without its blob would be listed and say nothing, so blobs come before the tree.
    await this.records.publishBlobs(tx, folder, { from: complete, to: size, repair });
    const lists = await this.logFiles.publish(tx, 'lists', folder, { repair });
    const certificates = await this.logFiles.publish(tx, 'certificates', folder, { repair });
    const upToDate = (await folder.findFormat()) === RECORDS_FORMAT ? complete : 0;
    if (upToDate !== size || size === 0 || repair) {
      await this.records.publishRecords(tx, folder, upToDate, size);
      await folder.sync();
      await folder.setFormat(RECORDS_FORMAT);
    }
    await this.signed.publishSigned(tx, folder, new Date());
    await folder.sync();
    const about = await this.records.describe(tx, size);
    await this.registry.publish(folder, { logs: { lists, certificates }, ...about });
    await folder.sync();
    return { lists: lists.size, certificates: certificates.size };
  }
}
