import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Account } from './account.entity.ts';
import { AuthError } from './auth.errors.ts';
import { PasswordHasher } from './password-hasher.ts';
import { RefusedSignIns } from './refused-sign-ins.service.ts';
import { type SignInAttempt, SignInAttempts } from './sign-in-attempts.ts';
import { SignInCounters } from './sign-in-counters.ts';
import type { SignInOrigin } from './sign-in-origin.ts';

/** Somebody knew the password, a moment ago. */
export interface CheckedPassword {
  readonly account: Account;
  readonly attempt: SignInAttempt;
}

/** Whether a password is the account's: counted, delayed, and all the same for a login that nobody has. */
@Injectable()
export class PasswordCheckService {
  constructor(
    private readonly attempts: SignInAttempts,
    private readonly counters: SignInCounters,
    private readonly hasher: PasswordHasher,
    private readonly refused: RefusedSignIns,
  ) {}

  /** @throws AuthError `wrong-credentials` | `locked` | `busy` */
  async check(login: string, password: string, origin: SignInOrigin): Promise<CheckedPassword> {
    const attempt = await this.attempts.begin(login, origin);
    const { account } = attempt;
    // A network may be shared with whoever floods; a browser that the account has signed in with is its owner's.
    const known = account !== undefined && attempt.place?.startsWith('device:') === true;
    const waiter = { known, network: origin.network };
    const { right, admitted } = await this.hasher.matches(password, account?.passwordHash, waiter, () =>
      this.counters.admit(attempt),
    );
    if (right && account !== undefined) return { account, attempt };
    await this.refused.record(attempt, admitted);
    throw wrongCredentials();
  }

  /**
   * What was right a moment ago still is: nobody has disabled the account or given it another password meanwhile, nor will until
   * the end of the transaction. Takes back what `check` counted.
   * @returns the token by which the browser is known the next time @throws AuthError `wrong-credentials`
   */
  async accept(tx: EntityManager, { account, attempt }: CheckedPassword): Promise<string | undefined> {
    const now = await tx
      .getRepository(Account)
      .findOne({ where: { id: account.id }, lock: { mode: 'for_no_key_update' } });
    if (now === null || !this.attempts.isOpen(now) || now.passwordHash !== account.passwordHash)
      throw wrongCredentials();
    await this.counters.settle(tx, attempt);
    return this.attempts.remember(tx, now, attempt);
  }
}

function wrongCredentials(): AuthError {
  return new AuthError('wrong-credentials', '账号或密码不正确，或账号已停用。');
}
