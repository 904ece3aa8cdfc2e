import { Injectable } from '@nestjs/common';
import { chinaDay } from '@mandate/certificate';
import type { EntityManager } from 'typeorm';
import { type Account, requireOrgan, requireRole } from '../auth/access.ts';
import { withoutBlanks } from '@mandate/lists';
import { ItemsService } from '../lists/items.service.ts';
import { ListsService } from '../lists/lists.service.ts';
import { chooseEdition } from './edition-choice.ts';
import { ImportDraftsService, type PlannedImport } from './import-drafts.service.ts';
import type { ImportOptions, ImportOutcome } from './import-options.ts';
import type { ListReport } from './import-report.ts';
import { ImportError } from './imports.errors.ts';
import { ImportsRepository } from './imports.repository.ts';
import type { ListFiles } from './list-files.ts';
import type { ListPlan } from './list-plan.ts';
import { explainMostlyChanged, isMostlyChanged, type MostlyChanged } from './mostly-changed.ts';
import { OrgansService } from '../organs/organs.service.ts';
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
    const effectiveDate = options.effectiveDate ?? chinaDay(new Date());
    const plan = await this.plans.plan(tx, list, { effectiveDate, reason: options.reason });
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
    const cancels = options.cancelMissing === true ? await plan.cancel(plan.missing) : [];
    const planned = { list, options: { ...options, effectiveDate }, plan, cancels };
    const outcome = await this.report(tx, planned, mostlyChanged);
    if (faulty) return { ...outcome, report: { ...outcome.report, refused: true } };
    await this.repository.save(tx, plan.unchanged);
    if (plan.counts.new + plan.counts.changed + cancels.length === 0 || author === undefined) return outcome;
    const open = options.dryRun === true ? await this.drafts.findOpen(tx, author, list) : undefined;
    const draft = await this.drafts.create(tx, author, { ...planned, outcome });
    const openDraft = open && { id: open.id, title: open.title, state: open.state };
    return { report: { ...outcome.report, draft, ...(openDraft && { openDraft }) }, files: outcome.files };
  }

  private async report(
    tx: EntityManager,
    { list, options, plan, cancels }: PlannedImport,
    mostlyChanged: MostlyChanged | undefined,
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
    if (source.items.length > 0 || source.unread.length > 0 || source.cellErrors.length > 0) continue;
    throw new ImportError(
      'empty-list',
      `清单是空的：“${source.file}”有“${name}”的表头，没有一个事项。请核对是不是选错了文件，或者表还没有填；要取消全部事项，请另起草稿逐项取消。`,
    );
  }
}
