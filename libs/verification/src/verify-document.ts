import { subjectCommitment, type Certificate } from '@mandate/certificate';
import { encodeHex } from '@mandate/encoding';
import type { SignedPdf } from '@mandate/signature';
import { checkIssuer, isListedSigner } from './check-issuer.ts';
import { checkLog, proveIssue, type ProvenIssue } from './check-log.ts';
import { checkMandate, proveEntry, type ProvenEntry } from './check-mandate.ts';
import { checkStatus, findRevocation } from './check-status.ts';
import { checkValidity } from './check-validity.ts';
import { conclude } from './conclude.ts';
import { fails, finding, findingLater, holds, unknown } from './facts.ts';
import { LogFault, openLog, type LogKind } from './open-log.ts';
import { openTrust, type Trust } from './open-trust.ts';
import { readDocument } from './read-document.ts';
import type { VerifyOptions } from './source.ts';
import type { TrustList } from '@mandate/trust';
import type { Fact, Mandate, Verdict } from './verdict.ts';

/**
 * The one judge of a file: site, API and command line all ask here. Nothing leaves the machine but requests for public
 * files that name no certificate.
 * @returns a verdict for every file and every answer of a server; throws only what `remembered` throws
 */
export async function verifyDocument(file: Uint8Array, options: VerifyOptions): Promise<Verdict> {
  const { now } = options;
  const reading = await readDocument(file);
  switch (reading.kind) {
    case 'broken':
      return conclude(now, [fails('integrity', reading.code, { reason: reading.reason })]);
    case 'unchecked':
      return conclude(now, [unknown('integrity', 'no-webcrypto')]);
    case 'foreign':
      return conclude(now, [
        unknown('integrity', 'foreign-signature', { reason: reading.reason }),
        fails('issuer', 'foreign-signature'),
      ]);
    case 'other':
      return judgeOther(reading, await openTrust(options), now);
    case 'certificate':
      return judgeCertificate(reading, await openTrust(options), options);
  }
}

/** Signed as we sign, but no certificate: by a key of ours something is wrong with it, by another it is not our file. */
function judgeOther(
  { pdf, code }: { readonly pdf: SignedPdf; readonly code: NonNullable<Fact<'integrity'>['code']> },
  trust: Trust,
  now: Date,
): Verdict {
  const evidence = { documentDigest: encodeHex(pdf.documentDigest) };
  if (trust.list === undefined)
    return conclude(now, [
      unknown('integrity', code, evidence),
      unknown('issuer', trust.code, trust.evidence),
    ]);
  return isListedSigner(pdf, trust.list)
    ? conclude(now, [fails('integrity', code, evidence)])
    : conclude(now, [unknown('integrity', code, evidence), fails('issuer', 'foreign-signature')]);
}

interface Document {
  readonly pdf: SignedPdf;
  readonly certificate: Certificate;
}

async function judgeCertificate(document: Document, trust: Trust, options: VerifyOptions): Promise<Verdict> {
  const { certificate, pdf } = document;
  const integrity = holds('integrity', {
    documentDigest: encodeHex(pdf.documentDigest),
    algorithm: pdf.algorithm,
    claimedTime: pdf.signedAt.toISOString(),
  });
  const validity = checkValidity(certificate, options.now);
  if (trust.list === undefined)
    return conclude(options.now, [integrity, unknown('issuer', trust.code, trust.evidence), validity], {
      certificate,
    });

  const { list } = trust;
  const issue = finding(() => proveIssue(certificate, pdf, list));
  const issuedAt = 'event' in issue ? new Date(issue.event.time) : endOf(certificate.issueDate);
  const issuer = await checkIssuer(certificate, pdf, list, issuedAt);
  if (issuer.state !== 'holds') return conclude(options.now, [integrity, issuer, validity], { certificate });

  const { facts, mandate } = await judgeListed(document, list, { issue, issuedAt }, options);
  return conclude(options.now, [integrity, issuer, ...facts, validity], {
    certificate,
    ...(mandate && { mandate }),
  });
}

/** What the registry says about a certificate that one of its organs signed: mandate, log, status. */
async function judgeListed(
  { certificate }: Document,
  trust: TrustList,
  { issue, issuedAt }: { readonly issue: ProvenIssue | Fact; readonly issuedAt: Date },
  options: VerifyOptions,
): Promise<{ readonly facts: readonly Fact[]; readonly mandate?: Mandate | undefined }> {
  const open = (kind: LogKind) => openLog(kind, trust, options).catch(asFault);
  const [lists, certificates] = await Promise.all([open('lists'), open('certificates')]);
  const entry = finding(() => proveEntry(certificate, trust));
  const asOf = { day: certificate.issueDate, at: issuedAt, size: proofCheckpoint(entry)?.size ?? 0 };
  const published = { source: options.source, lists };
  const subject = subjectCommitment(certificate.salt, certificate.identifier);
  const [log, mandate, status] = await Promise.all([
    'event' in issue ? checkLog(issue, proofCheckpoint(entry), { lists, certificates }) : issue,
    'entry' in entry
      ? findingLater(() => checkMandate(certificate, entry, asOf, published))
      : { fact: entry, mandate: undefined },
    checkStatus(certificate.status, trust, options, () => findRevocation(subject, certificates)),
  ]);
  return 'fact' in mandate
    ? { facts: [mandate.fact, log, status], mandate: mandate.mandate }
    : { facts: [mandate, log, status] };
}

function proofCheckpoint(entry: ProvenEntry | Fact) {
  return 'entry' in entry ? entry.checkpoint : undefined;
}

function asFault(error: unknown): LogFault {
  if (error instanceof LogFault) return error;
  throw error;
}

/** Without a proven time the whole day of issue counts as past. */
function endOf(day: string): Date {
  return new Date(`${day}T23:59:59+08:00`);
}
