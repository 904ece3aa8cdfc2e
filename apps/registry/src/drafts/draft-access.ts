import { chinaDay } from '@mandate/certificate';
import { type Account, requireOrgan, requireRole } from '../auth/access.ts';
import { AuthError } from '../auth/auth.errors.ts';
import { type Draft, type DraftHeadings, REGISTRY_LIST } from './draft.ts';
import type { Candidate } from './draft-candidates.ts';
import { DraftError } from './drafts.errors.ts';

/** @throws AuthError `missing-role` | `not-your-organ` */
export function requireEditor(account: Account, list: string): void {
  requireRole(account, 'editor');
  requireOrgan(account, list);
}

/** What organs there are, and the negative lists, is the registry's own to say. @throws AuthError `not-your-organ` */
export function requireRegisters(account: Account, changes: Iterable<Pick<Candidate, 'register'>>): void {
  if (account.organ === null) return;
  for (const { register } of changes)
    if (register !== 'authority-item')
      throw new AuthError(
        'not-your-organ',
        '机关、区划和负面清单由登记簿管理员办理，机关账号只能修改本机关的权责事项。',
      );
}

/** Auditors read every draft; others those of their organ, the registry's own all. */
export function mayRead(account: Account, list: string): boolean {
  return account.roles.includes('auditor') || account.organ === null || account.organ === list;
}

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
 * of its own, which stands in the entries. @throws DraftError `backdated`
 */
export function requireTimely(
  headings: Pick<DraftHeadings, 'effectiveDate' | 'backdatedReason'>,
  changes: Iterable<{ readonly effectiveDate?: string | undefined }>,
): void {
  if (headings.backdatedReason !== undefined) return;
  const today = chinaDay(new Date());
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
