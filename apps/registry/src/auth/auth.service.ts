import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { inTransaction } from '../database/transaction.ts';
import { checkedRoles, getAccount, insertAccount } from './account-rows.ts';
import { Account } from './account.entity.ts';
import { PasswordCheckService } from './password-check.service.ts';
import { PasswordHasher } from './password-hasher.ts';
import type { Role } from './roles.ts';
import { SessionsService } from './sessions.service.ts';
import { AT_THE_CONSOLE, type SignInOrigin } from './sign-in-origin.ts';

export interface NewAccount {
  readonly login: string;
  readonly displayName: string;
  readonly organ: string | null;
  readonly roles: readonly Role[];
  readonly password: string;
  readonly demo: boolean;
}

export interface SignedIn {
  readonly token: string;
  readonly account: Account;
  /** by which the browser is known the next time; none at the command line */
  readonly device: string | undefined;
}

@Injectable()
export class AuthService {
  constructor(
    private readonly source: DataSource,
    private readonly hasher: PasswordHasher,
    private readonly passwords: PasswordCheckService,
    private readonly sessions: SessionsService,
  ) {}

  /** @throws AuthError `login-taken` | `weak-password` | `invalid-roles` */
  async createAccount({ password, ...account }: NewAccount): Promise<Account> {
    const passwordHash = await this.hasher.hashChosen(password, account);
    return insertAccount(this.source.manager, { ...account, passwordHash });
  }

  /**
   * A demo account as it was made, with this password, whether or not it is there already. Never touches an account that is
   * not the demo's.
   */
  async putDemoAccount({ password, ...account }: Omit<NewAccount, 'demo'>): Promise<void> {
    await this.source.query(
      `INSERT INTO account (login, display_name, organ, roles, password_hash, demo) VALUES ($1, $2, $3, $4, $5, true)
       ON CONFLICT (login) DO UPDATE SET password_hash = EXCLUDED.password_hash, organ = EXCLUDED.organ,
         roles = EXCLUDED.roles, activation = NULL, disabled_at = NULL, lock_epoch = account.lock_epoch + 1
       WHERE account.demo`,
      [
        account.login,
        account.displayName,
        account.organ,
        checkedRoles(account.roles),
        await this.hasher.hash(password),
      ],
    );
  }

  /** All accounts, by login. */
  async accounts(): Promise<readonly Account[]> {
    return this.source.getRepository(Account).find({ order: { login: 'ASC' } });
  }

  /** The account that a person at the command line names. @throws AuthError `account-not-found` */
  async getAccount(login: string): Promise<Account> {
    return getAccount(this.source.manager, login);
  }

  /** @throws AuthError `account-not-found` | `invalid-roles` */
  async setRoles(
    login: string,
    roles: readonly Role[],
    tx: EntityManager = this.source.manager,
  ): Promise<Account> {
    const account = await getAccount(tx, login);
    account.roles = checkedRoles(roles);
    return tx.getRepository(Account).save(account);
  }

  /**
   * @param origin from where, the command line where it is left out
   * @throws AuthError `wrong-credentials` | `locked` | `busy`
   */
  async signIn(login: string, password: string, origin: SignInOrigin = AT_THE_CONSOLE): Promise<SignedIn> {
    const checked = await this.passwords.check(login, password, origin);
    return inTransaction(this.source, async (tx) => {
      const device = await this.passwords.accept(tx, checked);
      const token = await this.sessions.open(tx, checked.account, origin);
      return { token, account: checked.account, device };
    });
  }
}
