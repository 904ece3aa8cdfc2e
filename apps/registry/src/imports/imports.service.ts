import { Injectable } from '@nestjs/common';
import type { SourceFile } from '@mandate/list-files';
import { DataSource } from 'typeorm';
import type { Account } from '../auth/access.ts';
import { inTransaction, inUndoneTransaction } from '../database/transaction.ts';
import type { ImportOptions, ImportOutcome } from './import-options.ts';
import type { ListFiles } from './list-files.ts';
import { ListImportService } from './list-import.service.ts';
import { ListOwnersService, type OwnerOptions } from './list-owners.service.ts';

/** Files → drafts of editions, one for each list, which a person reviews. Nothing here writes into the lists. */
@Injectable()
export class ImportsService {
  constructor(
    private readonly source: DataSource,
    private readonly owners: ListOwnersService,
    private readonly imports: ListImportService,
  ) {}

  /** Whose list a file is. @throws ListFileError `no-organ` | `unknown-organ` | `no-negative-list` */
  async ownerOf(file: SourceFile, options: OwnerOptions): Promise<ListFiles> {
    return this.owners.of(this.source.manager, file, options);
  }

  /**
   * All files of one list → one draft, or nothing at all. Where they say nothing new no draft is made.
   * @param author absent for a dry run that only compares
   * @throws ImportError, DraftError, AuthError
   */
  async importList(
    author: Account | undefined,
    list: ListFiles,
    options: ImportOptions,
  ): Promise<ImportOutcome> {
    if (options.dryRun !== true)
      return inTransaction(this.source, (tx) => this.imports.write(tx, author, list, options));
    // Everything is done as it would be, and taken back: what a dry run reports is what an import does.
    const { report, files } = await inUndoneTransaction(this.source, (tx) =>
      this.imports.write(tx, author, list, options),
    );
    const { draft: _draft, ...rest } = report;
    return { report: rest, files };
  }
}
