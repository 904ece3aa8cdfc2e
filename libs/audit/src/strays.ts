import { blobName } from '@mandate/encoding';
import { blobPath, findBlobOfPath, findLogOfPath } from '@mandate/published';
import type { Findings } from './findings.ts';
import type { AuditSource } from './source.ts';

/**
 * Files that nothing accounts for: what lies under the public root is taken for the registry's word.
 * @param newer whether the log has registers that this audit does not know; they may have files
 */
export async function auditStrays(
  source: AuditSource,
  known: ReadonlySet<string>,
  newer: boolean,
  findings: Findings,
): Promise<void> {
  for (const path of (await source.list()) ?? []) {
    if (known.has(path) || findLogOfPath(path) !== undefined) continue;
    if (findBlobOfPath(path) !== undefined) await auditLooseBlob(source, path, findings);
    else if (newer) findings.pass(path, '不为本程序所知：日志中有比本程序新的条目（newer-format）');
    else findings.problem(path, '不是登记簿发布的文件');
  }
}

/** A blob is published before the entry that names it, so one without an entry is no fault by itself. */
async function auditLooseBlob(source: AuditSource, path: string, findings: Findings): Promise<void> {
  const bytes = await source.read(path);
  if (bytes === undefined) return;
  if (blobPath(blobName(bytes)) === path) findings.warn(`${path} 还没有条目指向它`);
  else findings.problem(path, '内容的哈希与文件名不同');
}
