import { describe, expect, test } from '@jest/globals';
import { type AuthorityItem, type HealthFinding, organKey } from '@mandate/lists';
import type { EntityManager } from 'typeorm';
import type { ListHealthService } from '../list-health/list-health.service.ts';
import type { AuthorityPlanService } from './authority-plan.service.ts';
import type { DiscretionPlanService } from './discretion-plan.service.ts';
import type { ListFiles } from './list-files.ts';
import { ListPlansService } from './list-plans.service.ts';
import type { NegativePlanService } from './negative-plan.service.ts';

const name = '示例市示例局';
const organ = { schema: 'organ/1' as const, key: organKey({ name }), name };
const list: ListFiles = { register: 'authority-item', key: organ.key, name, owner: organ, files: [] };
const item: AuthorityItem = {
  schema: 'authority-item/1',
  organ: organ.key,
  name: '甲许可',
  category: '01',
  state: 'in-force',
  bases: [],
  levels: [],
  subItems: [],
};

describe('the health check of an import', () => {
  const finding = { rule: 'listed-twice' } as HealthFinding;
  // What it finds is not asked here: it is told how many items it was given.
  const health = {
    check: (_tx: EntityManager, _organ: unknown, items: readonly unknown[]) =>
      Promise.resolve(items.map(() => finding)),
  } as unknown as ListHealthService;
  // The plans are not asked here, nor is the database.
  const plans = new ListPlansService(
    {} as AuthorityPlanService,
    {} as NegativePlanService,
    health,
    {} as DiscretionPlanService,
  );
  const findings = (items: number, limits: { checkedItems: number; reportedFindings: number }) =>
    plans.findings(
      {} as EntityManager,
      list,
      { items: Array.from({ length: items }, () => ({ item })) },
      limits,
    );

  test('is left out for a list that is longer than it holds', async () => {
    expect(await findings(3, { checkedItems: 3, reportedFindings: 9 })).toBeDefined();
    expect(await findings(3, { checkedItems: 2, reportedFindings: 9 })).toBeUndefined();
  });

  test('counts all findings and carries the first of them', async () => {
    expect(await findings(3, { checkedItems: 9, reportedFindings: 2 })).toEqual({
      total: 3,
      rules: { 'listed-twice': 3 },
      list: [finding, finding],
    });
  });
});
