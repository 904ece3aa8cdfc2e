import { findStatusPath } from '@mandate/published';
import { parsePublicKey } from '@mandate/signature';
import {
  isFresh,
  isUsableAt,
  readStatusList,
  StatusListError,
  type StatusList,
  type TrustList,
} from '@mandate/trust';
import { fails, holds, unknown } from './facts.ts';
import type { VerifyOptions } from './source.ts';
import type { Evidence, Fact } from './verdict.ts';

export interface StatusPlace {
  /** as in the certificate: the name of a list, `revocation-1`, or an address that ends in it */
  readonly list: string;
  readonly index: number;
}

/**
 * Whether it has ended (formats §6.3).
 * @param findRevocation when and why, if the bit is set
 */
export async function judgeStatus(
  place: StatusPlace,
  trust: TrustList,
  options: VerifyOptions,
  findRevocation: () => Promise<Evidence | undefined>,
): Promise<Fact<'status'>> {
  const file = findStatusPath(place.list);
  if (file === undefined) return unknown('status', 'status-other-list', { list: place.list });
  const path = `/${file}`;
  let bytes: Uint8Array;
  try {
    bytes = await options.source.read(file);
  } catch (error) {
    return unknown('status', 'status-unreachable', { path, reason: String(error) });
  }
  const list = readSigned(bytes, trust, options.now);
  if (typeof list === 'string') return unknown('status', list, { path });
  // One list signed by the right key must not stand in for another.
  if (list.url !== trust.registry.publicUrl.replace(/\/+$/, '') + path)
    return unknown('status', 'status-other-list', { path, list: list.url });
  const evidence = { list: list.url, index: place.index, asOf: list.validFrom, until: list.validUntil };
  try {
    // Revocation is for good, so a set bit counts however old the list is.
    if (list.isSet(place.index))
      return fails('status', 'revoked', { ...evidence, ...(await findRevocation()) });
  } catch (error) {
    if (!(error instanceof StatusListError)) throw error;
    return unknown('status', 'status-invalid', { ...evidence, reason: error.message });
  }
  if (!isFresh(list, options.now)) return unknown('status', 'status-stale', evidence);
  return (await isOlderThanSeen(list, options))
    ? unknown('status', 'status-replayed', evidence)
    : holds('status', evidence);
}

/**
 * The list by a status key that is usable now. That it is of a later version, its signature covers: a server cannot name
 * one to hide a bit.
 */
function readSigned(
  bytes: Uint8Array,
  trust: TrustList,
  now: Date,
): StatusList | 'status-invalid' | 'newer-format' {
  for (const listed of trust.keys.status) {
    if (isUsableAt(listed, now) !== 'usable') continue;
    try {
      return readStatusList(bytes, parsePublicKey(listed.key));
    } catch (error) {
      if (!(error instanceof StatusListError)) throw error;
      if (error.code === 'newer-format') return 'newer-format';
    }
  }
  return 'status-invalid';
}

/** An older list, still in its time, might hide what was revoked since. */
async function isOlderThanSeen(list: StatusList, { remembered }: VerifyOptions): Promise<boolean> {
  const key = `status ${list.url}`;
  const seen = await remembered?.get(key);
  // Times in one form and in UTC: their order is that of their texts.
  if (seen !== undefined && list.validFrom < seen) return true;
  await remembered?.set(key, list.validFrom);
  return false;
}
