import { blobName, equalBytes, fromUtf8, parseJson, utf8 } from '@mandate/encoding';
import {
  hashLeaf,
  LogError,
  proveInclusion,
  PublishedLog,
  storedHashPosition,
  verifyCheckpoint,
  verifyInclusion,
  type FetchFile,
  type LogIdentity,
} from '@mandate/transparency-log';
import { checkContinuity, type Continuity } from './checkpoint-memory.ts';

export interface Listing {
  /** size of the tree the entry was found in */
  readonly size: number;
  readonly continuity: Continuity;
}

/**
 * Verifies that `leaf` stands at `index` in the log as it is published now.
 * @throws LogError `unavailable` when a file cannot be had; any other code says that something is not as it should be
 */
export async function checkListing(
  fetchFile: FetchFile,
  identity: LogIdentity,
  { leaf, index }: { readonly leaf: string; readonly index: number },
): Promise<Listing> {
  const note = await readNote(fetchFile);
  const checkpoint = verifyCheckpoint(note, identity);
  const log = new PublishedLog(fetchFile, checkpoint);
  const { size, root } = checkpoint;
  if (index >= size) throw new LogError('out-of-range', `the log has ${size} entries`);
  const leafHash = hashLeaf(utf8(leaf));
  // The audit path begins with the leaf's sibling: a log of one leaf has none, so the leaf itself is compared too.
  const [published] = await log.readHashes([storedHashPosition(0, index)]);
  if (!published || !equalBytes(published, leafHash)) {
    throw new LogError('not-included', `entry ${index} of the log is another one`);
  }
  const proof = await proveInclusion(index, size, log.readHashes);
  verifyInclusion({ index, size, leafHash, root, proof });
  const continuity = await checkContinuity(log, checkpoint, { note, identity });
  return { size, continuity };
}

async function readNote(fetchFile: FetchFile): Promise<string> {
  try {
    return fromUtf8(await fetchFile('checkpoint'));
  } catch (cause) {
    throw new LogError('unavailable', 'the checkpoint could not be read', { cause });
  }
}

/** The blob an entry names, parsed; undefined when the bytes are not the ones the entry names. */
export function findContent(leaf: string, bytes: Uint8Array): unknown {
  const entry = parseJson(utf8(leaf));
  if (typeof entry !== 'object' || entry === null || !('blob' in entry)) return undefined;
  return entry['blob'] === blobName(bytes) ? parseJson(bytes) : undefined;
}
