import {
  type Candidate,
  candidateOf,
  type Draft,
  type DraftChange,
  DraftError,
  type DraftHeadings,
  mayRead,
  type NewDraftChange,
  parseChangeHeadings,
  parseComment,
  parseHeadings,
  requireEditionOfScope,
  requireVersion,
} from '@mandate/drafting';
import type { Json } from '@mandate/encoding';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Account, requireRole } from '../auth/access.ts';
import { countAct } from '../ledger/act-flow.ts';
import { DRAFT_WORKERS, requireRegisters } from './draft-access.ts';
import { changeChanged } from './change-number.ts';
import { DraftChecksService } from './draft-checks.service.ts';
import { DraftMissingService } from './draft-missing.service.ts';
import { type DraftAct, DraftStepsService } from './draft-steps.service.ts';
import { DraftTrailRepository } from './draft-trail.repository.ts';
import { DraftsRepository } from './drafts.repository.ts';
import { storedChange } from './stored-change.ts';

/** Of a draft, or of one of its changes. */
interface Seen {
  /** id of the draft */
  readonly draft: string;
  /** as the editor saw it */
  readonly version: number;
}

/**
 * Changes to a draft that is being written. Several people may write on one: each says which version of a change he
 * saw, and of two who changed the same one the second gets both versions.
 */
@Injectable()
export class DraftEditingService {
  constructor(
    private readonly repository: DraftsRepository,
    private readonly trail: DraftTrailRepository,
    private readonly steps: DraftStepsService,
    private readonly checks: DraftChecksService,
    private readonly missing: DraftMissingService,
  ) {}

  /** @param edit.version of the draft @throws DraftError `draft-changed` */
  async describe(
    tx: EntityManager,
    actor: Account,
    edit: Seen & { readonly headings: DraftHeadings },
  ): Promise<Draft> {
    const headings = parseHeadings(edit.headings);
    const draft = await this.steps.beginEditing(tx, actor, edit.draft);
    requireVersion(draft, edit.version, headings);
    requireEditionOfScope({ ...draft, edition: headings.edition });
    await this.repository.describe(tx, draft.id, {
      title: headings.title,
      effectiveDate: headings.effectiveDate,
      reason: headings.reason,
      document: headings.document ?? null,
      backdatedReason: headings.backdatedReason ?? null,
      edition: headings.edition ?? null,
    });
    const { title, effectiveDate, reason, document, backdatedReason, edition } = draft;
    const before: Json = {
      title,
      effectiveDate,
      reason,
      document,
      backdatedReason,
      edition: edition && { ...edition },
    };
    const { state, version } = await this.steps.record(tx, actor, {
      draft,
      action: 'described',
      detail: { before },
    });
    return { ...draft, ...headings, state, version };
  }

  /** @returns the number of the change and the version of the draft with it @throws DraftError */
  async add(
    tx: EntityManager,
    actor: Account,
    given: { readonly draft: string; readonly change: NewDraftChange },
  ): Promise<{ number: number; version: number }> {
    const draft = await this.steps.beginEditing(tx, actor, given.draft);
    const number = (await this.repository.lastNumber(tx, draft.id)) + 1;
    const change = parseChangeHeadings(given.change, number);
    const candidate = candidateOf(number, change);
    const { version } = await this.store(tx, actor, { draft, candidate, change, action: 'change-added' });
    return { number, version };
  }

  /** @param given.version of the change @throws DraftError `change-changed` with both versions */
  async edit(
    tx: EntityManager,
    actor: Account,
    given: Seen & { readonly number: number; readonly change: NewDraftChange },
  ): Promise<{ number: number; version: number }> {
    const { number, version } = given;
    const change = parseChangeHeadings(given.change, number);
    const draft = await this.steps.beginEditing(tx, actor, given.draft);
    const before = await this.getChange(tx, draft.id, number);
    if (before.change.version !== version || before.removed) throw changeChanged(before, version, change);
    // What it is compared with stays as it was unless the editor says otherwise: to have looked again is his to say.
    const sameKey = change.key === undefined || change.key === before.change.key;
    const candidate = candidateOf(number, {
      ...change,
      ...(sameKey && change.baseBlob === undefined && { baseBlob: before.change.baseBlob }),
    });
    const pair = before.change.pair && {
      ...before.change.pair,
      found: before.change.pair.found,
      // Who names another item, or none, has said which it is.
      ...(candidate.key !== before.change.key && {
        state: candidate.key === undefined ? ('apart' as const) : ('same' as const),
      }),
    };
    const stored = await this.store(tx, actor, {
      draft,
      candidate,
      change: pair === undefined ? change : { ...change, pair },
      action: 'change-edited',
    });
    return { number, version: stored.version };
  }

