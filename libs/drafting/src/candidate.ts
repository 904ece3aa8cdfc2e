import type { ChangeKind, Register } from '@mandate/lists';
import type { DraftChange, NewDraftChange } from './draft.ts';
import { DraftError } from './errors.ts';
import { parseRegisterValue, type RegisterValue } from './register-value.ts';

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

function parseChange(number: number, change: NewDraftChange | DraftChange): Candidate['content'] {
  try {
    return parseRegisterValue(change.register, change.value, change.content);
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
