import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { DataSource, LessThan, type EntityManager } from 'typeorm';
import { Config } from '../config/config.ts';
import { sqlState } from '../database/transaction.ts';
import { Account } from './account.entity.ts';
import { AuthError } from './auth.errors.ts';
import { ROLE_CODES, type Role } from './roles.ts';
import { Session } from './session.entity.ts';

export const SESSION_SECONDS = 8 * 3600;
const MAX_FAILURES = 5;
const LOCK_MINUTES = 15;
// OWASP's second recommendation for argon2id: 19 MiB, 2 passes, 1 lane. The algorithm is the library's default.
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export interface NewAccount {
  readonly login: string;
  readonly displayName: string;
  readonly organ: string | null;
  readonly roles: readonly Role[];
  readonly password: string;
  readonly demo: boolean;
}

@Injectable()
export class AuthService {
  // Checked where there is no such account, so that an unknown login takes as long as a wrong password.
  private readonly decoy = hash(randomBytes(16), ARGON2);

  constructor(
    private readonly source: DataSource,
    private readonly config: Config,
  ) {}

  /** @throws AuthError `login-taken` | `weak-password` | `invalid-roles` */
  async createAccount(account: NewAccount): Promise<Account> {
    return this.insertAccount(this.source.manager, account);
  }

  /** @throws AuthError `login-taken` | `weak-password` | `invalid-roles` */
  async insertAccount(tx: EntityManager, { password, ...account }: NewAccount): Promise<Account> {
    return this.insertHashed(tx, { ...account, passwordHash: await hashedPassword(password) });
  }

  /** @throws AuthError `login-taken` | `invalid-roles` */
  async insertHashed(
    tx: EntityManager,
    account: Omit<NewAccount, 'password'> & {
      readonly passwordHash: string;
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

  /** A demo account with this password, whether or not it is there already. Never touches an account that is not the demo's. */
  async putDemoAccount(account: Omit<NewAccount, 'demo'>): Promise<void> {
    const { password, ...rest } = account;
    await this.source.query(
      `INSERT INTO account (login, display_name, organ, roles, password_hash, demo) VALUES ($1, $2, $3, $4, $5, true)
       ON CONFLICT (login) DO UPDATE SET password_hash = EXCLUDED.password_hash, organ = EXCLUDED.organ,
         roles = EXCLUDED.roles, failed_attempts = 0, locked_until = NULL
       WHERE account.demo`,
      [rest.login, rest.displayName, rest.organ, checkedRoles(rest.roles), await hash(password, ARGON2)],
    );
  }

  /** All accounts, by login. */
  async accounts(): Promise<readonly Account[]> {
    return this.source.getRepository(Account).find({ order: { login: 'ASC' } });
  }

  /** The account that a person at the command line names. @throws AuthError `account-not-found` */
  async getAccount(login: string, tx: EntityManager = this.source.manager): Promise<Account> {
    const account = await tx.getRepository(Account).findOneBy({ login: login.trim().toLowerCase() });
    if (account === null)
      throw new AuthError('account-not-found', `没有账号“${login}”。用 npx mandate account list 查看。`);
    return account;
  }

  /** @throws AuthError `account-not-found` | `invalid-roles` */
  async setRoles(
    login: string,
    roles: readonly Role[],
    tx: EntityManager = this.source.manager,
  ): Promise<Account> {
    const account = await this.getAccount(login, tx);
    account.roles = checkedRoles(roles);
    return tx.getRepository(Account).save(account);
  }

  /** @returns the token of a new session @throws AuthError `wrong-credentials` | `locked` */
  async signIn(login: string, password: string): Promise<{ token: string; account: Account }> {
    const accounts = this.source.getRepository(Account);
    const account = await accounts.findOneBy({ login: login.trim().toLowerCase() });
    if (account?.lockedUntil && account.lockedUntil > new Date()) {
      throw new AuthError('locked', `连续输错多次，账号已锁定，请 ${LOCK_MINUTES} 分钟后再试。`);
    }
    const right = await verify(account?.passwordHash ?? (await this.decoy), password);
    const refused = account === null || (account.demo && !this.config.demo);
    if (!right || refused) {
      if (account !== null) await this.countFailure(account);
      throw new AuthError('wrong-credentials', '账号或密码不正确。');
    }
    await accounts.update({ id: account.id }, { failedAttempts: 0, lockedUntil: null });
    return { token: await this.openSession(account), account };
  }

  async signOut(token: string | undefined): Promise<void> {
    if (token !== undefined) await this.source.getRepository(Session).delete({ tokenHash: tokenHash(token) });
  }

  /** @throws AuthError `not-signed-in` */
  async accountOf(token: string | undefined): Promise<Account> {
    const session =
      token === undefined
        ? null
        : await this.source.getRepository(Session).findOneBy({ tokenHash: tokenHash(token) });
    const ended =
      session === null || session.expiresAt <= new Date() || (session.account.demo && !this.config.demo);
    if (ended) throw new AuthError('not-signed-in', '请先登录。');
    return session.account;
  }

  private async openSession(account: Account): Promise<string> {
    const sessions = this.source.getRepository(Session);
    await sessions.delete({ expiresAt: LessThan(new Date()) });
    const token = randomBytes(32).toString('base64url');
    const expiresAt = new Date(Date.now() + SESSION_SECONDS * 1000);
    await sessions.insert({ tokenHash: tokenHash(token), account: { id: account.id }, expiresAt });
    return token;
  }

  /** In one statement, so that guesses made at the same moment are all counted. */
  private async countFailure(account: Account): Promise<void> {
    await this.source.query(
      `UPDATE account SET
         failed_attempts = CASE WHEN failed_attempts + 1 >= $2 THEN 0 ELSE failed_attempts + 1 END,
         locked_until = CASE WHEN failed_attempts + 1 >= $2 THEN now() + make_interval(mins => $3) ELSE locked_until END
       WHERE id = $1`,
      [account.id, MAX_FAILURES, LOCK_MINUTES],
    );
  }
}

function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** @throws AuthError `weak-password` */
export async function hashedPassword(password: string): Promise<string> {
  if (password.length < 10) throw new AuthError('weak-password', '密码至少需要 10 个字符。');
  return hash(password, ARGON2);
}

/** In the order of the table, each once. @throws AuthError `invalid-roles` */
export function checkedRoles(roles: readonly Role[]): Role[] {
  if (roles.includes('auditor') && new Set(roles).size > 1)
    throw new AuthError('invalid-roles', '审计账号只能查看，不能再有其他角色。');
  return ROLE_CODES.filter((role) => roles.includes(role));
}
