import { Injectable } from '@nestjs/common';
import { chinaDay } from '@mandate/certificate';
import type { EntityManager } from 'typeorm';
import { type Account, requireOrgan, requireRole } from '../auth/access.ts';
import { DraftQuestionsService } from '../drafts/draft-questions.service.ts';
import { ListsService } from '../lists/lists.service.ts';
import { chooseEdition } from './edition-choice.ts';
import { ImportDraftsService, type PlannedImport } from './import-drafts.service.ts';
import type { ImportOptions, ImportOutcome } from './import-options.ts';
import type { ListReport } from './import-report.ts';
import { ImportError } from './imports.errors.ts';
import { ImportsRepository } from './imports.repository.ts';
import type { ListFiles } from './list-files.ts';
import { ListPlansService } from './list-plans.service.ts';
import { fileReport } from './report-of-plan.ts';

/** All files of one list → what they mean for it, and its draft. */
@Injectable()
export class ListImportService {
  constructor(
    private readonly lists: ListsService,
    private readonly plans: ListPlansService,
    private readonly drafts: ImportDraftsService,
    private readonly repository: ImportsRepository,
    private readonly questions: DraftQuestionsService,
  ) {}

  /** @param author absent for a dry run that only compares @throws ImportError, DraftError, AuthError */
  async write(
    tx: EntityManager,
    author: Account | undefined,
    list: ListFiles,
    options: ImportOptions,
  ): Promise<ImportOutcome> {
    if (author !== undefined) {
      requireRole(author, 'editor');
      requireOrgan(author, list.key);
    }
    // From here on no other import reads or writes: matches stay true until this one commits.
    await this.lists.lockForChange(tx);
    const effectiveDate = options.effectiveDate ?? chinaDay(new Date());
    const plan = await this.plans.plan(tx, list, { effectiveDate, reason: options.reason });
    // What several new ones may be is nobody's to cancel before a person has said which.
    const gone = plan.missing.filter(({ key }) => !plan.pairs.offered.has(key));
    const cancels = options.cancelMissing === true ? await plan.cancel(gone) : [];
    const staying = await this.questions.stillStaying(tx, list.key);
    const open = plan.missing.filter(({ key }) => !staying.has(key));
    const planned = { staying, list, options: { ...options, effectiveDate }, plan, cancels };
    const outcome = await this.report(tx, planned);
    if (outcome.files.some(({ cellErrors }) => cellErrors !== undefined)) return outcome;
    await this.repository.save(tx, plan.unchanged);
    // Where all that is new is that something is gone, that is what has to be decided.
    const says = plan.counts.new + plan.counts.changed + cancels.length + open.length;
    if (says === 0 || author === undefined) return outcome;
    const draft = await this.drafts.create(tx, author, { ...planned, outcome });
    return { report: { ...outcome.report, draft }, files: outcome.files };
  }

  private async report(
    tx: EntityManager,
    { list, options, plan, cancels }: PlannedImport,
  ): Promise<ImportOutcome> {
    const files = list.files.map((file) => fileReport(list, file, plan));
    const edition = chooseEdition(
      { name: list.name, negative: list.register === 'negative-list-item' },
      {
        titles: list.files.flatMap(({ source }) => source.titles),
        files: list.files.map(({ source }) => source.file),
      },
      options,
      await this.editionNumbers(tx, list.key, options.edition),
    );
    const report: ListReport = {
      list: list.key,
      name: list.name,
      files: files.map(({ file }) => file),
      edition,
      effectiveDate: options.effectiveDate,
      changes: plan.counts,
      doubtful: plan.doubtful,
      missing: plan.missing,
      asked: plan.pairs.asked,
      cancelled: cancels.length,
      findings: await this.plans.findings(tx, list, plan),
    };
    return { report, files };
  }

  private async editionNumbers(
    tx: EntityManager,
    list: string,
    given: string | undefined,
  ): Promise<ReadonlySet<string>> {
    const records = await this.lists.records(tx, 'edition', { organ: list });
    const numbers = new Set(records.map(({ entry }) => entry.key.slice(list.length + 1)));
    if (given !== undefined && numbers.has(given))
      throw new ImportError('edition-taken', `这份清单已有编号为 ${given} 的版本，请换一个编号。`);
    return numbers;
  }
}
