import {
  LogError,
  proveConsistency,
  verifyCheckpoint,
  verifyConsistency,
  type Checkpoint,
  type LogIdentity,
  type PublishedLog,
} from '@mandate/transparency-log';
import { recall, remember } from '../page/memory.ts';

export type Continuity =
  /** nothing was remembered, or nothing can be (private window) */
  | { readonly kind: 'first-visit' }
  /** the tree seen before is the beginning of the one seen now */
  | { readonly kind: 'continues'; readonly size: number }
  /** an older tree than the one seen before: a copy that lags behind, or one that hides entries */
  | { readonly kind: 'behind'; readonly size: number };

/**
 * Compares a log with the newest checkpoint this browser has seen of it, and remembers the larger one: a log that tells
 * two readers two stories must then keep the two apart for ever.
 * @throws LogError `inconsistent` when the log is not a continuation; the memory is kept, it is the evidence
 */
export async function checkContinuity(
  log: PublishedLog,
  now: Checkpoint,
  { note, identity }: { readonly note: string; readonly identity: LogIdentity },
): Promise<Continuity> {
  const key = memoryKey(identity);
  const before = findCheckpoint(recall(key), identity);
  if (before && now.size < before.size) return { kind: 'behind', size: before.size };
  if (before && before.size > 0) {
    const proof =
      now.size === before.size ? [] : await proveConsistency(before.size, now.size, log.readHashes);
    verifyConsistency({
      oldSize: before.size,
      newSize: now.size,
      oldRoot: before.root,
      newRoot: now.root,
      proof,
    });
  }
  remember(key, note);
  return before ? { kind: 'continues', size: before.size } : { kind: 'first-visit' };
}

/** The same place libs/verification remembers in, so that both kinds of page know of each other. */
function memoryKey({ origin, vkey }: LogIdentity): string {
  return `checkpoint ${origin} ${vkey}`;
}

/** A memory that was damaged is none. */
function findCheckpoint(note: string | undefined, identity: LogIdentity): Checkpoint | undefined {
  try {
    return note === undefined ? undefined : verifyCheckpoint(note, identity);
  } catch (error) {
    if (error instanceof LogError) return undefined;
    throw error;
  }
}
