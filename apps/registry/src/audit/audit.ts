import { encodeBase64 } from '@mandate/encoding';
import {
  LOG_FOLDER,
  LOG_NAMES,
  logFolder,
  type LogName,
  REGISTRY_PATH,
  type RegistryFile,
  REVOCATIONS_PATH,
  TRUST_LIST_PATH,
} from '@mandate/published';
import { LogError, verifyCheckpoint } from '@mandate/transparency-log';
import { type AuditedLog, auditLog } from './audit-log.ts';
import { type AuditMemory, compareWithOlder } from './audit-memory.ts';
import { auditCertificateEvents, auditLists } from './audit-lists.ts';
import { auditSigned, readRegistry } from './audit-signed.ts';
import type { AuditSource } from './audit-source.ts';
import { auditStrays } from './audit-strays.ts';
import { Findings, type Problem } from './findings.ts';

export interface AuditReport {
  readonly ok: boolean;
  readonly source: string;
  readonly logs: readonly { readonly origin: string; readonly size: number }[];
  readonly checked: { readonly files: number; readonly entries: number; readonly blobs: number };
  /** the first of them first; `omitted` counts those beyond a hundred */
  readonly problems: readonly Problem[];
  readonly omitted: number;
  readonly warnings: readonly string[];
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
 * records are computed anew from the entries and compared byte by byte.
 */
export async function auditPublished(source: AuditSource, options: AuditOptions): Promise<AuditReport> {
  const findings = new Findings();
  const registry = await readRegistry(source, findings);
  const logs: AuditedLog[] = [];
  if (registry !== undefined) {
    const fingerprint = options.rootFingerprint ?? registry.rootFingerprint;
    if (fingerprint !== registry.rootFingerprint) findings.problem(REGISTRY_PATH, '根密钥的指纹与给定的不同');
    await auditSigned(source, registry, fingerprint, options.now, findings);
    const known = new Set([REGISTRY_PATH, TRUST_LIST_PATH, REVOCATIONS_PATH]);
    for (const name of LOG_NAMES) {
      const log = await auditLog(source, logFolder(name), registry.logs[name], findings);
      if (log === undefined) continue;
      logs.push(log);
      await compareWithPast(log, options, findings);
      if (name === 'certificates') auditCertificateEvents(log, findings);
      else for (const path of await auditLists(source, registry, log, findings)) known.add(path);
      await auditRegistryLog(name, registry, log, findings);
    }
    // Without its entries a log cannot say which files are strays.
    if (logs.length === LOG_NAMES.length) await auditStrays(source, known, findings);
    if (options.since !== undefined && !logs.some(({ identity }) => isOf(identity.origin, options.since))) {
      findings.problem(LOG_FOLDER, '给定的检查点不属于这里的任何日志');
    }
  }
  const ok = findings.problems.length === 0;
  if (ok) await remember(logs, options.memory);
  return {
    ok,
    source: source.name,
    logs: logs.map(({ identity, checkpoint }) => ({ origin: identity.origin, size: checkpoint.size })),
    checked: findings.checked,
    problems: findings.problems,
    omitted: findings.omitted,
    warnings: findings.warnings,
  };
}

async function compareWithPast(log: AuditedLog, options: AuditOptions, findings: Findings): Promise<void> {
  const { origin, vkey } = log.identity;
  const seen = await options.memory?.find(origin);
  if (seen !== undefined && seen.vkey !== vkey) {
    findings.problem(REGISTRY_PATH, `日志 ${origin} 的公钥与上次核查时不同`);
  } else if (seen !== undefined) {
    await compareWithOlder(log, seen.checkpoint, '上次核查时', findings);
  }
  if (options.since !== undefined && isOf(origin, options.since)) {
    await compareWithOlder(log, options.since, '给定的检查点', findings);
  }
}

function isOf(origin: string, note: string | undefined): boolean {
  return note?.startsWith(`${origin}\n`) === true;
}

/** The registry's own words on a log must be those of a checkpoint that it signed, and that the log still continues. */
async function auditRegistryLog(
  name: LogName,
  registry: RegistryFile,
  log: AuditedLog,
  findings: Findings,
): Promise<void> {
  const said = registry.logs[name];
  try {
    const { size, root } = verifyCheckpoint(said.checkpoint, log.identity);
    if (size !== said.size || encodeBase64(root) !== said.root) {
      findings.problem(REGISTRY_PATH, `日志 ${name} 的 size、root 与其检查点不同`);
    }
  } catch (error) {
    if (!(error instanceof LogError)) throw error;
    findings.problem(REGISTRY_PATH, `日志 ${name} 的检查点不可信（${error.code}）`);
    return;
  }
  await compareWithOlder(log, said.checkpoint, `${REGISTRY_PATH} `, findings);
}

async function remember(logs: readonly AuditedLog[], memory: AuditMemory | undefined): Promise<void> {
  for (const { identity, note } of logs) {
    await memory?.remember({ origin: identity.origin, vkey: identity.vkey, checkpoint: note });
  }
}
