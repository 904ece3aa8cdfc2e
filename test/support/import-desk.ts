import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BookType } from '@e965/xlsx';
import { organKey } from '@mandate/lists';
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Account } from '../../apps/registry/src/auth/access.ts';
import { AuthService } from '../../apps/registry/src/auth/auth.service.ts';
import type { PublishedDraft } from '@mandate/drafting';
import {
  DraftMissingService,
  type MissingDecision,
} from '../../apps/registry/src/drafts/draft-missing.service.ts';
import { DraftPairsService } from '../../apps/registry/src/drafts/draft-pairs.service.ts';
import { DraftOverrulesService } from '../../apps/registry/src/drafts/draft-overrules.service.ts';
import { DraftPublicationService } from '../../apps/registry/src/drafts/draft-publication.service.ts';
import { DraftReadingService } from '../../apps/registry/src/drafts/draft-reading.service.ts';
import { DraftStepsService } from '../../apps/registry/src/drafts/draft-steps.service.ts';
import { DraftsService } from '../../apps/registry/src/drafts/drafts.service.ts';
import type { ImportReport, ListReport } from '../../apps/registry/src/imports/import-report.ts';
import { type RunOptions, importPaths } from '../../apps/registry/src/commands/import-run.ts';
import { FileReaderService } from '../../apps/registry/src/imports/file-reader.service.ts';
import { ImportsService } from '../../apps/registry/src/imports/imports.service.ts';
import { type ItemHead, ItemsService } from '../../apps/registry/src/lists/items.service.ts';
import { LogService } from '../../apps/registry/src/log/log.service.ts';
import { openTestRegistry, type TestRegistry } from './registry.ts';
import { listRows, makeWorkbook, type SheetRows, type TestSheet } from './workbook.ts';

/** An import that two people have seen through: its report, and how many entries came of it, editions included. */
export type SeenThrough = ImportReport & { readonly entriesAppended: number };

/** A registry and a folder of workbooks; every test takes an organ of its own, so that one registry serves them all. */
export class ImportDesk {
  #organs = 0;
  organ = '';
  /** why the reviewer lets stand what the health check forbids; without it, such a draft is not approved */
  overrules: string | undefined;

  private constructor(
    readonly registry: TestRegistry,
    readonly folder: string,
    /** drafts and submits */
    readonly editor: Account,
    /** approves and publishes */
    readonly reviewer: Account,
  ) {}

  static async open(): Promise<ImportDesk> {
    const registry = await openTestRegistry();
    const auth = registry.app.get(AuthService);
    const account = { organ: null, password: 'long enough for us', demo: false };
    return new ImportDesk(
      registry,
      await mkdtemp(join(tmpdir(), 'mandate-import-')),
      await auth.createAccount({ ...account, login: 'editor', displayName: '编辑', roles: ['editor'] }),
      await auth.createAccount({
        ...account,
        login: 'reviewer',
        displayName: '审核',
        roles: ['reviewer', 'publisher'],
      }),
    );
  }

  async close(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
    await this.registry.close();
  }

