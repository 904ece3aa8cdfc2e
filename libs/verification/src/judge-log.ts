import { fails, holds, unknown } from './facts.ts';
import { LogFault, opened, verifyPrefix, type OpenLogs } from './open-log.ts';
import type { Entry } from './prove-entry.ts';
import type { Issue } from './prove-issue.ts';
import type { Fact } from './verdict.ts';

/**
 * Both published logs must continue the trees of the proofs in the file (formats §3.7), or some readers are shown another
 * history than others.
 */
export async function judgeLog(issue: Issue, entry: Entry, logs: OpenLogs): Promise<Fact> {
  if (issue.fact !== undefined) return issue.fact;
  try {
    const [certificates, lists] = [opened(logs.certificates), opened(logs.lists)];
    await verifyPrefix('certificates', certificates, issue.checkpoint);
    // An entry that is not proven is the mandate's to tell.
    if (entry.fact === undefined) await verifyPrefix('lists', lists, entry.checkpoint);
    return holds('log', {
      origin: certificates.identity.origin,
      index: issue.index,
      time: issue.event.time,
      checkpoint: certificates.checkpoint.size,
      lists: lists.checkpoint.size,
    });
  } catch (error) {
    if (!(error instanceof LogFault)) throw error;
    return error.code === 'log-forked'
      ? fails('log', error.code, error.evidence)
      : unknown('log', error.code, error.evidence);
  }
}
