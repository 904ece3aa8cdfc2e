import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Config } from '../config/config.ts';
import { inTransaction } from '../database/transaction.ts';
import { LedgerService } from '../ledger/ledger.service.ts';
import { requireRegistry } from './access.ts';
import { requireReason } from './account-forms.ts';
import { lockAccount } from './account-rows.ts';
import { Account } from './account.entity.ts';
import { AuthError } from './auth.errors.ts';
import { networkOf } from './network.ts';
import { endSessions } from './sessions.service.ts';
import { SignInCounters } from './sign-in-counters.ts';
import { keepingTwoPeople } from './two-people.ts';

/** What one person may do in an emergency: it gives nobody a right. */
@Injectable()
export class AccountEmergencyService {
  constructor(
    private readonly source: DataSource,
    private readonly counters: SignInCounters,
    private readonly ledger: LedgerService,
    private readonly config: Config,
  ) {}

  /**
   * At once: its sessions end, and nobody signs in as it until two people enable it again. What it wrote stays.
   * @throws AuthError `missing-role` | `account-not-found` | `already-disabled` | `invalid-account` | `last-of-registry`
   */
  async disable(actor: Account, login: string, reason: string): Promise<void> {
    requireRegistry(actor, 'editor', 'reviewer');
    requireReason(reason);
    await inTransaction(this.source, (tx) =>
      keepingTwoPeople(tx, this.config.demo, async () => {
        const account = await lockAccount(tx, login);
        if (account.disabledAt !== null)
          throw new AuthError('already-disabled', `账号 ${account.login} 已经停用。`);
        await tx.getRepository(Account).update({ id: account.id }, { disabledAt: new Date() });
        const sessionsEnded = await endSessions(tx, account);
        await this.ledger.record(tx, {
          account: actor.id,
          action: 'account.disabled',
          subject: account.login,
          detail: { reason, sessionsEnded },
        });
      }),
    );
  }

  /**
   * Nothing that was refused before counts any more, for the account from anywhere, and for the address if one is given.
   * Whoever guesses may begin again: no more than that is given away.
   * @throws AuthError `missing-role` | `account-not-found`
   */
  async unlock(actor: Account, login: string, address?: string): Promise<void> {
    requireRegistry(actor, 'editor', 'reviewer');
    await inTransaction(this.source, async (tx) => {
      const account = await lockAccount(tx, login);
      await tx.getRepository(Account).increment({ id: account.id }, 'lockEpoch', 1);
      await this.counters.clear(tx, account);
      const network = address === undefined ? undefined : networkOf(address);
      if (network !== undefined) await this.counters.clearNetwork(tx, network);
      await this.ledger.record(tx, {
        account: actor.id,
        action: 'account.unlocked',
        subject: account.login,
        detail: network === undefined ? {} : { network },
      });
    });
  }
}
