import { Injectable, type OnModuleInit } from '@nestjs/common';
import { chinaDay } from '@mandate/certificate';
import type { Json } from '@mandate/encoding';
import type { SourceFile } from '@mandate/list-files';
import { withoutBlanks } from '@mandate/lists';
import { DataSource, type EntityManager } from 'typeorm';
import { type Account, requireOrgan, requireRole } from '../auth/access.ts';
import { inTransaction, inUndoneTransaction } from '../database/transaction.ts';
import { type NewDraftChange, type PublishedDraft, REGISTRY_LIST } from '../drafts/draft.ts';
import { DraftsService } from '../drafts/drafts.service.ts';
import { ListsService } from '../lists/lists.service.ts';
import { AlreadyListedService } from './already-listed.service.ts';
import { chooseEdition, type EditionOptions } from './edition-choice.ts';
import type { FileReport, ListReport } from './import-report.ts';
import { ImportError } from './imports.errors.ts';
import { ImportsRepository } from './imports.repository.ts';
import { ListPlansService } from './list-plans.service.ts';
import type { ListFiles } from './list-files.ts';
import { ListOwnersService, type OwnerOptions } from './list-owners.service.ts';
import type { ListPlan } from './list-plan.ts';
import { fileReport } from './report-of-plan.ts';

export interface ImportOptions extends EditionOptions, OwnerOptions {
  readonly dryRun?: boolean | undefined;
  /** `YYYY-MM-DD`; today in Shanghai when absent */
  readonly effectiveDate?: string | undefined;
  /** stands in every entry, for everyone to read */
  readonly reason?: string | undefined;
  /** why it takes effect before the day of its publication; stands in the entries too */
  readonly backdatedReason?: string | undefined;
  /** 文号 */
  readonly document?: string | undefined;
  /** what is listed and stands in none of the files is cancelled by the draft */
  readonly cancelMissing?: boolean | undefined;
  /** the draft is not kept for its author but goes to review at once */
  readonly submit?: boolean | undefined;
  readonly onItem?: ((done: number, total: number) => void) | undefined;
}

/** What an import made of the files of one list. */
export interface ImportOutcome {
  readonly report: ListReport;
  readonly files: readonly FileReport[];
}

/** Files → drafts of editions, one for each list, which a person reviews. Nothing here writes into the lists. */
@Injectable()
export class ImportsService implements OnModuleInit {
  constructor(
    private readonly source: DataSource,
    private readonly lists: ListsService,
    private readonly owners: ListOwnersService,
    private readonly drafts: DraftsService,
    private readonly plans: ListPlansService,
    private readonly alreadyListed: AlreadyListedService,
    private readonly repository: ImportsRepository,
  ) {}

