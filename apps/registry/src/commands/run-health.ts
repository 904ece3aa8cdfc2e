import { checkMeasures, type HealthFinding } from '@mandate/lists';
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { OrgansService } from '../organs/organs.service.ts';
import { ListHealthService } from '../list-health/list-health.service.ts';

export interface OrganReport {
  readonly organ: { readonly key: string; readonly name: string };
  /** items that were looked at */
  readonly checked: number;
  readonly findings: readonly HealthFinding[];
}

export interface HealthReport {
  readonly organs: readonly OrganReport[];
  /** measures of the negative list that nobody in the registry carries; only of a check of all organs */
  readonly measures?: readonly HealthFinding[];
}

/** @param wanted key, USCC or full name of an organ; all that have items when absent. @throws OrganError `organ-not-found` */
export async function runHealth(
  app: INestApplicationContext,
  wanted: string | undefined,
): Promise<HealthReport> {
  const tx = app.get(DataSource).manager;
  const organs = app.get(OrgansService);
  const health = app.get(ListHealthService);
  const all = wanted === undefined ? await organs.list(tx) : [await organs.get(tx, wanted)];
  const reports: OrganReport[] = [];
  const codes = new Set<string>();
  for (const organ of all) {
    const items = await health.items(tx, organ.key);
    for (const { item } of items) if (item.codes?.base !== undefined) codes.add(item.codes.base);
    if (items.length === 0 && wanted === undefined) continue;
    const findings = await health.check(tx, organ, items);
    reports.push({ organ: { key: organ.key, name: organ.name }, checked: items.length, findings });
  }
  if (wanted !== undefined) return { organs: reports };
  return { organs: reports, measures: checkMeasures(await health.negativeItems(tx), codes) };
}
