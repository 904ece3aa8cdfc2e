import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inTransaction } from '../database/transaction.ts';
import { LedgerService } from '../ledger/ledger.service.ts';
import { Account } from './account.entity.ts';
import { AuthError } from './auth.errors.ts';
import { PasswordCheckService } from './password-check.service.ts';
import { PasswordHasher } from './password-hasher.ts';
import { requireStrongPassword } from './password-rules.ts';
import { endSessions, rotateSession } from './sessions.service.ts';
import type { SignInOrigin } from './sign-in-origin.ts';

@Injectable()
export class PasswordService {
  constructor(
    private readonly source: DataSource,
    private readonly passwords: PasswordCheckService,
    private readonly hasher: PasswordHasher,
    private readonly ledger: LedgerService,
  ) {}

  /**
   * The owner's own choice. All sessions end but the one it is made in, which goes on under a new token: whoever took the old
   * password or the old token has nothing more.
   * @param from where it is made; `session` is absent at the command line without one
   * @returns the new token, and the browser's, where there are such
   * @throws AuthError `wrong-password` | `locked` | `busy` | `weak-password`
   */
  async change(
    account: Account,
    { current, next }: { readonly current: string; readonly next: string },
    from: { readonly origin: SignInOrigin; readonly session?: string | undefined },
  ): Promise<{ token: string | undefined; device: string | undefined }> {
    // First: who has the right password and chooses a weak one has not guessed.
    requireStrongPassword(next, account);
    if (next === current) throw new AuthError('weak-password', '新密码不能与现在的密码相同。');
    // Whoever finds an open session must not guess the password here: it is counted as at the door.
    const checked = await this.passwords.check(account.login, current, from.origin).catch(wrongPassword);
    const passwordHash = await this.hasher.hashChosen(next, account);
    return inTransaction(this.source, async (tx) => {
      const device = await this.passwords.accept(tx, checked).catch(wrongPassword);
      await tx.getRepository(Account).update({ id: account.id }, { passwordHash });
      const sessionsEnded = await endSessions(tx, account, from.session);
      const token = from.session === undefined ? undefined : await rotateSession(tx, from.session);
      await this.ledger.record(tx, {
        account: account.id,
        action: 'account.password-changed',
        subject: account.login,
        detail: { sessionsEnded },
      });
      return { token, device };
    });
  }
}

/** Not `wrong-credentials`, which tells a browser that nobody is signed in. */
function wrongPassword(error: unknown): never {
  if (error instanceof AuthError && error.code === 'wrong-credentials')
    throw new AuthError('wrong-password', '现在的密码不正确。');
  throw error;
}
