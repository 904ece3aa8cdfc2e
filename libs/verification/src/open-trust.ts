import { EncodingError } from '@mandate/encoding';
import { TRUST_LIST_PATH } from '@mandate/published';
import { parseTrustList, TrustListError, type TrustList } from '@mandate/trust';
import { unknown } from './facts.ts';
import type { VerifyOptions } from './source.ts';
import type { Fact } from './verdict.ts';

/** The trust list, or why there is none to go by. */
export type Trust =
  | { readonly list: TrustList; readonly fact?: undefined }
  | { readonly list?: undefined; readonly fact: Fact<'issuer'> };

const CODES = {
  invalid: 'trust-list-invalid',
  foreign: 'trust-list-foreign',
  'newer-format': 'newer-format',
} as const satisfies Record<TrustListError['code'], string>;

/** The list by the pinned root, newer than or the same as any seen before, and not past its time (formats §8.2, §8.4). */
export async function openTrust(options: VerifyOptions): Promise<Trust> {
  const { source, rootFingerprint, now, remembered } = options;
  let bytes: Uint8Array;
  try {
    bytes = await source.read(TRUST_LIST_PATH);
  } catch (error) {
    return { fact: unknown('issuer', 'trust-list-unreachable', { reason: String(error) }) };
  }
  let list: TrustList;
  try {
    list = parseTrustList(bytes, rootFingerprint);
  } catch (error) {
    if (!(error instanceof TrustListError) && !(error instanceof EncodingError)) throw error;
    const code = error instanceof TrustListError ? CODES[error.code] : 'trust-list-invalid';
    return { fact: unknown('issuer', code, { reason: error.message, rootFingerprint }) };
  }
  const evidence = { version: list.version, issued: list.issued, nextUpdate: list.nextUpdate };
  if (now > new Date(list.nextUpdate)) return { fact: unknown('issuer', 'trust-list-stale', evidence) };
  // An older list, still in its time, might bring a revoked key back.
  const key = `trust-list ${rootFingerprint}`;
  const seen = Number((await remembered?.get(key)) ?? 0);
  if (list.version < seen) return { fact: unknown('issuer', 'trust-list-replayed', { ...evidence, seen }) };
  if (list.version > seen) await remembered?.set(key, String(list.version));
  return { list };
}
