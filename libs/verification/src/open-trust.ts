import { EncodingError } from '@mandate/encoding';
import { TRUST_LIST_PATH } from '@mandate/published';
import type { Evidence, FactCode } from './verdict.ts';
import type { VerifyOptions } from './source.ts';
import { parseTrustList, TrustListError, type TrustList } from '@mandate/trust';

/** The trust list, or why there is none to go by. */
export type Trust =
  | { readonly list: TrustList; readonly code?: undefined }
  | {
      readonly list?: undefined;
      readonly code: Extract<FactCode<'issuer'>, `trust-list-${string}`>;
      readonly evidence?: Evidence;
    };

/** The list by the pinned root, newer than or the same as any seen before, and not past its time. */
export async function openTrust(options: VerifyOptions): Promise<Trust> {
  const { source, rootFingerprint, now, remembered } = options;
  let bytes: Uint8Array;
  try {
    bytes = await source.read(TRUST_LIST_PATH);
  } catch (error) {
    return { code: 'trust-list-unreachable', evidence: { reason: String(error) } };
  }
  let list: TrustList;
  try {
    list = parseTrustList(bytes, rootFingerprint);
  } catch (error) {
    if (!(error instanceof TrustListError) && !(error instanceof EncodingError)) throw error;
    const foreign = error instanceof TrustListError && error.code === 'foreign';
    return {
      code: foreign ? 'trust-list-foreign' : 'trust-list-invalid',
      evidence: { reason: error.message, rootFingerprint },
    };
  }
  const evidence = { version: list.version, issued: list.issued, nextUpdate: list.nextUpdate };
  if (now > new Date(list.nextUpdate)) return { code: 'trust-list-stale', evidence };
  // An older list, still in its time, might bring a revoked key back.
  const key = `trust-list ${rootFingerprint}`;
  const seen = Number((await remembered?.get(key)) ?? 0);
  if (list.version < seen) return { code: 'trust-list-replayed', evidence: { ...evidence, seen } };
  if (list.version > seen) await remembered?.set(key, String(list.version));
  return { list };
}
