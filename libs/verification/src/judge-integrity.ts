import { encodeHex } from '@mandate/encoding';
import { fails, holds, unknown } from './facts.ts';
import { isListedSigner } from './judge-issuer.ts';
import type { Trust } from './open-trust.ts';
import type { CertificateDocument, OtherDocument } from './read-document.ts';
import type { Fact } from './verdict.ts';

/** Reading has verified the one signature over the whole file (formats §5.3): this tells what it rests on. */
export function judgeIntegrity({ pdf }: CertificateDocument): Fact<'integrity'> {
  return holds('integrity', {
    documentDigest: encodeHex(pdf.documentDigest),
    algorithm: pdf.algorithm,
    claimedTime: pdf.signedAt.toISOString(),
  });
}

/**
 * Signed as we sign, but what was signed is no certificate that this program reads. By a key of ours something is wrong
 * with it, by another it is not our file.
 *
 * The schema of the attached data is under the signature of the file: only who holds the key of a listed organ can have
 * named a later one, so nobody turns a forgery into “not decided” by it.
 */
export function judgeOther({ pdf, code }: OtherDocument, trust: Trust): readonly Fact[] {
  const evidence = { documentDigest: encodeHex(pdf.documentDigest) };
  const undecided = unknown('integrity', code, evidence);
  if (trust.list === undefined) return [undecided, trust.fact];
  if (!isListedSigner(pdf, trust.list)) return [undecided, fails('issuer', 'foreign-signature')];
  return [code === 'newer-format' ? undecided : fails('integrity', code, evidence)];
}
