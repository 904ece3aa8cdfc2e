import type { Json } from '@mandate/encoding';
import { Injectable } from '@nestjs/common';
import type { RememberedReading, SourceFile } from '@mandate/list-files';
import type { Organ } from '@mandate/lists';
import { DataSource, type EntityManager } from 'typeorm';
import type { Account } from '../auth/access.ts';
import { inTransaction, inUndoneTransaction } from '../database/transaction.ts';
import type { ImportOptions, ImportOutcome } from './import-options.ts';
import { ImportMappingsService } from './import-mappings.service.ts';
import { ImportRegionsService } from './import-regions.service.ts';
import type { RegionsReport } from './import-report.ts';
import { LedgerService } from '../ledger/ledger.service.ts';
import type { ListFiles, OwnedFile } from './list-files.ts';
import { ListImportService } from './list-import.service.ts';
import { ListOwnersService, type OwnerOptions } from './list-owners.service.ts';

/** Files → drafts of editions, one for each list, which a person reviews. Nothing here writes into the lists. */
@Injectable()
export class ImportsService {
  constructor(
    private readonly source: DataSource,
    private readonly owners: ListOwnersService,
    private readonly imports: ListImportService,
    private readonly ledger: LedgerService,
    private readonly mappings: ImportMappingsService,
    private readonly regions: ImportRegionsService,
  ) {}

  /** What was said before of the columns of files, for one whose columns nobody speaks of. */
  async rememberedReadings(author: Account | undefined): Promise<readonly RememberedReading[]> {
    return this.mappings.remembered(author);
  }

  /** The lists that a file is of. @throws ListFileError `no-organ` | `unknown-organ` | `no-negative-list` */
  async ownersOf(file: SourceFile, options: OwnerOptions): Promise<OwnedFile> {
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
      return inTransaction(this.source, async (tx) => {
        const outcome = await this.imports.write(tx, author, list, options);
        if (author !== undefined) await this.record(tx, author, list, outcome);
        return outcome;
      });
    // Everything is done as it would be, and taken back: what a dry run reports is what an import does.
    const { report, files } = await inUndoneTransaction(this.source, (tx) =>
      this.imports.write(tx, author, list, options),
    );
    const { draft: _draft, ...rest } = report;
    const outcome = { report: rest, files };
    if (author !== undefined)
      await inTransaction(this.source, (tx) => this.record(tx, author, list, outcome));
    return outcome;
  }

  /** The regions of organs that are to be founded, where nobody has registered them. */
  async placeOrgans(
    author: Account | undefined,
    founded: readonly Organ[],
    options: ImportOptions,
  ): Promise<RegionsReport | undefined> {
    return inTransaction(this.source, (tx) => this.regions.propose(tx, author, founded, options));
  }

  /** Files that became nothing: that somebody tried stands in the ledger, by the code of why not. */
  async recordRefusal(author: Account, error: unknown): Promise<void> {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'internal';
    await inTransaction(this.source, (tx) =>
      this.ledger.record(tx, {
        account: author.id,
        action: 'import.refused',
        subject: author.organ ?? 'registry',
        detail: { code },
      }),
    );
  }

  private async record(
    tx: EntityManager,
    author: Account,
    list: ListFiles,
    { report, files }: ImportOutcome,
  ): Promise<void> {
    const errors = files.reduce((sum, { cellErrors }) => sum + (cellErrors?.length ?? 0), 0);
    const detail: Record<string, Json> = { files: files.length, ...report.changes };
    await this.ledger.record(tx, {
      account: author.id,
      action:
        errors > 0 ? 'import.refused' : report.draft === undefined ? 'import.compared' : 'import.accepted',
      subject: list.key,
      detail: {
        ...detail,
        ...(errors > 0 && { cellErrors: errors }),
        ...(report.draft !== undefined && { draft: report.draft.id }),
      },
    });
  }
}
