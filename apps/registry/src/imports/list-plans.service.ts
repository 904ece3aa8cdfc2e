import { Injectable } from '@nestjs/common';
import {
  type AuthoritySource,
  type DiscretionSource,
  IMPORT_LIMITS,
  type ImportLimits,
  type NegativeSource,
} from '@mandate/list-files';
import { type HealthFinding, OrganSchema } from '@mandate/lists';
import type { EntityManager } from 'typeorm';
import { ListHealthService } from '../list-health/list-health.service.ts';
import { AuthorityPlanService } from './authority-plan.service.ts';
import { DiscretionPlanService } from './discretion-plan.service.ts';
import type { FindingsReport } from './import-report.ts';
import type { ListFiles } from './list-files.ts';
import type { ListPlan, PlanOptions } from './list-plan.ts';
import { NegativePlanService } from './negative-plan.service.ts';

/** What the files of one list mean for it, whichever kind of list it is. */
@Injectable()
export class ListPlansService {
  constructor(
    private readonly authority: AuthorityPlanService,
    private readonly negative: NegativePlanService,
    private readonly health: ListHealthService,
    private readonly discretion: DiscretionPlanService,
  ) {}

  async plan(tx: EntityManager, { key, files }: ListFiles, options: PlanOptions): Promise<ListPlan> {
    const authority = files.flatMap(({ source }): AuthoritySource[] =>
      source.register === 'authority-item' ? [source] : [],
    );
    const negative = files.flatMap(({ source }): NegativeSource[] =>
      source.register === 'negative-list-item' ? [source] : [],
    );
    const discretion = files.flatMap(({ source }): DiscretionSource[] =>
      source.register === 'discretion' ? [source] : [],
    );
    if (discretion.length > 0) return this.discretion.plan(tx, key, discretion, options);
    return negative.length > 0
      ? this.negative.plan(tx, key, negative, options)
      : this.authority.plan(tx, key, authority, options);
  }

  /** The health check of the items as they would be. Negative lists have none. */
  async findings(
    tx: EntityManager,
    list: ListFiles,
    plan: Pick<ListPlan, 'items'>,
    limits: Pick<ImportLimits, 'checkedItems' | 'reportedFindings'> = IMPORT_LIMITS,
  ): Promise<FindingsReport | undefined> {
    if (list.register !== 'authority-item' || plan.items.length > limits.checkedItems) return undefined;
    const found = await this.health.check(tx, OrganSchema.parse(list.owner), plan.items);
    return { total: found.length, rules: countByRule(found), list: found.slice(0, limits.reportedFindings) };
  }
}

function countByRule(found: readonly HealthFinding[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { rule } of found) counts[rule] = (counts[rule] ?? 0) + 1;
  return counts;
}
