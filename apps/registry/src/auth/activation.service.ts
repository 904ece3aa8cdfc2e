import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inTransaction } from '../database/transaction.ts';
import { LedgerService } from '../ledger/ledger.service.ts';
import { normalizedLogin } from './account-rows.ts';
import { Account } from './account.entity.ts';
import { requireCodes } from './activation-code.ts';
import { PasswordHasher } from './password-hasher.ts';

@Injectable()
export class ActivationService {
  constructor(
    private readonly source: DataSource,
    private readonly hasher: PasswordHasher,
    private readonly ledger: LedgerService,
  ) {}

  /**
   * The owner of a new account, or of one that was reset, chooses its password, with both halves of the code. Once.
   * @throws AuthError `wrong-code` also for an account that is not there | `weak-password` | `busy`
   */
  async activate(typed: string, codes: readonly [string, string], password: string): Promise<void> {
    const login = normalizedLogin(typed);
    const found = await this.source.getRepository(Account).findOneBy({ login });
    requireCodes(found?.activation, codes);
    const owner = { login, displayName: found?.displayName ?? login };
    const passwordHash = await this.hasher.hashChosen(password, owner);
    await inTransaction(this.source, async (tx) => {
      const accounts = tx.getRepository(Account);
      const account = await accounts.findOne({ where: { login }, lock: { mode: 'for_no_key_update' } });
      requireCodes(account?.activation, codes);
      if (account === null) return;
      const lockEpoch = account.lockEpoch + 1;
      await accounts.update({ id: account.id }, { passwordHash, activation: null, lockEpoch });
      await this.ledger.record(tx, { account: account.id, action: 'account.activated', subject: login });
    });
  }
}
