import { chinaDay, subjectCommitment, type Certificate, type CertificateEvent } from '@mandate/certificate';
import { encodeHex, fromUtf8, utf8 } from '@mandate/encoding';
import { hashLeaf, LogError, verifyTlogProof, type Checkpoint } from '@mandate/transparency-log';
import { parseStapledEvent, parseStapledProof, StapleError, type TrustList } from '@mandate/trust';
import { fails, factOf, Finding, unknown } from './facts.ts';
import { findLogIdentity } from './open-log.ts';
import type { CertificateDocument } from './read-document.ts';
import type { Fact } from './verdict.ts';

/** A page drawn before midnight may be logged after it. */
const MIDNIGHT_MS = 10 * 60_000;

/** The issue event as the certificates log has it, and the time of issue; or why it is not known. */
export type Issue =
  | {
      readonly event: CertificateEvent;
      /** the time of the event */
      readonly at: Date;
      readonly index: number;
      readonly checkpoint: Checkpoint;
      readonly fact?: undefined;
    }
  /** Without a proven time the whole day of issue counts as past. */
  | { readonly event?: undefined; readonly at: Date; readonly fact: Fact };

/** From the stapled proof alone, offline (formats §5.5). */
export function proveIssue(document: CertificateDocument, trust: TrustList): Issue {
  try {
    const proven = readStaple(document, trust);
    verifyEvent(proven.event, document);
    return { ...proven, at: new Date(proven.event.time) };
  } catch (error) {
    return { at: endOf(document.certificate.issueDate), fact: factOf(error) };
  }
}

/**
 * The stapled bytes are signed by nobody. So the log must have the leaf before anything in it counts, a later version too;
 * only of the proof's own version nothing can be proved, and whoever writes another there could as well take the whole
 * staple out: that is `proof-missing`, and as little known.
 * @throws Finding
 */
function readStaple({ pdf, certificate }: CertificateDocument, trust: TrustList) {
  if (pdf.proof === undefined) throw new Finding(unknown('log', 'proof-missing'));
  const identity = findLogIdentity(trust, 'certificates');
  if (identity === undefined) throw new Finding(unknown('log', 'log-invalid', { log: 'certificates' }));
  try {
    const { leaf, proof } = parseStapledProof(pdf.proof);
    const proven = verifyTlogProof(leaf, proof, identity);
    return { ...proven, event: readEvent(leaf, certificate) };
  } catch (error) {
    if (!(error instanceof StapleError || error instanceof LogError)) throw error;
    const evidence = { reason: error.message };
    throw new Finding(
      error.code === 'newer-format'
        ? unknown('log', 'newer-format', evidence)
        : fails('log', 'proof-invalid', evidence),
    );
  }
}

/** @throws StapleError, Finding for a later event that is about something else (formats §9.3) */
function readEvent(leaf: Uint8Array, certificate: Certificate): CertificateEvent {
  try {
    return parseStapledEvent(leaf);
  } catch (error) {
    const isNewer = error instanceof StapleError && error.code === 'newer-format';
    // The leaf of another certificate, in whatever version, is no reason not to decide about this one.
    if (isNewer && !fromUtf8(leaf).includes(commitmentOf(certificate))) throw ofAnother('subject');
    throw error;
  }
}

/** The event must be about this very document. @throws Finding */
function verifyEvent(event: CertificateEvent, { certificate, pdf }: CertificateDocument): void {
  const expected = {
    event: 'issue',
    subject: commitmentOf(certificate),
    document: encodeHex(pdf.documentDigest),
    mandate: encodeHex(hashLeaf(utf8(certificate.mandate.entry))),
  } as const;
  for (const name of ['event', 'subject', 'document', 'mandate'] as const) {
    if (event[name] !== expected[name]) throw ofAnother(name);
  }
  // A date before the day it was logged would borrow a power that had already ended.
  const logged = new Date(event.time);
  const { issueDate } = certificate;
  const delay = logged.getTime() - endOf(issueDate).getTime();
  if (chinaDay(logged) !== issueDate && !(delay > 0 && delay < MIDNIGHT_MS))
    throw new Finding(fails('log', 'issue-date-differs', { issueDate, logged: chinaDay(logged) }));
}

function ofAnother(differs: string): Finding {
  return new Finding(fails('log', 'proof-of-another-document', { differs }));
}

function commitmentOf({ salt, identifier }: Certificate): string {
  return subjectCommitment(salt, identifier);
}

function endOf(day: string): Date {
  return new Date(`${day}T23:59:59+08:00`);
}
