import {
  DRAFT_STEPS,
  type Draft,
  type DraftAction,
  DraftError,
  type DraftStep,
  EDITING,
  openByRule,
  OVERRULING,
  parseComment,
  requireGuards,
  requireState,
  requireVersion,
  type ReviewStep,
  type GuardName,
} from '@mandate/drafting';
import type { Json } from '@mandate/encoding';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Account, requireOrgan, requireRole } from '../auth/access.ts';
import { requireEditor, requireRegisters, requireStep } from './draft-access.ts';
import { DraftChecksService } from './draft-checks.service.ts';
import { DraftQuestionsService } from './draft-questions.service.ts';
import { DraftGateService } from './draft-gate.service.ts';
import { DraftTrailRepository } from './draft-trail.repository.ts';
import { DraftsRepository } from './drafts.repository.ts';

/** A step that somebody wants to take. */
export interface StepRequest<S extends DraftStep = DraftStep> {
  readonly step: S;
  /** id of the draft */
  readonly draft: string;
  /** of the draft, as he saw it */
  readonly version: number;
  readonly comment?: string | undefined;
}

/** What the trail says of an act on a draft. */
export interface DraftAct {
  readonly action: DraftAction;
  /** where the draft stands after it; where it stood unless given */
  readonly state?: Draft['state'];
  readonly comment?: string | undefined;
  /** number of the change it is about */
  readonly change?: number | undefined;
  readonly detail?: Json | undefined;
}

/** Moves a draft as the table of steps says, and keeps the trail. */
@Injectable()
export class DraftStepsService {
  constructor(
    private readonly repository: DraftsRepository,
    private readonly trail: DraftTrailRepository,
    private readonly checks: DraftChecksService,
    private readonly questions: DraftQuestionsService,
    private readonly gate: DraftGateService,
  ) {}

  /** @throws AuthError, DraftError */
  async take(tx: EntityManager, actor: Account, request: StepRequest<ReviewStep>): Promise<Draft> {
    const draft = await this.begin(tx, actor, request);
    const { step, comment } = request;
    const { heldAgainstLists, answered, openFindings } = DRAFT_STEPS[step];
    const looking = openFindings === 'passed-over' ? undefined : this.gate.begin(tx);
    if (heldAgainstLists) await this.checks.checkWhole(tx, draft, { see: looking?.see });
    if (answered) await this.questions.requireAnswered(tx, draft);
    if (looking === undefined) return this.finish(tx, actor, { draft, step, comment });
    // Read where it was held against the lists; both are the draft as it is locked.
    const gate = heldAgainstLists ? await this.gate.end(tx, draft, looking) : await this.gate.look(tx, draft);
    if (openFindings === 'stop') {
      this.gate.requireSettled(gate);
      return this.finish(tx, actor, { draft, step, comment });
    }
    const open = openByRule(gate.open);
    const told = open.map(({ rule, count }) => ({ rule, count }));
    const detail = open.length === 0 ? undefined : { openFindings: told };
    const taken = await this.finish(tx, actor, { draft, step, comment, detail });
    return open.length === 0 ? taken : { ...taken, openFindings: open };
  }

  /**
   * Takes hold of the draft for a step until the transaction ends, and asks what the table asks.
   * @throws AuthError, DraftError
   */
  async begin(tx: EntityManager, actor: Account, request: StepRequest): Promise<Draft> {
    const draft = await this.lock(tx, request.draft);
    requireStep(actor, draft, request);
    await this.requireOwnRegisters(tx, actor, draft);
    const guards: readonly GuardName[] = DRAFT_STEPS[request.step].guards;
    if (guards.length > 0) {
      const edited = await this.trail.hasEdited(tx, draft.id, actor.id);
      requireGuards(guards, { edited, comment: request.comment });
    }
    return draft;
  }

  /** The draft stands where the step leads, and the trail says so. */
  async finish(
    tx: EntityManager,
    actor: Account,
    { draft, step, ...said }: { draft: Draft; step: DraftStep } & Pick<DraftAct, 'comment' | 'detail'>,
  ): Promise<Draft> {
    const { action, to: state } = DRAFT_STEPS[step];
    return this.record(tx, actor, { draft, action, state, ...said });
  }

  /** Takes hold of a draft of which a reviewer sets findings aside. @throws AuthError, DraftError */
  async beginOverruling(
    tx: EntityManager,
    actor: Account,
    { draft: id, version }: { readonly draft: string; readonly version: number },
  ): Promise<Draft> {
    const draft = await this.lock(tx, id);
    requireOrgan(actor, draft.list);
    requireVersion(draft, version);
    requireState(draft.state, OVERRULING);
    requireRole(actor, OVERRULING.role);
    await this.requireOwnRegisters(tx, actor, draft);
    const edited = await this.trail.hasEdited(tx, draft.id, actor.id);
    requireGuards(OVERRULING.guards, { edited });
    return draft;
  }

  /** Takes hold of a draft that is being written. @throws AuthError, DraftError */
  async beginEditing(tx: EntityManager, actor: Account, id: string): Promise<Draft> {
    const draft = await this.lock(tx, id);
    requireOrgan(actor, draft.list);
    requireEditor(actor, draft.list);
    requireState(draft.state, EDITING);
    await this.requireOwnRegisters(tx, actor, draft);
    return draft;
  }

  /** Every act but a comment makes a new version of the draft. */
  async record(
    tx: EntityManager,
    actor: Account,
    { draft, ...act }: { readonly draft: Draft } & DraftAct,
  ): Promise<Draft> {
    const { state = draft.state, comment = '', ...said } = act;
    const version = draft.version + 1;
    const words = parseComment(comment);
    await this.repository.setState(tx, draft.id, { state, version });
    await this.trail.append(tx, {
      draft: draft.id,
      version,
      account: actor.id,
      comment: words === '' ? undefined : words,
      ...said,
    });
    return { ...draft, state, version };
  }

  /** What only the registry may write, only the registry moves on: also where it lies in a draft of the organ's own list. */
  private async requireOwnRegisters(tx: EntityManager, actor: Account, draft: Draft): Promise<void> {
    requireRegisters(actor, await this.repository.registers(tx, draft.id));
  }

  private async lock(tx: EntityManager, id: string): Promise<Draft> {
    const draft = await this.repository.lock(tx, id);
    if (draft === undefined) throw new DraftError('draft-not-found', `没有编号为 ${id} 的草稿。`);
    return draft;
  }
}
