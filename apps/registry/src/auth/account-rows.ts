import type { EntityManager } from 'typeorm';
import { sqlState } from '../database/transaction.ts';
import { Account } from './account.entity.ts';
import { AuthError } from './auth.errors.ts';
import { ROLE_CODES, type Role } from './roles.ts';

const LOGIN = /^[a-z0-9][a-z0-9._-]{1,39}$/;

/** The login as it is kept, of what somebody typed; '', which nobody has, of what can be none and may be no text for a database. */
export function normalizedLogin(typed: string): string {
  const login = typed.trim().toLowerCase();
  return LOGIN.test(login) ? login : '';
}

/** @throws AuthError `login-taken` | `invalid-roles` */
export async function insertAccount(
  tx: EntityManager,
  account: Pick<Account, 'login' | 'displayName' | 'organ' | 'passwordHash' | 'demo'> & {
    readonly roles: readonly Role[];
    readonly activation?: string;
  },
): Promise<Account> {
  const accounts = tx.getRepository(Account);
  try {
    return await accounts.save(accounts.create({ ...account, roles: checkedRoles(account.roles) }));
  } catch (error) {
    if (sqlState(error) === '23505') throw new AuthError('login-taken', `账号 ${account.login} 已存在。`);
    throw error;
  }
}

/** @throws AuthError `account-not-found` */
export async function getAccount(tx: EntityManager, login: string): Promise<Account> {
  const account = await tx.getRepository(Account).findOneBy({ login: normalizedLogin(login) });
  return account ?? noAccount(login);
}

/** Nobody else changes it, or signs in as it, until the end of the transaction. @throws AuthError `account-not-found` */
export async function lockAccount(tx: EntityManager, login: string): Promise<Account> {
  const account = await tx
    .getRepository(Account)
    .findOne({ where: { login: normalizedLogin(login) }, lock: { mode: 'for_no_key_update' } });
  return account ?? noAccount(login);
}

function noAccount(login: string): never {
  throw new AuthError('account-not-found', `没有账号“${login}”。用 npx mandate account list 查看。`);
}

/** In the order of the table, each once. @throws AuthError `invalid-roles` */
export function checkedRoles(roles: readonly Role[]): Role[] {
  if (roles.includes('auditor') && new Set(roles).size > 1)
    throw new AuthError('invalid-roles', '审计账号只能查看，不能再有其他角色。');
  return ROLE_CODES.filter((role) => roles.includes(role));
}
