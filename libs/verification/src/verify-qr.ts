import { parseQrPayload, QrError, qrKeyId, type QrClaim, type QrPayload } from '@mandate/certificate';
import { sha256 } from '@mandate/encoding';
import { isEd25519Signature, parsePublicKey } from '@mandate/signature';
import type { ListedKey, TrustList } from '@mandate/trust';
import { conclude } from './conclude.ts';
import { fails, holds, unknown } from './facts.ts';
import { judgeStatus } from './judge-status.ts';
import { judgeValidity } from './judge-validity.ts';
import { openTrust } from './open-trust.ts';
import { QR_ADVICE } from './sentences.ts';
import type { VerifyOptions } from './source.ts';
import type { Fact, Verdict } from './verdict.ts';

export interface QrVerdict extends Verdict {
  /** what the code says, only when its signature holds */
  readonly claim?: QrClaim;
}

/** Codes carry only the place, not the name of the list: version 1 of the code means this one. */
const STATUS_LIST = 'revocation-1';

/** Never `valid` (formats §11.3): a code proves what it says, not what stands on the paper around it. */
export async function verifyQr(text: string, options: VerifyOptions): Promise<QrVerdict> {
  const { now } = options;
  let payload: QrPayload;
  try {
    payload = parseQrPayload(text);
  } catch (error) {
    return conclude(now, [refusalOf(error)]);
  }
  const trust = await openTrust(options);
  if (trust.list === undefined) return conclude(now, [unknown('integrity', 'code-unverified'), trust.fact]);
  const { claim, message, signature } = payload;
  const key = findKey(trust.list, claim.keyId);
  if (key === undefined)
    return conclude(now, [
      unknown('integrity', 'code-unverified'),
      fails('issuer', 'key-not-listed', { keyId: claim.keyId }),
    ]);
  if (!isEd25519Signature(signature, message, parsePublicKey(key.key)))
    return conclude(now, [fails('integrity', 'code-signature-wrong', { keyId: claim.keyId })]);

  const issuer = issuerOf(key, trust.list);
  const place = { list: STATUS_LIST, index: claim.statusIndex };
  const verdict = conclude(now, [
    holds('integrity', { dataDigest: claim.dataDigest, keyId: claim.keyId }),
    issuer,
    unknown('mandate', 'not-in-code'),
    unknown('log', 'not-in-code'),
    await judgeStatus(place, trust.list, options, () => Promise.resolve(undefined)),
    judgeValidity(claim, now),
  ]);
  return {
    ...verdict,
    claim,
    ...(verdict.verdict === 'indeterminate' && { advice: QR_ADVICE.zh }),
  };
}

/**
 * No signature of this program's age covers the version of a later code, so anybody can print one. Nothing of it is shown
 * or believed then, and “not decided” is the best that any code gets (formats §7.4, §11.3).
 */
function refusalOf(error: unknown): Fact<'integrity'> {
  if (!(error instanceof QrError)) throw error;
  const evidence = { reason: error.message };
  return error.code === 'newer-format'
    ? unknown('integrity', 'newer-format', evidence)
    : fails('integrity', 'unreadable', evidence);
}

function findKey(trust: TrustList, keyId: string): ListedKey | undefined {
  return trust.keys.qr.find(({ key }) => qrKeyId(sha256(parsePublicKey(key))) === keyId);
}

/** A code has no proven time: once its key is revoked, nobody can tell whether it was made before. */
function issuerOf(key: ListedKey, trust: TrustList): Fact<'issuer'> {
  const evidence = {
    key: key.key,
    registry: trust.registry.name,
    trustList: { version: trust.version, issued: trust.issued, rootKey: trust.rootKey },
  };
  return key.revokedAt === undefined
    ? holds('issuer', evidence)
    : unknown('issuer', 'key-revoked', { ...evidence, revokedAt: key.revokedAt });
}
