import { chinaDay, subjectCommitment, type Certificate, type CertificateEvent } from '@mandate/certificate';
import { encodeHex, utf8 } from '@mandate/encoding';
import { hashLeaf, LogError, verifyTlogProof, type Checkpoint } from '@mandate/transparency-log';
import type { SignedPdf } from '@mandate/signature';
import { fails, Finding, holds, unknown } from './facts.ts';
import { findLogIdentity, LogFault, verifyPrefix, type OpenLog } from './open-log.ts';
import { parseStaple, StapleError, type Staple } from '@mandate/trust';
import type { TrustList } from '@mandate/trust';
import type { Fact } from './verdict.ts';

/** A page drawn before midnight may be logged after it. */
const MIDNIGHT_MS = 10 * 60_000;

/** The issue event as the certificates log has it. */
export interface ProvenIssue {
  readonly event: CertificateEvent;
  readonly index: number;
  readonly checkpoint: Checkpoint;
}

/** From the stapled proof alone, offline. @throws Finding */
export function proveIssue(certificate: Certificate, pdf: SignedPdf, trust: TrustList): ProvenIssue {
  if (pdf.proof === undefined) throw new Finding(unknown('log', 'proof-missing'));
  const identity = findLogIdentity(trust, 'certificates');
  if (identity === undefined) throw new Finding(unknown('log', 'log-invalid', { log: 'certificates' }));
  try {
    const staple = parseStaple(pdf.proof);
    const proven = verifyTlogProof(staple.leaf, staple.proof, identity);
    verifyEvent(staple, certificate, pdf);
    return { event: staple.event, ...proven };
  } catch (error) {
    if (error instanceof StapleError || error instanceof LogError)
      throw new Finding(fails('log', 'proof-invalid', { reason: error.message }));
    throw error;
  }
}

/** The published log must continue the trees of the proofs, or some readers are shown another history than others. */
export async function checkLog(
  issue: ProvenIssue,
  listsProof: Checkpoint | undefined,
  logs: { readonly certificates: OpenLog | LogFault; readonly lists: OpenLog | LogFault },
): Promise<Fact<'log'>> {
  try {
    const [certificates, lists] = [opened(logs.certificates), opened(logs.lists)];
    await verifyPrefix('certificates', certificates, issue.checkpoint);
    if (listsProof !== undefined) await verifyPrefix('lists', lists, listsProof);
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

export function opened(log: OpenLog | LogFault): OpenLog {
  if (log instanceof LogFault) throw log;
  return log;
}

/** The stapled bytes are signed by nobody: they must be about this very document. */
function verifyEvent({ event }: Staple, certificate: Certificate, pdf: SignedPdf): void {
  const expected = {
    event: 'issue',
    subject: subjectCommitment(certificate.salt, certificate.identifier),
    document: encodeHex(pdf.documentDigest),
    mandate: encodeHex(hashLeaf(utf8(certificate.mandate.entry))),
  } as const;
  for (const name of ['event', 'subject', 'document', 'mandate'] as const) {
    if (event[name] !== expected[name])
      throw new Finding(fails('log', 'proof-of-another-document', { differs: name }));
  }
  // A date before the day it was logged would borrow a power that had already ended.
  const logged = new Date(event.time);
  const delay = logged.getTime() - new Date(`${certificate.issueDate}T23:59:59+08:00`).getTime();
  if (chinaDay(logged) !== certificate.issueDate && !(delay > 0 && delay < MIDNIGHT_MS))
    throw new Finding(
      fails('log', 'issue-date-differs', { issueDate: certificate.issueDate, logged: chinaDay(logged) }),
    );
}
