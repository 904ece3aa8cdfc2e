import { type Account, requireRole } from '../auth/access.ts';
import { AuthError } from '../auth/auth.errors.ts';

/** For whom and by whom certificates are issued and ended. */
export interface Issuer {
  /** key of the organ whose act it is */
  readonly organ: string;
  /** id of the official's account */
  readonly account: string;
}

/**
 * Certificates are the acts of an organ: the registry's own accounts read, and neither issue nor end them.
 * @throws AuthError `missing-role` | `not-your-organ`
 */
export function issuerOf(account: Account): Issuer {
  requireRole(account, 'issuer');
  if (account.organ === null)
    throw new AuthError('not-your-organ', '登记簿管理员不能代机关发证，请用机关账号登录。');
  return { organ: account.organ, account: account.id };
}
