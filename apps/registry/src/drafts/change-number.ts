import { type DraftChange, DraftError, type NewDraftChange } from '@mandate/drafting';

/** Somebody else has written on a change since: the refusal with both versions. */
export function changeChanged(
  { change, removed }: { change: DraftChange; removed: boolean },
  version: number,
  yours: NewDraftChange | undefined,
): DraftError {
  const what = removed ? '移出草稿' : '改动';
  return new DraftError(
    'change-changed',
    `第 ${change.number.toString()} 项已被 ${change.editedBy} ${what}（您看到的是第 ${version.toString()} 版，现在是第 ${change.version.toString()} 版）。两个版本都在，请对照后再保存。`,
    {
      yours: yours === undefined ? null : { version, kind: yours.kind, value: yours.value },
      theirs: removed
        ? { version: change.version, removed, editedBy: change.editedBy, value: change.value }
        : { version: change.version, editedBy: change.editedBy, kind: change.kind, value: change.value },
    },
  );
}

/** Number of a change out of an address. @throws DraftError `change-not-found` */
export function parseNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new DraftError('change-not-found', `这份草稿没有第 ${text.slice(0, 20)} 项。`);
  return Number(text);
}
