import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

/** Audits the published files of a folder, with nothing seen before. */
export async function auditFolder(folder: string): Promise<AuditReport> {
  const memory = await mkdtemp(join(tmpdir(), 'mandate-audit-'));
  try {
    return await auditPlace(folder, { dataDir: memory });
  } finally {
    await rm(memory, { recursive: true, force: true });
  }
}
