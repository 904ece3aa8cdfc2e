import type { Candidate, DraftChange, NewDraftChange } from '@mandate/drafting';
import type { StoredChange } from './drafts.repository.ts';

/** A change as a row. */
export function storedChange(
  candidate: Candidate,
  change: NewDraftChange | DraftChange,
  stored: Pick<StoredChange, 'draftId' | 'version' | 'editedBy' | 'baseBlob'> & { removed?: boolean },
): StoredChange {
  return {
    removed: false,
    ...stored,
    number: candidate.number,
    register: candidate.register,
    key: candidate.key ?? null,
    kind: candidate.kind,
    content: Buffer.from(candidate.content.bytes),
    effectiveDate: change.effectiveDate ?? null,
    reason: change.reason ?? null,
    document: change.document ?? null,
    related: change.related ?? null,
    place: change.place ?? null,
    doubts: change.doubts ?? [],
    // What was found is not told with a change that was read, and kept with it.
    pair: change.pair === undefined ? null : { ...change.pair, found: change.pair.found },
  };
}
