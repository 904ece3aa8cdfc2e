import { CertificateEventSchema } from '@mandate/certificate';
import { EncodingError, parseJson } from '@mandate/encoding';
import { OrganSchema } from '@mandate/lists';
import {
  blobPath,
  type IndexedEntry,
  type LogName,
  logPath,
  REGISTRY_PATH,
  type RegistryFile,
} from '@mandate/published';
import { byKey, parseListEntry } from '../publication/records.ts';
import { type AuditedLog, isCanonical } from './audit-log.ts';
import { auditBlobs, compareRecords, expectedRecords, newestBlob } from './audit-records.ts';
import type { AuditSource } from './audit-source.ts';
import type { Findings } from './findings.ts';

/**
 * The lists log's entries, the blobs they name, and the records that follow from both.
 * @returns every path below the public root that the entries account for
 */
export async function auditLists(
  source: AuditSource,
  registry: RegistryFile,
  log: AuditedLog,
  findings: Findings,
): Promise<readonly string[]> {
  const entries = auditListEntries(log, findings);
  const blobs = await auditBlobs(source, entries, findings);
  const { size } = registry.logs.lists;
  const before = entries.filter(({ index }) => index < size);
  const states = [expectedRecords(before, blobs)];
  if (size !== log.checkpoint.size) {
    findings.warn(`清单文件停在第 ${size} 条，日志已有 ${log.checkpoint.size} 条：上一次发布没有完成`);
    states.push(expectedRecords(entries, blobs));
  }
  await compareRecords(source, states, findings);
  const organs = byKey(before.filter(({ entry }) => entry.register === 'organ'));
  const sample = organs.some(
    ([, history]) => OrganSchema.safeParse(newestBlob(history, blobs.values)).data?.sample === true,
  );
  if (registry.sample !== sample) findings.problem(REGISTRY_PATH, 'sample 与清单中的机关不符');
  if (registry.asOf !== (before.at(-1)?.entry.time ?? '')) {
    findings.problem(REGISTRY_PATH, 'asOf 不是最新条目的时间');
  }
  return [
    ...states.flatMap((files) => [...files.keys()]),
    ...entries.map(({ entry }) => blobPath(entry.blob)),
  ];
}

/** Every leaf of the lists log as an entry; those that are none are named. */
function auditListEntries(log: AuditedLog, findings: Findings): readonly IndexedEntry[] {
  return log.leaves.flatMap((leaf, index) => {
    try {
      if (!isCanonical(leaf)) throw new EncodingError('invalid-json', '不是规范的 JSON');
      return [{ index, entry: parseListEntry(leaf) }];
    } catch (error) {
      findings.problem(entryFile('lists', index), `第 ${index} 条不符合格式：${firstLine(error)}`);
      return [];
    }
  });
}

export function auditCertificateEvents(log: AuditedLog, findings: Findings): void {
  log.leaves.forEach((leaf, index) => {
    try {
      if (!isCanonical(leaf)) throw new EncodingError('invalid-json', '不是规范的 JSON');
      CertificateEventSchema.parse(parseJson(leaf));
    } catch (error) {
      findings.problem(entryFile('certificates', index), `第 ${index} 条不符合格式：${firstLine(error)}`);
    }
  });
}

function entryFile(log: LogName, index: number): string {
  return logPath(log, `tile/entries (${index})`);
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ').slice(0, 200);
}
