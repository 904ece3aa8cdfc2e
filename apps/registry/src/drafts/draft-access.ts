import {
  DRAFT_REGISTERS,
  DRAFT_STEPS,
  type Draft,
  type DraftStep,
  EDITING,
  recordsWrittenBy,
  requireState,
  requireVersion,
} from '@mandate/drafting';
import type { Register } from '@mandate/lists';
import { type Account, requireOrgan, requireRole, type Role } from '../auth/access.ts';
import { AuthError } from '../auth/auth.errors.ts';

/** Who may look at drafts, those of his list. */
export const DRAFT_READERS = [
  'editor',
  'reviewer',
  'publisher',
  'auditor',
] as const satisfies readonly Role[];
/** Who may say something to one. */
export const DRAFT_WORKERS = ['editor', 'reviewer', 'publisher'] as const satisfies readonly Role[];

/** @throws AuthError `missing-role` | `not-your-organ` */
export function requireEditor(account: Account, list: string): void {
  requireRole(account, EDITING.role);
  requireOrgan(account, list);
}

/**
 * What the table asks for a step, but for its guards.
 * @param version of the draft, as the account saw it
 * @throws AuthError `missing-role` | `not-your-organ` @throws DraftError `draft-changed` | `wrong-state`
 */
export function requireStep(
  account: Account,
  draft: Draft,
  { step, version }: { readonly step: DraftStep; readonly version: number },
): void {
  requireOrgan(account, draft.list);
  requireVersion(draft, version);
  requireState(draft.state, DRAFT_STEPS[step]);
  requireRole(account, DRAFT_STEPS[step].role);
}

/** What there is to say beside an organ's own list is the registry's own to say. @throws AuthError `not-your-organ` */
export function requireRegisters(account: Account, changes: Iterable<{ readonly register: Register }>): void {
  if (account.organ === null) return;
  for (const { register } of changes)
    if (DRAFT_REGISTERS[register]?.writtenBy !== 'organs')
      throw new AuthError(
        'not-your-organ',
        `${recordsWrittenBy('registry')}由登记簿管理员办理，机关账号只能修改本机关的${recordsWrittenBy('organs')}。`,
      );
}
