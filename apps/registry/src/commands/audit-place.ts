import { readFile } from 'node:fs/promises';
import { auditPublished, type AuditReport, type AuditSource } from '@mandate/audit';
import { REGISTRY_PATH } from '@mandate/published';
import { UsageError } from './usage-error.ts';
import { withPublishedLock } from '../publication/published-lock.ts';
import { publishedPaths } from '../publication/published-paths.ts';
import { AuditMemoryFolder } from './audit-memory.ts';
import { openAuditSource } from './audit-source.ts';

/** A publication that goes on while its files are read shows a mixture; after so many tries it is no coincidence. */
const ATTEMPTS = 3;

/**
 * Audits a folder or an address; without one, the files this registry publishes. What was seen of a log is remembered
 * in the data folder.
 */
export async function auditPlace(
  place: string | undefined,
  options: { dataDir: string; sinceFile?: string | undefined; rootFingerprint?: string | undefined },
): Promise<AuditReport> {
  const since = options.sinceFile === undefined ? undefined : await readSince(options.sinceFile);
  const { root, dataLock } = publishedPaths(options.dataDir);
  const source = openAuditSource(place ?? root);
  const run = (): Promise<AuditReport> =>
    auditPublished(source, {
      memory: new AuditMemoryFolder(options.dataDir),
      since,
      rootFingerprint: options.rootFingerprint,
      now: new Date(),
    });
  return place === undefined ? withPublishedLock(dataLock, run) : whenQuiet(source, run);
}

/** Files of others cannot be locked: an audit with a fault is believed when nothing was published meanwhile. */
async function whenQuiet(source: AuditSource, run: () => Promise<AuditReport>): Promise<AuditReport> {
  for (let attempt = 1; ; attempt += 1) {
    const before = await source.read(REGISTRY_PATH);
    const report = await run();
    const after = await source.read(REGISTRY_PATH);
    const quiet = String(before) === String(after);
    if (report.ok || quiet || attempt === ATTEMPTS) return report;
  }
}

async function readSince(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(
      `不能读检查点文件 ${file}：${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
