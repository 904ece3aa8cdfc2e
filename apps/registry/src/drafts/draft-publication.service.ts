import { DraftError, type PublishedDraft, parseHeadings } from '@mandate/drafting';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Account } from '../auth/access.ts';
import { DraftChecksService } from './draft-checks.service.ts';
import { DraftEditionService } from './draft-edition.service.ts';
import { DraftEntriesService } from './draft-entries.service.ts';
import { DraftQuestionsService } from './draft-questions.service.ts';
import { DraftGateService } from './draft-gate.service.ts';
import { DraftStepsService, type StepRequest } from './draft-steps.service.ts';

export type PublishedListener = (tx: EntityManager, published: PublishedDraft) => Promise<void>;

export type PublicationRequest = Omit<StepRequest, 'step'> & {
  /** why it takes effect before today, where the draft does not say so */
  readonly backdatedReason?: string | undefined;
};

/** Approved drafts → entries of the lists. */
@Injectable()
export class DraftPublicationService {
  private readonly listeners: PublishedListener[] = [];

  constructor(
    private readonly steps: DraftStepsService,
    private readonly checks: DraftChecksService,
    private readonly questions: DraftQuestionsService,
    private readonly gate: DraftGateService,
    private readonly entries: DraftEntriesService,
    private readonly editions: DraftEditionService,
  ) {}

  /** Called inside the transaction of every publication: what it throws undoes the publication. */
  onPublished(listener: PublishedListener): void {
    this.listeners.push(listener);
  }

  /**
   * Writes what was approved into the lists, all in this transaction; what has a later effective date is thereby
   * scheduled. The caller sequences the log after its transaction has committed.
   * @throws DraftError `stale` | `open-findings` | `backdated` | `edition-taken` and what steps and checks throw
   */
  async publish(tx: EntityManager, actor: Account, request: PublicationRequest): Promise<PublishedDraft> {
    const locked = await this.steps.begin(tx, actor, { ...request, step: 'publish' });
    const { backdatedReason = locked.backdatedReason } = request;
    // Entries carry it for everyone to read: what was approved with the draft is not replaced by whoever publishes.
    if (locked.backdatedReason !== undefined && backdatedReason !== locked.backdatedReason)
      throw new DraftError(
        'invalid-draft',
        '追溯生效的理由已随草稿审核，发布时不能更换。要改请先取回草稿（reopen），改后重新审核。',
      );
    const draft = { ...locked, ...parseHeadings({ ...locked, backdatedReason }) };
    // From here on the lists stay as they are held against the draft, and keys are nobody else's.
    const looking = this.gate.begin(tx);
    const checked = await this.checks.checkWhole(tx, draft, { hold: true, see: looking.see });
    await this.questions.requireAnswered(tx, draft);
    const staying = await this.questions.staying(tx, draft);
    // Approved last week is not settled today: a type that was listed since makes a paper superfluous that was not.
    const overruled = this.gate.requireSettled(await this.gate.end(tx, draft, looking));
    const changes = await this.entries.put(tx, draft, { checked, overruled });
    const edition = await this.editions.put(tx, draft, { changes, staying });
    const published: PublishedDraft = {
      draft: await this.steps.finish(tx, actor, {
        draft,
        step: 'publish',
        comment: request.comment,
        detail: {
          changes: changes.length,
          ...(request.backdatedReason !== undefined && { backdatedReason: request.backdatedReason }),
        },
      }),
      changes,
      entries: [...changes.map(({ entry }) => entry), ...(edition === undefined ? [] : [edition.entry])],
      keys: changes.map(({ key }) => key),
      ...(edition !== undefined && { edition: edition.key }),
    };
    for (const listener of this.listeners) await listener(tx, published);
    return published;
  }
}
