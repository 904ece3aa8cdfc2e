import { findStatusPath, parseCertificateEvent, PublishedFormatError } from '@mandate/published';
import { parsePublicKey } from '@mandate/signature';
import { TILE_WIDTH } from '@mandate/transparency-log';
import {
  isFresh,
  isUsableAt,
  readStatusList,
  StatusListError,
  type StatusList,
  type TrustList,
} from '@mandate/trust';
import { fails, holds, unknown } from './facts.ts';
import { LogFault, readingLog, type OpenLog } from './open-log.ts';
import type { VerifyOptions } from './source.ts';
import type { Evidence, Fact } from './verdict.ts';

/** Bundles of 256 events that are searched for the date and the reason of a revocation, newest first. */
const SEARCHED_BUNDLES = 40;

export interface StatusPlace {
  /** as in the certificate: the name of a list, `revocation-1`, or an address that ends in it */
  readonly list: string;
  readonly index: number;
}

/** @param findRevocation when and why, if the bit is set */
export async function checkStatus(
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
  const list = findSigned(bytes, trust, options.now);
  if (list === undefined) return unknown('status', 'status-invalid', { path });
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

function findSigned(bytes: Uint8Array, trust: TrustList, now: Date): StatusList | undefined {
  for (const listed of trust.keys.status) {
    if (isUsableAt(listed, now) !== 'usable') continue;
    try {
      return readStatusList(bytes, parsePublicKey(listed.key));
    } catch (error) {
      if (!(error instanceof StatusListError)) throw error;
    }
  }
  return undefined;
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

/** Looks through the newest events, as anybody would who reads the log: no request tells which one is meant. */
export async function findRevocation(
  subject: string,
  log: OpenLog | LogFault,
): Promise<Evidence | undefined> {
  if (log instanceof LogFault) return undefined;
  const last = Math.ceil(log.checkpoint.size / TILE_WIDTH) - 1;
  for (let bundle = last; bundle >= 0 && bundle > last - SEARCHED_BUNDLES; bundle -= 1) {
    let leaves: Uint8Array[];
    try {
      leaves = await readingLog('certificates', () => log.published.readBundle(bundle));
    } catch (error) {
      // The bit is enough; the log only adds when and why.
      if (error instanceof LogFault) return undefined;
      throw error;
    }
    for (const [at, leaf] of leaves.entries()) {
      const event = findEvent(leaf);
      if (event?.event === 'revoke' && event.subject === subject)
        return { revokedAt: event.time, reason: event.reason, event: bundle * TILE_WIDTH + at };
    }
  }
  return undefined;
}

function findEvent(leaf: Uint8Array) {
  try {
    return parseCertificateEvent(leaf);
  } catch (error) {
    // Also an event of a later kind: the bit is enough.
    if (error instanceof PublishedFormatError) return undefined;
    throw error;
  }
}
