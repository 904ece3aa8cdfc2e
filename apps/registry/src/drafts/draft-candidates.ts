import type { ChangeKind, Register } from '@mandate/lists';
import type { DraftChange, NewDraftChange } from './draft.ts';
import { parseRegisterValue, type RegisterValue } from './draft-registers.ts';
import { DraftError } from './drafts.errors.ts';
import type { StoredChange } from './drafts.repository.ts';

/** A change as it is held against the lists. */
export interface Candidate {
  readonly number: number;
  readonly register: Register;
  readonly key: string | undefined;
  readonly kind: ChangeKind;
  readonly content: RegisterValue;
  readonly effectiveDate: string | undefined;
  readonly related: string | undefined;
  /** undefined: nothing was listed when it was written */
  readonly baseBlob: string | undefined;
}

/** @throws DraftError `invalid-change` */
export function candidateOf(number: number, change: NewDraftChange | DraftChange): Candidate {
  const content = parseChange(number, change);
  return {
    number,
    register: change.register,
    key: change.key ?? content.key,
    kind: change.kind,
    content,
    effectiveDate: change.effectiveDate,
    related: change.related,
    baseBlob: change.baseBlob,
  };
}

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
  };
}

function parseChange(number: number, change: NewDraftChange | DraftChange): Candidate['content'] {
  try {
    return parseRegisterValue(
      change.register,
      change.value,
      'content' in change ? change.content : undefined,
    );
  } catch (error) {
    if (!(error instanceof DraftError)) throw error;
    const place = change.place;
    const where =
      place === undefined
        ? `第 ${number.toString()} 项`
        : `${place.file} ${place.sheet} 第 ${place.row.toString()} 行`;
    throw new DraftError(error.code, `${where}：${error.message}`, { ...error.extension, change: number });
  }
}