  onModuleInit(): void {
    this.drafts.onPublished((tx, published) => this.keepPlaces(tx, published));
  }

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
      return inTransaction(this.source, (tx) => this.write(tx, author, list, options));
    // Everything is done as it would be, and taken back: what a dry run reports is what an import does.
    const { report, files } = await inUndoneTransaction(this.source, (tx) =>
      this.write(tx, author, list, options),
    );
    const { draft: _draft, ...rest } = report;
    return { report: rest, files };
  }

  private async write(
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
    const cancels = options.cancelMissing === true ? await plan.cancel(plan.missing) : [];
    const outcome = await this.report(tx, list, plan, { ...options, effectiveDate }, cancels.length);
    if (outcome.files.some(({ cellErrors }) => cellErrors !== undefined)) return outcome;
    await this.repository.save(tx, plan.unchanged);
    if (plan.counts.new + plan.counts.changed + cancels.length === 0 || author === undefined) return outcome;
    const draft = await this.draft(tx, author, list, { ...outcome, plan, cancels }, options);
    return { report: { ...outcome.report, draft }, files: outcome.files };
  }

  private async report(
    tx: EntityManager,
    list: ListFiles,
    plan: ListPlan,
    options: ImportOptions & { readonly effectiveDate: string },
    cancelled: number,
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
      cancelled,
      findings: await this.plans.findings(tx, list, plan),
    };
    return { report, files };
  }

  /** The plan as the draft of an edition. */
  private async draft(
    tx: EntityManager,
    author: Account,
    list: ListFiles,
    { report, files, plan, cancels }: Planned,
    options: ImportOptions,
  ): Promise<NonNullable<ListReport['draft']>> {
    await this.refuseWhileOpen(tx, author, list);
    const owner = await this.ownerChange(tx, list);
    const { edition, effectiveDate } = report;
    const total = plan.counts.new + plan.counts.changed + cancels.length;
    const made = await this.drafts.create(tx, author, {
      scope: 'edition',
      list: list.key,
      title: `${edition.name}：导入 ${report.files.join('、')}`.slice(0, 200),
      effectiveDate,
      reason: options.reason ?? '按公布的清单整理',
      backdatedReason: options.backdatedReason,
      document: options.document,
      edition,
      changes: counting(owner, plan, cancels, (done) => options.onItem?.(done, total)),
      report: asJson({ ...report, reports: files }),
      missing: cancels.length > 0 ? [] : plan.missing.map(({ key, name }) => ({ key, name })),
    });
    const last = options.submit === true ? await this.drafts.submit(tx, author, made.id, made.version) : made;
    return { id: last.id, state: last.state, version: last.version, changes: total + owner.length };
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

  /** Two drafts of one list would list what is new twice. */
  private async refuseWhileOpen(tx: EntityManager, author: Account, { key, name }: ListFiles): Promise<void> {
    for (const state of ['draft', 'submitted', 'approved'] as const) {
      const open = (await this.drafts.page(tx, author, { list: key, state, limit: 100 })).find(
        ({ scope }) => scope === 'edition',
      );
      if (open)
        throw new ImportError(
          'open-draft',
          `“${name}”还有一份未发布的草稿（${open.title}，编号 ${open.id}）。请先发布、退回或撤回它，再重新导入。`,
          { extension: { draft: open.id, state: open.state } },
        );
    }
  }

  /** An organ or negative list that the register does not know is entered with the first draft of its list. */
  private async ownerChange(tx: EntityManager, list: ListFiles): Promise<readonly NewDraftChange[]> {
    const register = list.register === 'authority-item' ? 'organ' : 'negative-list';
    const [known] = await this.lists.records(tx, register, { organ: list.key });
    if (known) return [];
    const reason = register === 'organ' ? '首次列入权责清单的机关' : '首次登记的负面清单';
    return [{ register, key: list.key, kind: 'added', value: { ...list.owner }, reason }];
  }

  /** In the transaction of the publication: what was found where, and nothing listed twice. */
  private async keepPlaces(tx: EntityManager, published: PublishedDraft): Promise<void> {
    if (published.draft.list === REGISTRY_LIST) return;
    const imported = published.changes.filter(
      ({ register, place }) => register === 'authority-item' && place !== undefined,
    );
    if (imported.length === 0) return;
    await this.alreadyListed.refuse(tx, published);
    await this.repository.save(
      tx,
      imported.flatMap(({ key, place }) =>
        place
          ? [
              {
                key,
                file: place.file,
                sheet: place.sheet,
                serial: withoutBlanks(place.serial ?? ''),
                row: place.row,
              },
            ]
          : [],
      ),
    );
  }
}

type Planned = ImportOutcome & { readonly plan: ListPlan; readonly cancels: readonly NewDraftChange[] };

/** Plain data, of interfaces, which TypeScript does not take for JSON. */
function asJson(report: ListReport & { readonly reports: readonly FileReport[] }): Json {
  // What JSON.stringify wrote is JSON; the declared result of JSON.parse is any.
  return JSON.parse(JSON.stringify(report)) as Json;
}

function* counting(
  owner: readonly NewDraftChange[],
  plan: ListPlan,
  cancels: readonly NewDraftChange[],
  onItem: (done: number) => void,
): Generator<NewDraftChange> {
  yield* owner;
  let done = 0;
  for (const changes of [plan.changes(), cancels])
    for (const change of changes) {
      yield change;
      done += 1;
      if (done % 100 === 0) onItem(done);
    }
}
