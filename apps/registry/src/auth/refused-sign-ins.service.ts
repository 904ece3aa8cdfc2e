import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inTransaction } from '../database/transaction.ts';
import { LedgerService } from '../ledger/ledger.service.ts';
import { delaySeconds } from './sign-in-delay.ts';
import type { SignInAttempt } from './sign-in-attempts.ts';
import { SignInCounters } from './sign-in-counters.ts';

/** Rows of refusals in the ledger within an hour: a stranger fills no disk. The last of them says that more may have been. */
export const TOLD_AN_HOUR = 500;

@Injectable()
export class RefusedSignIns {
  constructor(
    private readonly source: DataSource,
    private readonly counters: SignInCounters,
    private readonly ledger: LedgerService,
  ) {}

  /**
   * Tells the first, second, fourth, eighth … refusal of one account from one place. A login that nobody has is not told:
   * people type their password there.
   * @param failures of this account from this place, this one included
   */
  async record({ login, listed, network, place }: SignInAttempt, failures: number): Promise<void> {
    if (Number.isInteger(Math.log2(failures)))
      await inTransaction(this.source, async (tx) => {
        const told = await this.counters.told(tx);
        if (told > TOLD_AN_HOUR) return;
        await this.ledger.record(tx, {
          account: null,
          action: 'session.refused',
          subject: listed ? login : '',
          detail: {
            network,
            failures,
            delaySeconds: delaySeconds(place === undefined ? 'pair' : 'place', failures),
            ...(told === TOLD_AN_HOUR ? { moreNotTold: true } : {}),
          },
        });
      });
    await this.counters.sweep();
  }
}
