import { conclude } from './conclude.ts';
import { findRevocation } from './find-revocation.ts';
import { judgeIntegrity, judgeOther } from './judge-integrity.ts';
import { judgeIssuer } from './judge-issuer.ts';
import { judgeLog } from './judge-log.ts';
import { judgeMandate } from './judge-mandate.ts';
import { judgeStatus } from './judge-status.ts';
import { judgeValidity } from './judge-validity.ts';
import { openLogs } from './open-log.ts';
import { openTrust } from './open-trust.ts';
import { proveEntry } from './prove-entry.ts';
import { proveIssue } from './prove-issue.ts';
import { readDocument } from './read-document.ts';
import type { VerifyOptions } from './source.ts';
import type { Verdict } from './verdict.ts';

/**
 * The one judge of a file (formats §11.2): site, API and command line all ask here. Nothing leaves the machine but requests
 * for public files that name no certificate.
 * @returns a verdict for every file and every answer of a server; throws only what `remembered` throws
 */
export async function verifyDocument(file: Uint8Array, options: VerifyOptions): Promise<Verdict> {
  const { now, source } = options;

  // What the file is, by itself. What was altered is altered, whatever the rest of it says: nobody is asked.
  const document = await readDocument(file);
  if (document.kind === 'refused') return conclude(now, document.facts);

  // Whom to believe. Without a certificate in it, the file can only be somebody's who signs for this registry, or not.
  const trust = await openTrust(options);
  if (document.kind === 'other') return conclude(now, judgeOther(document, trust));
  const { certificate } = document;
  const own = [judgeIntegrity(document), judgeValidity(certificate, now)];
  if (trust.list === undefined) return conclude(now, [...own, trust.fact], { certificate });

  // Who signed, and when: the log knows the time, the signer only claims one. Of a stranger's file nothing more is said.
  const issue = proveIssue(document, trust.list);
  const issuer = await judgeIssuer(document, trust.list, issue.at);
  if (issuer.state !== 'holds') return conclude(now, [...own, issuer], { certificate });

  // What the registry says of it: was there the power, is it in the log, has it ended.
  const logs = await openLogs(trust.list, options);
  const entry = proveEntry(certificate, trust.list);
  const [mandate, log, status] = await Promise.all([
    judgeMandate(certificate, { entry, issue, lists: logs.lists, source }),
    judgeLog(issue, entry, logs),
    judgeStatus(certificate.status, trust.list, options, () =>
      findRevocation(certificate, logs.certificates),
    ),
  ]);
  return conclude(now, [...own, issuer, mandate.fact, log, status], { certificate, mandate: mandate.listed });
}
