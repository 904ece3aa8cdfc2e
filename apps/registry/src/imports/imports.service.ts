import { Injectable, type OnModuleInit } from '@nestjs/common';
import { chinaDay } from '@mandate/certificate';
import { type NewDraftChange, type PublishedDraft, REGISTRY_LIST } from '@mandate/drafting';
import { NegativeListSchema, withoutBlanks } from '@mandate/lists';
import { DataSource, type EntityManager } from 'typeorm';
import { type Account, requireOrgan, requireRole } from '../auth/access.ts';
import { inTransaction } from '../database/transaction.ts';
import { DraftPublicationService } from '../drafts/draft-publication.service.ts';
import { DraftStepsService } from '../drafts/draft-steps.service.ts';
import { DraftsService } from '../drafts/drafts.service.ts';
import { ListsService } from '../lists/lists.service.ts';
import { OrgansService } from '../organs/organs.service.ts';
import { AlreadyListedService } from './already-listed.service.ts';
import { chooseEdition, type EditionOptions } from './edition-choice.ts';
import type { FileReport, ListReport } from './import-report.ts';
import { ImportError } from './imports.errors.ts';
import { ImportsRepository } from './imports.repository.ts';
import { ListPlansService } from './list-plans.service.ts';
import type { ListFiles } from './list-files.ts';
import type { ListPlan } from './list-plan.ts';
import { chooseNegativeList } from './negative/list-choice.ts';
import { chooseOrgan, namesOrgan } from './organ-choice.ts';
import { fileReport } from './report-of-plan.ts';
import type { SourceFile } from './source-file.ts';

export interface ImportOptions extends EditionOptions {
  readonly dryRun?: boolean | undefined;
  /** key, USCC or full name; without it the file says whose list it is */
  readonly organ?: string | undefined;
  /** key of the organ to which a file belongs that names none */
  readonly fallback?: string | undefined;
  /** key or name of a negative list */
  readonly list?: string | undefined;
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
  /** regions that the other files of the run name */
  readonly regions?: readonly string[] | undefined;
  readonly onItem?: ((done: number, total: number) => void) | undefined;
}

export interface ImportedList {
  readonly report: ListReport;
  readonly files: readonly FileReport[];
}

/** Files → drafts of editions, one for each list, which a person reviews. Nothing here writes into the lists. */
@Injectable()
export class ImportsService implements OnModuleInit {
  constructor(
    private readonly source: DataSource,
    private readonly lists: ListsService,
    private readonly organs: OrgansService,
    private readonly drafts: DraftsService,
    private readonly draftSteps: DraftStepsService,
    private readonly publications: DraftPublicationService,
    private readonly plans: ListPlansService,
    private readonly alreadyListed: AlreadyListedService,
    private readonly repository: ImportsRepository,
  ) {}

  onModuleInit(): void {
    this.publications.onPublished((tx, published) => this.keepPlaces(tx, published));
  }

  /** Whose list a file is. @throws ImportError `no-organ` | `unknown-organ` | `no-negative-list` */
  async ownerOf(file: SourceFile, options: ImportOptions): Promise<ListFiles> {
    const tx = this.source.manager;
    const { register, owner, titles } = file;
    if (register === 'negative-list-item') {
      const known = (await this.lists.records(tx, 'negative-list')).map(({ value }) =>
        NegativeListSchema.parse(value),
      );
      const { list, from } = chooseNegativeList({
        given: options.list,
        owner,
        titles,
        file: file.file,
        known,
      });
      return {
        register,
        key: list.key,
        name: list.name,
        owner: list,
        files: [{ source: file, from, warnings: [] }],
      };
    }
    const known = await this.organs.list(tx);
    // A template that the registry filled names its organ by key; one that a person filled, by name.
    const said = known.find(({ key }) => key === owner.key)?.key ?? owner.name ?? owner.key;
    const given = options.organ ?? said;
    const source = { titles, file: file.file, known, regions: options.regions ?? [] };
    const named = given !== undefined || namesOrgan(source);
    const chosen = chooseOrgan({ ...source, given: named ? given : options.fallback });
    const from = !named
      ? '账号'
      : options.organ === undefined && said !== undefined
        ? '填写说明'
        : chosen.from;
    const { organ, warnings } = chosen;
    return {
      register,
      key: organ.key,
      name: organ.name,
      owner: organ,
      files: [{ source: file, from, warnings }],
    };
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
  ): Promise<ImportedList> {
    const undone = Symbol('dry run');
    let result: ImportedList | undefined;
    try {
      await inTransaction(this.source, async (tx) => {
        result = await this.write(tx, author, list, options);
        // Everything is done as it would be, and taken back: what a dry run reports is what an import does.
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- no error: the way out of the transaction
        if (options.dryRun === true) throw undone;
      });
    } catch (reason) {
      if (reason !== undone) throw reason;
    }
    if (!result) throw new Error('the transaction ended without a result');
    if (options.dryRun !== true) return result;
    // The draft it names is taken back.
    const { draft: _draft, ...report } = result.report;
    return { ...result, report };
  }

  private async write(
    tx: EntityManager,
    author: Account | undefined,
    list: ListFiles,
    options: ImportOptions,
  ): Promise<ImportedList> {
    if (author !== undefined) {
      requireRole(author, 'editor');
      requireOrgan(author, list.key);
    }
    // From here on no other import reads or writes: matches stay true until this one commits.
    await this.lists.lockForChange(tx);
    const effectiveDate = options.effectiveDate ?? chinaDay(new Date());
    const plan = await this.plans.plan(tx, list, { effectiveDate, reason: options.reason });
    const files = list.files.map((file) => fileReport(list, file, plan));
    const edition = chooseEdition(
      { name: list.name, negative: list.register === 'negative-list-item' },
      {
        titles: list.files.flatMap(({ source }) => source.titles),
        files: list.files.map(({ source }) => source.file),
      },
      { ...options, effectiveDate },
      await this.editionNumbers(tx, list.key, options.edition),
    );
    const { counts, missing, doubtful } = plan;
    const cancels = options.cancelMissing === true ? await plan.cancel(missing) : [];
    const report: ListReport = {
      list: list.key,
      name: list.name,
      files: files.map(({ file }) => file),
      edition,
      effectiveDate,
      changes: counts,
      doubtful,
      missing,
      cancelled: cancels.length,
      findings: await this.plans.findings(tx, list, plan),
    };
    if (files.some(({ cellErrors }) => cellErrors !== undefined)) return { report, files };
    await this.repository.save(tx, plan.unchanged);
    const total = counts.new + counts.changed + cancels.length;
    if (total === 0 || author === undefined) return { report, files };
    await this.refuseWhileOpen(tx, author, list);
    const owner = await this.ownerChange(tx, list);
    const changes = counting([...owner], plan, cancels, (done) => options.onItem?.(done, total));
    const draft = await this.drafts.create(tx, author, {
      scope: 'edition',
      list: list.key,
      title: `${edition.name}：导入 ${report.files.join('、')}`.slice(0, 200),
      effectiveDate,
      reason: options.reason ?? '按公布的清单整理',
      backdatedReason: options.backdatedReason,
      document: options.document,
      edition,
      changes,
      // Plain data, made for this.
      report: structuredClone({ ...report, reports: files }) as never,
      missing: cancels.length > 0 ? [] : missing.map(({ key, name }) => ({ key, name })),
    });
    const last =
      options.submit === true
        ? await this.draftSteps.take(tx, author, { step: 'submit', draft: draft.id, version: draft.version })
        : draft;
    const { id, state, version } = last;
    return { report: { ...report, draft: { id, state, version, changes: total + owner.length } }, files };
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
