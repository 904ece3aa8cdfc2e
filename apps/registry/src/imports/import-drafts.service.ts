import { Injectable } from '@nestjs/common';
import { cutText, type Json, withoutFaults } from '@mandate/encoding';
import type { EntityManager } from 'typeorm';
import type { Account } from '../auth/access.ts';
import type { DraftSource, MissingItem, Draft, NewDraft, NewDraftChange } from '@mandate/drafting';
import type { SourceFile } from '@mandate/list-files';
import { DraftQuestionsService } from '../drafts/draft-questions.service.ts';
import { DraftReplacementService } from '../drafts/draft-replacement.service.ts';
import { DraftStepsService } from '../drafts/draft-steps.service.ts';
import { DraftsService } from '../drafts/drafts.service.ts';
import { ListsService } from '../lists/lists.service.ts';
import type { ImportOptions, ImportOutcome } from './import-options.ts';
import type { FileReport, ListReport } from './import-report.ts';
import { ImportError } from './imports.errors.ts';
import type { ListFiles } from './list-files.ts';
import type { ListPlan } from './list-plan.ts';

/** When what the files say holds, and whether it is new. */
export interface ListDates {
  /** `YYYY-MM-DD` */
  readonly effectiveDate: string;
  /** of the edition; undefined where neither the list nor a person says one */
  readonly date: string | undefined;
  /** what the list does not hold yet is first recorded with it */
  readonly recorded: boolean;
}

/** What the files of a list are to change. */
export interface PlannedImport {
  readonly list: ListFiles;
  readonly options: ImportOptions & ListDates;
  readonly plan: ListPlan;
  readonly cancels: readonly NewDraftChange[];
  /** by key: what was decided to stay with the last edition */
  readonly staying: ReadonlyMap<string, NonNullable<MissingItem['stays']>>;
}

/** The plan of a list as the draft of an edition. */
@Injectable()
export class ImportDraftsService {
  constructor(
    private readonly lists: ListsService,
    private readonly drafts: DraftsService,
    private readonly steps: DraftStepsService,
    private readonly questions: DraftQuestionsService,
    private readonly replacement: DraftReplacementService,
  ) {}

  /** @throws ImportError `open-draft`, DraftError, AuthError */
  async create(
    tx: EntityManager,
    author: Account,
    { list, options, plan, cancels, staying, outcome }: PlannedImport & { readonly outcome: ImportOutcome },
  ): Promise<NonNullable<ListReport['draft']>> {
    // A dry run may be tried at any time: its draft is taken back, and the report says which one is open.
    if (options.dryRun !== true) await this.refuseWhileOpen(tx, author, list, options.replace);
    const owner = await this.ownerChange(tx, list, options);
    const { report, files } = outcome;
    const { edition, effectiveDate } = report;
    const total = plan.counts.new + plan.counts.changed + cancels.length;
    const next: NewDraft = {
      scope: edition === undefined ? 'change' : 'edition',
      list: list.key,
      title: cutText(
        withoutFaults(`${edition?.name ?? `${list.name}裁量基准`}：导入 ${report.files.join('、')}`),
        200,
      ),
      effectiveDate,
      reason: options.reason ?? '按公布的清单整理',
      backdatedReason: options.backdatedReason,
      document: options.document,
      ...(edition && { edition }),
      changes: counting(owner, plan, cancels, (done) => options.onItem?.(done, total)),
      report: asJson({ ...report, reports: files }),
      missing: [...plan.pairs.paired, ...plan.missing].map(({ key, name }) => ({
        key,
        name,
        stays: staying.get(key),
      })),
      sources: list.files.map(({ source }) => sourceOf(source)),
    };
    const made =
      options.replace === undefined
        ? await this.drafts.create(tx, author, next)
        : await this.replacement.replace(tx, author, {
            draft: options.replace,
            version: options.revision,
            next,
          });
    const { pairs, missing } = await this.questions.open(tx, made);
    // What nobody has answered yet is kept for its author, also where it was to go to review at once.
    const last =
      options.submit === true && pairs.length + missing.length === 0
        ? await this.steps.take(tx, author, { step: 'submit', draft: made.id, version: made.version })
        : made;
    const { id, state, version, openFindings } = last;
    const changes = total + owner.length;
    return { id, state, version, changes, undecided: missing.length, ...(openFindings && { openFindings }) };
  }

  /** Two drafts of one list would list what is new twice. */
  private async refuseWhileOpen(
    tx: EntityManager,
    author: Account,
    list: ListFiles,
    replaced: string | undefined,
  ): Promise<void> {
    const open = await this.findOpen(tx, author, list);
    if (open !== undefined && open.id !== replaced)
      throw new ImportError(
        'open-draft',
        `“${list.name}”还有一份未发布的草稿（${open.title}，编号 ${open.id}）。请先发布、退回或撤回它，再重新导入；要用改正后的文件替换它的内容，用 --replace ${open.id} --revision ${open.version.toString()}。`,
        { extension: { draft: open.id, state: open.state, version: open.version } },
      );
  }

  /** The draft of an edition of this list that is under way. */
  async findOpen(tx: EntityManager, reader: Account, { key }: ListFiles): Promise<Draft | undefined> {
    for (const state of ['draft', 'submitted', 'approved'] as const) {
      const page = await this.drafts.page(tx, reader, { list: key, state, limit: 100 });
      const open = page.find(({ scope }) => scope === 'edition');
      if (open !== undefined) return open;
    }
    return undefined;
  }

  /** An organ or negative list that the register does not know is entered with the first draft of its list. */
  private async ownerChange(
    tx: EntityManager,
    list: ListFiles,
    { recorded }: ListDates,
  ): Promise<readonly NewDraftChange[]> {
    const register = list.register === 'negative-list-item' ? 'negative-list' : 'organ';
    const [known] = await this.lists.records(tx, register, { organ: list.key });
    if (known) return [];
    const reason = register === 'organ' ? '首次列入权责清单的机关' : '首次登记的负面清单';
    // Whose list stands elsewhere already was not founded by recording it.
    const kind = recorded ? ('recorded' as const) : ('added' as const);
    return [{ register, key: list.key, kind, value: { ...list.owner }, reason }];
  }
}

/** What a file could say: who answers a pair completes the item by what is listed, as the import does. */
function sourceOf(source: SourceFile): DraftSource {
  const says = source.register === 'authority-item' ? source.says : undefined;
  return {
    file: source.file,
    ...(says !== undefined && { says: { sheets: [...says.sheets], headers: [...says.headers] } }),
  };
}

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
