import type { Candidate, DraftChange, MissingItem, NewDraft, NewDraftChange } from '@mandate/drafting';
import { cleanText } from '@mandate/encoding';
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
    content: candidate.content.text,
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

/**
 * What the source no longer has, as it is kept with the draft. What was said of an item that stays is said of it still.
 * @param before of the content whose place this takes
 */
export function storedMissing(
  { missing = [] }: Pick<NewDraft, 'missing'>,
  before: readonly MissingItem[] = [],
): MissingItem[] {
  const said = new Map(before.map(({ key, stays }) => [key, stays]));
  return missing.map(({ key, name, stays = said.get(key) }) => ({
    key,
    name: cleanText(name),
    ...(stays !== undefined && { stays }),
  }));
}
