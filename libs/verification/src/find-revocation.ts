import {
  CertificateFormatError,
  findEventOf,
  subjectCommitment,
  type Certificate,
} from '@mandate/certificate';
import { TILE_WIDTH } from '@mandate/transparency-log';
import { LogFault, readingLog, type OpenLog } from './open-log.ts';
import type { Evidence } from './verdict.ts';

/** Bundles of 256 events that are searched for the date and the reason of a revocation, newest first. */
const SEARCHED_BUNDLES = 40;

/** Looks through the newest events, as anybody would who reads the log: no request tells which one is meant. */
export async function findRevocation(
  { salt, identifier }: Pick<Certificate, 'salt' | 'identifier'>,
  log: OpenLog | LogFault,
): Promise<Evidence | undefined> {
  if (log instanceof LogFault) return undefined;
  const subject = subjectCommitment(salt, identifier);
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
      const event = findEvent(leaf, subject);
      if (event?.event === 'revoke')
        return { revokedAt: event.time, reason: event.reason, event: bundle * TILE_WIDTH + at };
    }
  }
  return undefined;
}

function findEvent(leaf: Uint8Array, subject: string) {
  try {
    return findEventOf(leaf, subject);
  } catch (error) {
    // Also an event of a later version: the bit is enough (formats §9.5).
    if (error instanceof CertificateFormatError) return undefined;
    throw error;
  }
}
