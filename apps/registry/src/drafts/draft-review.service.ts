import { cleanText, type Json } from '@mandate/encoding';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Account, requireOrgan, requireRole } from '../auth/access.ts';
import { requireEditor, requireTimely, requireVersion } from './draft-access.ts';
import { DraftChecksService } from './draft-checks.service.ts';
import { DraftTrailRepository } from './draft-trail.repository.ts';
import type { Draft, DraftAction } from './draft.ts';
import { type DraftStep, nextState } from './draft-states.ts';
import { DraftError } from './drafts.errors.ts';
import { DraftsRepository } from './drafts.repository.ts';

const ACTIONS = {
  edit: 'described',
  submit: 'submitted',
  reopen: 'reopened',
  withdraw: 'withdrawn',
  approve: 'approved',
  reject: 'rejected',
  publish: 'published',
} as const satisfies Record<DraftStep, DraftAction>;

/** The steps of a draft between its editors and those who decide about it. */
@Injectable()
export class DraftReviewService {
  constructor(
    private readonly repository: DraftsRepository,
    private readonly trail: DraftTrailRepository,
    private readonly checks: DraftChecksService,
  ) {}

  async submit(
    tx: EntityManager,
    actor: Account,
    id: string,
    version: number,
    comment: string | undefined,
  ): Promise<Draft> {
    const draft = await this.lock(tx, actor, id, version, 'submit');
    requireEditor(actor, draft.list);
    await this.checks.checkWhole(tx, draft, (changes) => requireTimely(draft, changes));
    return this.step(tx, actor, draft, 'submit', comment);
  }

  async withdraw(
    tx: EntityManager,
    actor: Account,
    id: string,
    version: number,
    comment: string | undefined,
  ): Promise<Draft> {
    const draft = await this.lock(tx, actor, id, version, 'withdraw');
    requireEditor(actor, draft.list);
    return this.step(tx, actor, draft, 'withdraw', comment);
  }

  async reopen(
    tx: EntityManager,
    actor: Account,
    id: string,
    version: number,
    comment: string | undefined,
  ): Promise<Draft> {
    const draft = await this.lock(tx, actor, id, version, 'reopen');
    requireEditor(actor, draft.list);
    return this.step(tx, actor, draft, 'reopen', comment);
  }

  /** By somebody who had no hand in it. @throws DraftError `own-draft` */
  async approve(
    tx: EntityManager,
    actor: Account,
    id: string,
    version: number,
    comment: string | undefined,
  ): Promise<Draft> {
    const draft = await this.lock(tx, actor, id, version, 'approve');
    requireRole(actor, 'reviewer');
    if (await this.trail.hasEdited(tx, id, actor.id))
      throw new DraftError('own-draft', '您起草、修改或提交过这份草稿，须由另一位审核人通过。');
    return this.step(tx, actor, draft, 'approve', comment);
  }

  /** @throws DraftError `comment-missing` */
  async reject(
    tx: EntityManager,
    actor: Account,
    id: string,
    version: number,
    comment: string | undefined,
  ): Promise<Draft> {
    const draft = await this.lock(tx, actor, id, version, 'reject');
    requireRole(actor, 'reviewer');
    if (comment === undefined || cleanText(comment) === '')
      throw new DraftError('comment-missing', '退回草稿须写明理由，好让起草人知道改什么。');
    return this.step(tx, actor, draft, 'reject', comment);
  }

  /** Takes hold of the draft for a step, until the transaction ends. */
  async lock(
    tx: EntityManager,
    actor: Account,
    id: string,
    version: number,
    step: DraftStep,
  ): Promise<Draft> {
    const draft = await this.lockDraft(tx, actor, id);
    requireVersion(draft, version);
    nextState(draft.state, step);
    return draft;
  }

  /** @throws DraftError `draft-not-found` @throws AuthError `not-your-organ` */
  async lockDraft(tx: EntityManager, actor: Account, id: string): Promise<Draft> {
    const draft = await this.repository.lock(tx, id);
    if (draft === undefined) throw new DraftError('draft-not-found', `没有编号为 ${id} 的草稿。`);
    requireOrgan(actor, draft.list);
    return draft;
  }

  async step(
    tx: EntityManager,
    actor: Account,
    draft: Draft,
    step: DraftStep,
    comment: string | undefined,
    given: { action?: DraftAction; change?: number | undefined; detail?: Json | undefined } = {},
  ): Promise<Draft> {
    const version = draft.version + 1;
    const state = nextState(draft.state, step);
    const words = comment === undefined ? '' : cleanText(comment).toWellFormed();
    await this.repository.setState(tx, draft.id, state, version);
    await this.trail.append(tx, {
      draft: draft.id,
      version,
      action: ACTIONS[step],
      account: actor.id,
      comment: words === '' ? undefined : words,
      ...given,
    });
    return { ...draft, state, version };
  }
}