  nextOrgan(): void {
    this.#organs += 1;
    const [tens, ones] = [Math.floor(this.#organs / 10), this.#organs % 10];
    this.organ = `测${'甲乙丙丁戊己庚辛壬癸'.charAt(ones)}${'一二三四五六'.charAt(tens)}市示例局`;
  }

  get key(): string {
    return organKey({ name: this.organ });
  }

  async save(file: string, sheets: readonly TestSheet[], bookType: BookType = 'xlsx'): Promise<string> {
    return this.saveBytes(file, makeWorkbook(sheets, bookType));
  }

  async saveBytes(file: string, bytes: Uint8Array): Promise<string> {
    const path = join(this.folder, file);
    await writeFile(path, bytes);
    return path;
  }

  /** A workbook with the list of the organ. */
  async list(items: SheetRows, file = 'list.xlsx', bookType: BookType = 'xlsx'): Promise<string> {
    return this.save(file, [{ rows: listRows(items, `${this.organ}2026年权责清单`) }], bookType);
  }

  /** Drafts and submits, and nothing more. */
  async draft(
    paths: string | readonly string[],
    options: RunOptions = {},
    app: INestApplicationContext = this.registry.app,
  ): Promise<ImportReport> {
    const reader = app.get(FileReaderService);
    return importPaths(app.get(ImportsService), reader, this.editor, [paths].flat(), {
      submit: true,
      ...options,
    });
  }

  /** Drafts and submits as one person, approves and publishes as another. */
  async run(
    paths: string | readonly string[],
    options: RunOptions = {},
    app: INestApplicationContext = this.registry.app,
  ): Promise<SeenThrough> {
    const report = await this.draft(paths, options, app);
    const published = await this.publish(report.lists, app);
    return { ...report, entriesAppended: published.reduce((sum, { entries }) => sum + entries.length, 0) };
  }

  /** The same, after the editor has answered all that was asked. */
  async answered(
    paths: string | readonly string[],
    answers: { readonly same?: boolean; readonly missing?: MissingDecision },
    options: RunOptions = {},
  ): Promise<SeenThrough> {
    const report = await this.draft(paths, options);
    const lists: ListReport[] = [];
    for (const list of report.lists)
      lists.push(list.draft?.state === 'draft' ? await this.answer(list, list.draft.id, answers) : list);
    const published = await this.publish(lists);
    return {
      ...report,
      lists,
      entriesAppended: published.reduce((sum, { entries }) => sum + entries.length, 0),
    };
  }

  private async answer(
    list: ListReport,
    draft: string,
    { same, missing }: Parameters<ImportDesk['answered']>[1],
  ): Promise<ListReport> {
    const { app } = this.registry;
    return app.get(DataSource).transaction(async (tx) => {
      const reading = app.get(DraftReadingService);
      const { pairs } = await reading.askedPairs(tx, this.editor, { id: draft, after: 0, limit: 200 });
      for (const { state, change: number, version } of pairs)
        if (same !== undefined && state === 'asked')
          await app.get(DraftPairsService).answer(tx, this.editor, { draft, number, version, same });
      const { version } = await app.get(DraftsService).get(tx, this.editor, draft);
      const decision = { draft, version, choice: missing ?? { is: 'undecided' as const } };
      const decided = await app.get(DraftMissingService).decide(tx, this.editor, decision);
      const submitted = await app
        .get(DraftStepsService)
        .take(tx, this.editor, { step: 'submit', draft, version: decided.version });
      const { state, version: now } = submitted;
      return list.draft ? { ...list, draft: { ...list.draft, state, version: now } } : list;
    });
  }

  /** Approves and publishes what was submitted. */
  async publish(
    lists: readonly ListReport[],
    app: INestApplicationContext = this.registry.app,
  ): Promise<readonly PublishedDraft[]> {
    const source = app.get(DataSource);
    const [steps, publication] = [app.get(DraftStepsService), app.get(DraftPublicationService)];
    const published: PublishedDraft[] = [];
    for (const { draft } of lists) {
      // What nobody has answered is not submitted yet.
      if (!draft || draft.state === 'draft') continue;
      const version = await this.overruleAll(draft, app);
      const approved = await source.transaction((tx) =>
        steps.take(tx, this.reviewer, { step: 'approve', draft: draft.id, version }),
      );
      published.push(
        await source.transaction((tx) =>
          publication.publish(tx, this.reviewer, { draft: draft.id, version: approved.version }),
        ),
      );
    }
    if (published.length > 0) await app.get(LogService).sequence('lists');
    return published;
  }

  /** By rule, one reason for all. @returns the version of the draft after it */
  private async overruleAll(
    draft: { readonly id: string; readonly version: number },
    app: INestApplicationContext,
  ): Promise<number> {
    const [source, overrules, reason] = [app.get(DataSource), app.get(DraftOverrulesService), this.overrules];
    if (reason === undefined) return draft.version;
    let version = draft.version;
    const { open } = await overrules.look(source.manager, draft);
    for (const rule of new Set(open.map((finding) => finding.rule))) {
      const request = { draft: draft.id, version, rule, reason };
      version = (await source.transaction((tx) => overrules.give(tx, this.reviewer, request))).draft.version;
    }
    return version;
  }

  get items(): ItemsService {
    return this.registry.app.get(ItemsService);
  }

  /** The organ's items, by key. */
  async listed(): Promise<readonly ItemHead[]> {
    return this.items.heads({ organ: this.key });
  }

  /** The one number a query gives. */
  async count(sql: string): Promise<number> {
    const [row] = await this.registry.app.get(DataSource).query<{ count: string }[]>(sql);
    return Number(row?.count);
  }
}
