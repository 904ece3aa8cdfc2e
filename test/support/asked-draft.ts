import type { DraftStep, PublishedDraft } from '@mandate/drafting';
import { DataSource, type EntityManager } from 'typeorm';
import {
  DraftMissingService,
  type MissingDecision,
} from '../../apps/registry/src/drafts/draft-missing.service.ts';
import { DraftPairsService } from '../../apps/registry/src/drafts/draft-pairs.service.ts';
import { DraftPublicationService } from '../../apps/registry/src/drafts/draft-publication.service.ts';
import { DraftReadingService } from '../../apps/registry/src/drafts/draft-reading.service.ts';
import { DraftStepsService } from '../../apps/registry/src/drafts/draft-steps.service.ts';
import { DraftsService } from '../../apps/registry/src/drafts/drafts.service.ts';
import type { ImportDesk } from './import-desk.ts';
import type { SheetRows } from './workbook.ts';

/** A draft of an edition, and what is said to it. */
export class AskedDraft {
  private constructor(
    private readonly desk: ImportDesk,
    readonly id: string,
  ) {}

  /** What an import leaves for its author. @param rows of a workbook, or its path */
  static async of(
    desk: ImportDesk,
    rows: SheetRows | string,
    options: { cancelMissing?: boolean },
  ): Promise<AskedDraft> {
    const path = typeof rows === 'string' ? rows : await desk.list(rows);
    const report = await desk.draft(path, options);
    const [list] = report.lists;
    if (list?.draft === undefined) throw new Error(`no draft: ${JSON.stringify(report.files)}`);
    if (list.draft.state !== 'draft') throw new Error('nothing was asked');
    return new AskedDraft(desk, list.draft.id);
  }

  private tx<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return this.desk.registry.app.get(DataSource).transaction(work);
  }

  private version(em: EntityManager): Promise<number> {
    return this.desk.registry.app
      .get(DraftsService)
      .get(em, this.desk.editor, this.id)
      .then(({ version }) => version);
  }

  pairs() {
    const page = { id: this.id, after: 0, limit: 50 };
    return this.tx((em) =>
      this.desk.registry.app.get(DraftReadingService).askedPairs(em, this.desk.reviewer, page),
    );
  }

  missing() {
    const page = { id: this.id, after: 0, limit: 50 };
    return this.tx((em) =>
      this.desk.registry.app.get(DraftReadingService).missing(em, this.desk.reviewer, page),
    );
  }

  async states(): Promise<Record<string, string>> {
    return Object.fromEntries((await this.missing()).missing.map(({ name, is }) => [name, is]));
  }

  changes() {
    return this.tx((em) => this.desk.registry.app.get(DraftsService).changes(em, this.id));
  }

  async numberOf(name: string): Promise<number> {
    const found = (await this.changes()).find(({ value }) => (value as { name: string }).name === name);
    return found?.number ?? 0;
  }

  answer(name: string, same: boolean, which?: string) {
    return this.tx(async (em) => {
      const number = await this.numberOf(name);
      const version = await this.desk.registry.app
        .get(DraftReadingService)
        .versionOf(em, this.desk.editor, { id: this.id, number });
      const answer = { draft: this.id, number, version, same, key: which };
      return this.desk.registry.app.get(DraftPairsService).answer(em, this.desk.editor, answer);
    });
  }

  decide(choice: MissingDecision, keys?: readonly string[]) {
    return this.tx(async (em) =>
      this.desk.registry.app
        .get(DraftMissingService)
        .decide(em, this.desk.editor, { draft: this.id, version: await this.version(em), keys, choice }),
    );
  }

  take(step: Exclude<DraftStep, 'publish'>) {
    return this.tx(async (em) =>
      this.desk.registry.app
        .get(DraftStepsService)
        .take(em, step === 'approve' ? this.desk.reviewer : this.desk.editor, {
          step,
          draft: this.id,
          version: await this.version(em),
        }),
    );
  }

  publish(): Promise<PublishedDraft> {
    return this.tx(async (em) =>
      this.desk.registry.app
        .get(DraftPublicationService)
        .publish(em, this.desk.reviewer, { draft: this.id, version: await this.version(em) }),
    );
  }

  async seeThrough(): Promise<PublishedDraft> {
    await this.take('submit');
    await this.take('approve');
    return this.publish();
  }
}
