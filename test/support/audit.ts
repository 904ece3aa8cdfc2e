import { expect } from '@jest/globals';
import type { AuditReport } from '@mandate/audit';
import { auditPlace } from '../../apps/registry/src/commands/audit-place.ts';

/** Audits what the registry with this data folder publishes. */
export function audit(dataDir: string): Promise<AuditReport> {
  return auditPlace(undefined, { dataDir });
}

/** After every step of a test, the whole published log is read again as a stranger would. */
export async function expectSound(dataDir: string): Promise<AuditReport> {
  const report = await audit(dataDir);
  expect(report.problems).toEqual([]);
  expect(report.ok).toBe(true);
  return report;
}
