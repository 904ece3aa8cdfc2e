import { type Draft, type DraftHeadings, REGISTRY_LIST } from './draft.ts';
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

/**
 * What takes effect before today changes what was in force on days that others have already relied on: it needs a reason
 * of its own, which stands in the entries.
 * @param changes.today `YYYY-MM-DD` in Shanghai
 * @throws DraftError `backdated`
 */
export function requireTimely(
  headings: Pick<DraftHeadings, 'effectiveDate' | 'backdatedReason'>,
  {
    changes,
    today,
  }: {
    readonly changes: Iterable<{ readonly effectiveDate?: string | undefined }>;
    readonly today: string;
  },
): void {
  if (headings.backdatedReason !== undefined) return;
  const dates = [headings.effectiveDate];
  for (const { effectiveDate } of changes) if (effectiveDate !== undefined) dates.push(effectiveDate);
  const earliest = dates.reduce((first, day) => (day < first ? day : first));
  if (earliest < today)
    throw new DraftError(
      'backdated',
      `生效日期 ${earliest} 早于今天（${today}）。请改为今天或以后，或者写明追溯的理由（公开可见）。`,
      { earliest, today },
    );
}

/** The reason as it stands in an entry: with that for a day that was already past. */
export function entryReason(
  { backdatedReason }: Pick<DraftHeadings, 'backdatedReason'>,
  entry: { readonly reason: string; readonly effectiveDate: string; readonly today: string },
): string {
  const backdated = backdatedReason !== undefined && entry.effectiveDate < entry.today;
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