  /** @param given.version of the change @throws DraftError `change-changed` */
  async remove(
    tx: EntityManager,
    actor: Account,
    { draft: id, version, number }: Seen & { readonly number: number },
  ): Promise<Draft> {
    const draft = await this.steps.beginEditing(tx, actor, id);
    const { change, removed } = await this.getChange(tx, id, number);
    if (removed) {
      countAct();
      return draft;
    }
    if (change.version !== version) throw changeChanged({ change, removed }, version, undefined);
    const next = await this.steps.record(tx, actor, { draft, action: 'change-removed', change: number });
    await this.repository.insertChanges(tx, [
      storedChange(candidateOf(number, change), change, {
        draftId: id,
        version: next.version,
        editedBy: actor.id,
        baseBlob: change.baseBlob ?? null,
        removed: true,
      }),
    ]);
    return next;
  }

  /**
   * Adds the cancellation of items that the source of the draft did not hold, once somebody has made sure of it.
   * @param given.version of the draft
   * @throws DraftError `change-not-found` for a key that is not among the missing ones
   */
  async cancelMissing(
    tx: EntityManager,
    actor: Account,
    { draft: id, version, keys }: Seen & { readonly keys: readonly string[] },
  ): Promise<Draft> {
    return this.missing.decide(tx, actor, { draft: id, version, keys, choice: { is: 'cancelled' } });
  }

  /** By anybody who works on drafts of this list, in every state; the version stays as it is. */
  async comment(
    tx: EntityManager,
    actor: Account,
    given: { readonly draft: string; readonly comment: string; readonly change?: number | undefined },
  ): Promise<void> {
    requireRole(actor, ...DRAFT_WORKERS);
    const { draft: id, change } = given;
    const draft = await this.repository.find(tx, id);
    if (draft === undefined || !mayRead(actor, draft.list))
      throw new DraftError('draft-not-found', `没有编号为 ${id} 的草稿，或者它不属于您的机关。`);
    const comment = parseComment(given.comment);
    if (comment === '') throw new DraftError('comment-missing', '意见是空的，请写上内容。');
    if (change !== undefined) await this.getChange(tx, id, change);
    await this.trail.append(tx, {
      draft: id,
      version: draft.version,
      action: 'commented',
      account: actor.id,
      change,
      comment,
    });
  }

  private async getChange(
    tx: EntityManager,
    id: string,
    number: number,
  ): Promise<{ change: DraftChange; removed: boolean }> {
    const found = await this.repository.findChange(tx, id, number);
    if (found !== undefined) return found;
    throw new DraftError('change-not-found', `这份草稿没有第 ${number.toString()} 项。`);
  }

  private async store(
    tx: EntityManager,
    actor: Account,
    wording: {
      readonly draft: Draft;
      readonly candidate: Candidate;
      readonly change: NewDraftChange;
      readonly action: DraftAct['action'];
    },
  ): Promise<Draft> {
    const { draft, candidate, change, action } = wording;
    requireRegisters(actor, [candidate]);
    const other = await this.repository.findByKey(tx, draft.id, candidate);
    if (other !== undefined)
      throw new DraftError(
        'key-taken',
        `${candidate.key ?? ''} 已是这份草稿的第 ${other.number.toString()} 项（${other.editedBy} 起草），请在那里修改。`,
        { yours: candidate.content.value, theirs: other.value, change: other.number, version: other.version },
      );
    const bases = await this.checks.check(tx, draft, { changes: [candidate], fresh: true });
    const next = await this.steps.record(tx, actor, { draft, action, change: candidate.number });
    await this.repository.insertChanges(tx, [
      storedChange(candidate, change, {
        draftId: draft.id,
        version: next.version,
        editedBy: actor.id,
        baseBlob: bases.get(candidate.number) ?? null,
      }),
    ]);
    return next;
  }
}
