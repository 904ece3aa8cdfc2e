import { equalBytes } from '@mandate/encoding';
import { checkpointPath, REGISTRY_PATH } from '@mandate/published';
import { LogError, verifyCheckpoint } from '@mandate/transparency-log';
import type { Findings } from './findings.ts';
import type { AuditedLog } from './log.ts';

/** What an auditor saw of a log last time. */
export interface Seen {
  readonly origin: string;
  /** signed-note verifier key */
  readonly vkey: string;
  /** the signed note */
  readonly checkpoint: string;
}

/** The checkpoints seen before. A registry can show each reader another history; not one who remembers. */
export interface AuditMemory {
  find(origin: string): Promise<Seen | undefined>;
  remember(seen: Seen): Promise<void>;
}

/** The log must continue what was seen of it before, and an older checkpoint that was given. */
export async function compareWithPast(
  log: AuditedLog,
  { memory, since }: { readonly memory?: AuditMemory | undefined; readonly since?: string | undefined },
  findings: Findings,
): Promise<void> {
  const { origin, vkey } = log.identity;
  const seen = await memory?.find(origin);
  if (seen !== undefined && seen.vkey !== vkey)
    findings.problem(REGISTRY_PATH, `日志 ${origin} 的公钥与上次核查时不同`);
  else if (seen !== undefined) compareWithOlder(log, seen.checkpoint, '上次核查时', findings);
  if (since !== undefined && isOf(origin, since)) compareWithOlder(log, since, '给定的检查点', findings);
}

/** Whether a signed note is a checkpoint of the log of that origin, by its own words. */
export function isOf(origin: string, note: string): boolean {
  return note.startsWith(`${origin}\n`);
}

/** The log must continue the tree of an older checkpoint. @param where the older one comes from, for the report */
export function compareWithOlder(log: AuditedLog, older: string, where: string, findings: Findings): void {
  const { identity, checkpoint, tree } = log;
  const file = checkpointPath(log.name);
  try {
    const before = verifyCheckpoint(older, identity);
    if (before.size > checkpoint.size)
      findings.problem(file, `日志倒退：${where}有 ${before.size} 条，现在只有 ${checkpoint.size} 条`);
    else if (!equalBytes(tree.rootAt(before.size), before.root))
      findings.problem(file, `日志分叉：前 ${before.size} 条与${where}签发的检查点不是同一棵树`);
  } catch (error) {
    if (!(error instanceof LogError)) throw error;
    findings.problem(file, `与${where}的检查点无法比较（${error.code}）：${error.message}`);
  }
}
