import type { ChangeKind } from '@mandate/lists';
import { type Draft, type DraftChange, type DraftHeadings, REGISTRY_LIST } from './draft.ts';
import { DraftError } from './errors.ts';

/** @throws DraftError `draft-changed` with what the caller had and what there is */
export function requireVersion(draft: Draft, version: number, yours?: DraftHeadings): void {
  if (draft.version === version) return;
  const { title, effectiveDate, reason, document, backdatedReason, edition, state } = draft;
  const theirs = { title, effectiveDate, reason, document, backdatedReason, edition, state };
  throw new DraftError(
    'draft-changed',
    `这份草稿已被别人改动（您看到的是第 ${version.toString()} 版，现在是第 ${draft.version.toString()} 版）。请重新打开，核对后再办。`,
    {
      yours: { version, ...(yours && { ...yours, edition: yours.edition && { ...yours.edition } }) },
      theirs: { version: draft.version, ...theirs, edition: edition && { ...edition } },
    },
  );
}

type Dated = Pick<DraftChange, 'kind' | 'effectiveDate'>;

/**
 * What takes effect before today changes what was in force on days that others have already relied on: it needs a reason
 * of its own, which stands in the entries. What is first recorded changes nothing on those days: it was in force then,
 * and no certificate can rest on it before it was listed (`findMandate`).
 * @param changes.today `YYYY-MM-DD` in Shanghai
 * @throws DraftError `backdated`, `invalid-change` for a first recording of a day to come
 */
export function requireTimely(
  headings: Pick<DraftHeadings, 'effectiveDate' | 'backdatedReason'>,
  { changes, today }: { readonly changes: Iterable<Dated>; readonly today: string },
): void {
  const all = [...changes];
  const ahead = all.find(
    ({ kind, effectiveDate = headings.effectiveDate }) => kind === 'recorded' && effectiveDate > today,
  );
  if (ahead !== undefined)
    throw new DraftError(
      'invalid-change',
      `首次收录的是早已有效的事项，日期不能晚于今天（${today}）：${ahead.effectiveDate ?? headings.effectiveDate}。今后才生效的请写作新增。`,
    );
  if (headings.backdatedReason !== undefined) return;
  const others = all.filter(({ kind }) => kind !== 'recorded');
  if (others.length === 0 && all.length > 0) return;
  const dates = [headings.effectiveDate, ...others.map((change) => change.effectiveDate ?? today)];
  const earliest = dates.reduce((first, day) => (day < first ? day : first));
  if (earliest < today)
    throw new DraftError(
      'backdated',
      `生效日期 ${earliest} 早于今天（${today}）。请改为今天或以后，或者写明追溯的理由（公开可见）。`,
      { earliest, today },
    );
}

/**
 * The day from which a change holds when it is published today. A list that says no whole day of its own is first
 * recorded as of the day of its recording, whenever its draft was begun.
 * @param change undefined for the edition itself
 */
export function dayOfEffect(
  draft: Pick<DraftHeadings, 'effectiveDate' | 'edition'>,
  { change, today }: { readonly change: Dated | undefined; readonly today: string },
): string {
  if (change?.effectiveDate !== undefined) return change.effectiveDate;
  const { effectiveDate, edition } = draft;
  const isUndated = edition !== undefined && edition.date === undefined;
  const isRecorded = change === undefined || change.kind === 'recorded';
  return isUndated && isRecorded && effectiveDate < today ? today : effectiveDate;
}

/** The reason as it stands in an entry: with that for a day that was already past. */
export function entryReason(
  { backdatedReason }: Pick<DraftHeadings, 'backdatedReason'>,
  entry: {
    readonly reason: string;
    readonly effectiveDate: string;
    readonly today: string;
    readonly kind?: ChangeKind | undefined;
  },
): string {
  const past = entry.effectiveDate < entry.today && entry.kind !== 'recorded';
  const backdated = backdatedReason !== undefined && past;
  return backdated ? `${entry.reason}（追溯生效：${backdatedReason}）` : entry.reason;
}

/** @throws DraftError `invalid-draft` */
export function requireEditionOfScope(draft: Pick<Draft, 'scope' | 'edition' | 'list'>): void {
  if ((draft.scope === 'edition') !== (draft.edition !== undefined))
    throw new DraftError(
      'invalid-draft',
      '整份清单的草稿须写明版本的编号、名称和发布日期；单项修改则不写版本。',
    );
  if (draft.scope === 'edition' && draft.list === REGISTRY_LIST)
    throw new DraftError('invalid-draft', '版本须属于一个机关或一份负面清单。');
}
