import { AuthError } from './auth.errors.ts';

const MAX_REASON_LENGTH = 200;

/** @throws AuthError `invalid-account`: the trail keeps it for ever, so it is looked at before anything is written */
export function requireAccountForm({ login, displayName }: { login: string; displayName: string }): void {
  if (!/^[a-z0-9][a-z0-9._-]{1,39}$/.test(login))
    throw new AuthError('invalid-account', '账号须为 2 至 40 个小写字母、数字或 . _ -，以字母或数字开头。');
  if (displayName.trim() === '' || displayName.length > 60 || /[\p{Cc}\p{Cf}]/u.test(displayName))
    throw new AuthError('invalid-account', '显示名须为 1 至 60 个字，不能有换行或看不见的字符。');
}

/** @throws AuthError `invalid-account`: likewise */
export function requireReason(reason: string): void {
  if (reason.trim() === '' || reason.length > MAX_REASON_LENGTH || /[\p{Cc}\p{Cf}\p{Cs}]/u.test(reason))
    throw new AuthError('invalid-account', '理由须为 1 至 200 个字，不能有换行或看不见的字符。');
}
