import { Injectable } from '@nestjs/common';
import { chinaDay } from '@mandate/certificate';
import type { EntityManager } from 'typeorm';
import { type Account, requireOrgan, requireRole } from '../auth/access.ts';
import { DraftQuestionsService } from '../drafts/draft-questions.service.ts';
import { ListsService } from '../lists/lists.service.ts';
import { StandingService } from '../lists/standing.service.ts';
import { chooseEdition, statedYear } from './edition-choice.ts';
import { ImportDraftsService, type ListDates, type PlannedImport } from './import-drafts.service.ts';
import type { ImportOptions, ImportOutcome } from './import-options.ts';
import type { ListReport } from './import-report.ts';
import { ImportMappingsService } from './import-mappings.service.ts';
import { ImportError } from './imports.errors.ts';
import { ImportsRepository } from './imports.repository.ts';
import { findListDate } from './list-date.ts';
import type { ListFiles } from './list-files.ts';
import { ListPlansService } from './list-plans.service.ts';
import { fileReport } from './report-of-plan.ts';

/** What the files say beside their items. */
function sourceOf({ files }: ListFiles): { readonly titles: string[]; readonly files: string[] } {
  return {
    titles: files.flatMap(({ source }) => source.titles),
    files: files.map(({ source }) => source.file),
  };
}

/** All files of one list → what they mean for it, and its draft. */
@Injectable()
export class ListImportService {
  constructor(
    private readonly lists: ListsService,
    private readonly standing: StandingService,
    private readonly plans: ListPlansService,
    private readonly drafts: ImportDraftsService,
    private readonly repository: ImportsRepository,
    private readonly mappings: ImportMappingsService,
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
    const dates = await this.datesOf(tx, list, options);
    const plan = await this.plans.plan(tx, list, {
      ...dates,
      reason: options.reason,
      reclassify: options.reclassify,
    });
    // What several new ones may be is nobody's to cancel before a person has said which.
    const gone = plan.missing.filter(({ key }) => !plan.pairs.offered.has(key));
    const cancels = options.cancelMissing === true ? await plan.cancel(gone) : [];
    const staying = await this.questions.stillStaying(tx, list.key);
    const open = plan.missing.filter(({ key }) => !staying.has(key));
    const planned = { staying, list, options: { ...options, ...dates }, plan, cancels };
    const outcome = await this.report(tx, planned);
    if (outcome.files.some(({ cellErrors }) => cellErrors !== undefined)) return outcome;
    await this.repository.save(tx, plan.unchanged);
    if (author !== undefined) await this.mappings.save(tx, list, options.reading ?? {});
    // Where all that is new is that something is gone, that is what has to be decided.
    const says = plan.counts.new + plan.counts.changed + cancels.length + open.length;
    if (says === 0 || author === undefined) return outcome;
    const draft = await this.drafts.create(tx, author, { ...planned, outcome });
    return { report: { ...outcome.report, draft }, files: outcome.files };
  }

  /**
   * A list that holds nothing yet is first recorded, from its own day where it says one: its powers did not come into being
   * by somebody's sending them here. What is on a later file and not on the list is new, unless somebody knows better.
   */
  private async datesOf(tx: EntityManager, list: ListFiles, options: ImportOptions): Promise<ListDates> {
    const today = chinaDay(new Date());
    // Standards change what is listed; they list nothing.
    const isEmpty = async () =>
      list.register !== 'discretion' &&
      (await this.standing.ofList(tx, list.register, list.key)).length === 0;
    const recorded = options.newItems === undefined ? await isEmpty() : options.newItems === 'recorded';
    const source = sourceOf(list);
    const said = { ...source, document: options.document };
    const found = () => findListDate(said, { year: statedYear(source), today });
    const own = options.listDate ?? options.editionDate ?? (recorded ? found() : undefined);
    const effectiveDate = options.effectiveDate ?? (recorded ? own : undefined) ?? today;
    const undated = recorded && options.effectiveDate === undefined;
    return {
      effectiveDate,
      date: options.editionDate ?? own ?? (undated ? undefined : effectiveDate),
      recorded,
    };
  }

  private async report(
    tx: EntityManager,
    { list, options, plan, cancels }: PlannedImport,
  ): Promise<ImportOutcome> {
    const files = list.files.map((file) => fileReport(list, file, plan));
    const edition =
      list.register === 'discretion'
        ? undefined
        : chooseEdition(
            { name: list.name, negative: list.register === 'negative-list-item' },
            sourceOf(list),
            options,
            await this.editionNumbers(tx, list.key, options.edition),
          );
    const report: ListReport = {
      list: list.key,
      name: list.name,
      files: files.map(({ file }) => file),
      ...(edition && { edition }),
      effectiveDate: options.effectiveDate,
      newItems: options.recorded ? 'recorded' : 'added',
      changes: plan.counts,
      ...(plan.standards && { standards: plan.standards }),
      ...(plan.reclassified && { reclassified: plan.reclassified }),
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
