import { randomUUID } from 'node:crypto';
import { type Draft, DraftError, findingId, type Overrule, requireOverruleReason } from '@mandate/drafting';
import { HEALTH_RULES, type HealthRule } from '@mandate/lists';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Account } from '../auth/access.ts';
import { DraftGateService, type Gate } from './draft-gate.service.ts';
import { DraftOverrulesRepository } from './draft-overrules.repository.ts';
import { DraftStepsService } from './draft-steps.service.ts';

export interface OverruleRequest {
  /** id of the draft */
  readonly draft: string;
  /** of the draft, as the reviewer saw it */
  readonly version: number;
  readonly rule: HealthRule;
  /** number of the change; absent: all in which the rule finds something */
  readonly change?: number | undefined;
  /** a sentence of up to 500 characters on one line */
  readonly reason: string;
}

/** Findings of grade `must` that a reviewer lets stand, each for a reason that is published with the entry. */
@Injectable()
export class DraftOverrulesService {
  constructor(
    private readonly steps: DraftStepsService,
    private readonly gate: DraftGateService,
    private readonly overrules: DraftOverrulesRepository,
  ) {}

  async look(tx: EntityManager, draft: Pick<Draft, 'id'>): Promise<Gate> {
    return this.gate.look(tx, draft);
  }

  /** Those that count, newest first. */
  async standing(tx: EntityManager, draft: Pick<Draft, 'id'>): Promise<readonly Overrule[]> {
    return this.overrules.standing(tx, draft.id);
  }

  /**
   * Covers what is open at this moment, in the wording of this moment: what is edited or added later is not covered.
   * @returns how many findings it covers @throws AuthError, DraftError `reason-missing` | `nothing-to-overrule`
   */
  async give(
    tx: EntityManager,
    actor: Account,
    { rule, change, reason, ...seen }: OverruleRequest,
  ): Promise<{ id: string; count: number; draft: Draft }> {
    const draft = await this.steps.beginOverruling(tx, actor, seen);
    requireOverruleReason(reason);
    const open = (await this.gate.look(tx, draft)).open.filter(
      (finding) => finding.rule === rule && (change === undefined || finding.change === change),
    );
    if (open.length === 0)
      throw new DraftError(
        'nothing-to-overrule',
        `${change === undefined ? '这份草稿里' : `第 ${change.toString()} 项`}没有未处理的“${HEALTH_RULES[rule].name}”。只有应当改正、还没有处理的问题需要说明理由。`,
      );
    const id = randomUUID();
    const findings = open.map(findingId);
    await this.overrules.insert(tx, {
      id,
      draft: draft.id,
      rule,
      change,
      reason,
      findings,
      account: actor.id,
    });
    const count = open.length;
    const detail = { overrule: id, rule, count };
    const next = await this.steps.record(tx, actor, {
      draft,
      action: 'overruled',
      change,
      comment: reason,
      detail,
    });
    return { id, count, draft: next };
  }

  /** By any reviewer who may overrule: what it covered is open again. @throws AuthError, DraftError `overrule-not-found` */
  async end(
    tx: EntityManager,
    actor: Account,
    { overrule, ...seen }: { readonly draft: string; readonly version: number; readonly overrule: string },
  ): Promise<Draft> {
    const draft = await this.steps.beginOverruling(tx, actor, seen);
    const standing = await this.overrules.standing(tx, draft.id);
    const found = standing.find(({ id }) => id === overrule);
    if (found === undefined)
      throw new DraftError('overrule-not-found', '没有这一条保留，或者它已经收回、已经失效。');
    const { rule, change } = found;
    const detail = { overrule, rule };
    return this.steps.record(tx, actor, { draft, action: 'overrule-ended', change, detail });
  }
}
