import { encodeBase64 } from '@mandate/encoding';
import {
  LOG_FOLDER,
  LOG_NAMES,
  REGISTRY_PATH,
  type RegistryFile,
  REVOCATIONS_PATH,
  TRUST_LIST_PATH,
} from '@mandate/published';
import { LogError, verifyCheckpoint } from '@mandate/transparency-log';
import { type AuditedEvents, auditCertificateEvents } from './entries.ts';
import { Findings, type Problem } from './findings.ts';
import { type AuditedLog, auditLog } from './log.ts';
import { type AuditMemory, compareWithOlder, compareWithPast, isOf } from './past.ts';
import { type AuditedLists, auditLists } from './records.ts';
import { auditRegistryFile } from './registry-file.ts';
import { auditSignedFiles } from './signed-files.ts';
import type { AuditSource } from './source.ts';
import { auditStrays } from './strays.ts';

export interface AuditReport {
  /** nothing is wrong, as far as it could be judged: see `unjudged` */
  readonly ok: boolean;
  readonly source: string;
  readonly logs: readonly { readonly origin: string; readonly size: number }[];
  readonly checked: { readonly files: number; readonly entries: number; readonly blobs: number };
  /** the first of them first; `omitted` counts those beyond a hundred */
  readonly problems: readonly Problem[];
  readonly omitted: number;
  readonly warnings: readonly string[];
  /** what is newer than this audit, and may be right or wrong */
  readonly unjudged: readonly string[];
}

export interface AuditOptions {
  /** what was seen before; kept up to date when the audit finds nothing wrong */
  readonly memory?: AuditMemory | undefined;
  /** an older checkpoint, as a signed note */
  readonly since?: string | undefined;
  /** `sha256:…` of the root key, known from elsewhere */
  readonly rootFingerprint?: string | undefined;
  readonly now: Date;
}

/**
 * Re-reads everything that is published, as a stranger: with nothing but the files, and what he saw before. Trees and
 * records are computed anew from the entries, by none of the code that writes them.
 */
export async function auditPublished(source: AuditSource, options: AuditOptions): Promise<AuditReport> {
  const findings = new Findings();
  const registry = await auditRegistryFile(source, options.rootFingerprint, findings);
  const logs = registry === undefined ? [] : await auditAll(source, registry, options, findings);
  const ok = findings.problems.length === 0;
  if (ok) {
    for (const { identity, note } of logs)
      await options.memory?.remember({ origin: identity.origin, vkey: identity.vkey, checkpoint: note });
  }
  return {
    ok,
    source: source.name,
    logs: logs.map(({ identity, checkpoint }) => ({ origin: identity.origin, size: checkpoint.size })),
    checked: findings.checked,
    problems: findings.problems,
    omitted: findings.omitted,
    warnings: findings.warnings,
    unjudged: findings.unjudged,
  };
}

async function auditAll(
  source: AuditSource,
  registry: RegistryFile,
  options: AuditOptions,
  findings: Findings,
): Promise<readonly AuditedLog[]> {
  const logs: AuditedLog[] = [];
  let lists: AuditedLists | undefined;
  let events: AuditedEvents | undefined;
  for (const name of LOG_NAMES) {
    const log = await auditLog(source, name, registry.logs[name], findings);
    if (log === undefined) continue;
    logs.push(log);
    await compareWithPast(log, options, findings);
    if (name === 'lists') lists = await auditLists(source, registry, log, findings);
    else events = auditCertificateEvents(log, findings);
    auditRegistryLog(registry, log, findings);
  }
  const fingerprint = options.rootFingerprint ?? registry.rootFingerprint;
  await auditSignedFiles(source, registry, { fingerprint, lists, events, now: options.now }, findings);
  // Without its entries a log cannot say which files are strays.
  if (lists !== undefined && events !== undefined) {
    const known = new Set([REGISTRY_PATH, TRUST_LIST_PATH, REVOCATIONS_PATH, ...lists.paths]);
    await auditStrays(source, known, lists.newer, findings);
  }
  const { since } = options;
  if (since !== undefined && !logs.some(({ identity }) => isOf(identity.origin, since)))
    findings.problem(LOG_FOLDER, '给定的检查点不属于这里的任何日志');
  return logs;
}

/** The registry's own words on a log must be those of a checkpoint that it signed, and that the log still continues. */
function auditRegistryLog(registry: RegistryFile, log: AuditedLog, findings: Findings): void {
  const said = registry.logs[log.name];
  try {
    const { size, root } = verifyCheckpoint(said.checkpoint, log.identity);
    if (size !== said.size || encodeBase64(root) !== said.root)
      findings.problem(REGISTRY_PATH, `日志 ${log.name} 的 size、root 与其检查点不同`);
  } catch (error) {
    if (!(error instanceof LogError)) throw error;
    findings.problem(REGISTRY_PATH, `日志 ${log.name} 的检查点不可信（${error.code}）`);
    return;
  }
  compareWithOlder(log, said.checkpoint, `${REGISTRY_PATH} `, findings);
}
