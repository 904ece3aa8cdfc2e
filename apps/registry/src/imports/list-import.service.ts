import { Injectable } from '@nestjs/common';
import { chinaDay } from '@mandate/certificate';
import type { EntityManager } from 'typeorm';
import { type Account, requireOrgan, requireRole } from '../auth/access.ts';
import { DraftQuestionsService } from '../drafts/draft-questions.service.ts';
import { withoutBlanks } from '@mandate/lists';
import { ItemsService } from '../lists/items.service.ts';
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
import type { ListPlan } from './list-plan.ts';
import { explainMostlyChanged, isMostlyChanged, type MostlyChanged } from './mostly-changed.ts';
import { OrgansService } from '../organs/organs.service.ts';
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
    private readonly items: ItemsService,
    private readonly organs: OrgansService,
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
    requireItems(list);
    // From here on no other import reads or writes: matches stay true until this one commits.
    await this.lists.lockForChange(tx);
    const dates = await this.datesOf(tx, list, options);
    const plan = await this.plans.plan(tx, list, {
      ...dates,
      reason: options.reason,
      reclassify: options.reclassify,
    });
    const faulty = list.files.some(
      ({ source }) => source.cellErrors.length > 0 || plan.cellErrors.has(source),
    );
    const mostlyChanged = faulty ? undefined : await this.mostlyChanged(tx, list, plan);
    if (mostlyChanged !== undefined && options.mostlyChanged === undefined && options.dryRun !== true)
      throw new ImportError(
        'mostly-changed',
        `${mostlyChanged.message}没有建立草稿。确实如此的，请用 --mostly-changed 写明缘由，审核人会看到。`,
        { extension: { mostlyChanged: { ...mostlyChanged, reason: null } } },
      );
    // What several new ones may be is nobody's to cancel before a person has said which.
    const gone = plan.missing.filter(({ key }) => !plan.pairs.offered.has(key));
    const cancels = options.cancelMissing === true ? await plan.cancel(gone) : [];
    const staying = await this.questions.stillStaying(tx, list.key);
    const undecided = plan.missing.filter(({ key }) => !staying.has(key));
    const planned = { staying, list, options: { ...options, ...dates }, plan, cancels };
    const outcome = await this.report(tx, planned, mostlyChanged);
    if (faulty) return { ...outcome, report: { ...outcome.report, refused: true } };
    await this.repository.save(tx, plan.unchanged);
    if (author !== undefined) await this.mappings.save(tx, author, list, options.reading ?? {});
    // Where all that is new is that something is gone, that is what has to be decided.
    const says = plan.counts.new + plan.counts.changed + cancels.length + undecided.length;
    if (says === 0 || author === undefined) return outcome;
    const open = options.dryRun === true ? await this.drafts.findOpen(tx, author, list) : undefined;
    const draft = await this.drafts.create(tx, author, { ...planned, outcome });
    const openDraft = open && { id: open.id, title: open.title, state: open.state };
    return { report: { ...outcome.report, draft, ...(openDraft && { openDraft }) }, files: outcome.files };
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
    // What is to hold some day was not in force before it came here.
    const isToCome = options.effectiveDate !== undefined && options.effectiveDate > today;
    const recorded =
      options.newItems === undefined ? !isToCome && (await isEmpty()) : options.newItems === 'recorded';
    const source = sourceOf(list);
    const said = { ...source, document: options.document };
    const found = () => findListDate(said, { year: statedYear(source), today });
    const own = options.listDate ?? options.editionDate ?? found();
    const effectiveDate = options.effectiveDate ?? (recorded ? own : undefined) ?? today;
    // Nobody said when: the day on which somebody imports it is none that an edition was published.
    const undated = options.effectiveDate === undefined;
    return {
      effectiveDate,
      date: options.editionDate ?? own ?? (undated ? undefined : effectiveDate),
      recorded,
    };
  }

  private async report(
    tx: EntityManager,
    { list, options, plan, cancels }: PlannedImport,
    mostlyChanged: MostlyChanged | undefined,
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
      ...(mostlyChanged && { mostlyChanged: { ...mostlyChanged, reason: options.mostlyChanged } }),
      findings: await this.plans.findings(tx, list, plan),
    };
    return { report, files };
  }

  /** Whether the edition has little in common with the list as it stands: hardly ever what somebody means. */
  private async mostlyChanged(
    tx: EntityManager,
    { key, name }: ListFiles,
    { counts, listed, missing, items }: ListPlan,
  ): Promise<MostlyChanged | undefined> {
    const all = { found: counts.new + counts.changed + counts.unchanged, new: counts.new };
    const numbers = { ...all, listed: listed.length, missing: missing.length };
    if (!isMostlyChanged(numbers)) return undefined;
    const fresh = items.filter((one) => one.key === undefined).map(({ item }) => item);
    const byKey = new Map(listed.map((one) => [one.key, one]));
    return explainMostlyChanged(numbers, {
      list: name,
      found: items.map(({ item }) => item),
      fresh,
      listed,
      missing: missing.flatMap((one) => byKey.get(one.key) ?? []),
      other: fresh.length === 0 ? undefined : await this.otherOrgan(tx, key, fresh),
    });
  }

  /** The organ on whose list most of these names are. */
  private async otherOrgan(
    tx: EntityManager,
    own: string,
    fresh: readonly { readonly name: string }[],
  ): Promise<{ name: string; count: number } | undefined> {
    const names = new Set(fresh.map(({ name }) => withoutBlanks(name)));
    const counts = new Map<string, number>();
    for (const { organ, name, state } of await this.items.heads({}, tx))
      if (organ !== own && state !== 'cancelled' && names.has(withoutBlanks(name)))
        counts.set(organ, (counts.get(organ) ?? 0) + 1);
    const [most] = [...counts].sort(([, a], [, b]) => b - a);
    if (most === undefined) return undefined;
    return { name: (await this.organs.find(tx, most[0]))?.name ?? most[0], count: most[1] };
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

/** A header with nothing under it would leave the whole list missing. @throws ImportError `empty-list` */
function requireItems({ name, files }: ListFiles): void {
  for (const { source } of files) {
    const unread = 'unread' in source ? source.unread.length : 0;
    if (source.items.length > 0 || unread > 0 || source.cellErrors.length > 0) continue;
    throw new ImportError(
      'empty-list',
      `清单是空的：“${source.file}”有“${name}”的表头，没有一个事项。请核对是不是选错了文件，或者表还没有填；要取消全部事项，请另起草稿逐项取消。`,
    );
  }
}
