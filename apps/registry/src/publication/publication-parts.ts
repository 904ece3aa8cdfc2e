import { Injectable } from '@nestjs/common';
import { LogFilesService } from './log-files.service.ts';
import { RecordFilesService } from './record-files.service.ts';
import { SignedFilesService } from './signed-files.service.ts';

/** The writers of the data files, one for each kind. */
@Injectable()
export class PublicationParts {
  constructor(
    readonly logFiles: LogFilesService,
    readonly records: RecordFilesService,
    readonly signed: SignedFilesService,
  ) {}
}
