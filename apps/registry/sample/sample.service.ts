import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { AuthService } from '../src/auth/auth.service.ts';
import { Config } from '../src/config/config.ts';
import { inTransaction } from '../src/database/transaction.ts';
import { LedgerService } from '../src/ledger/ledger.service.ts';
import { ListsService } from '../src/lists/lists.service.ts';
import { EnrolmentService } from '../src/trust/enrolment.service.ts';
import { demoAccounts, type DemoAccounts } from './demo-accounts.ts';
import { ORGANS } from './organs.ts';
import { sampleChanges } from './sample-entries.ts';

/** Fills an empty demo with the lists of 示例市, a key for the organ that issues, and accounts to sign in with. */
@Injectable()
export class SampleService {
  constructor(
    private readonly source: DataSource,
    private readonly lists: ListsService,
    private readonly enrolment: EnrolmentService,
    private readonly auth: AuthService,
    private readonly ledger: LedgerService,
    private readonly config: Config,
  ) {}

  /** Every step may have been done before, by this process or another. @returns the demo's accounts; none outside the demo */
  async ensure(): Promise<DemoAccounts> {
    if (!this.config.demo) return [];
    const hasSample = await inTransaction(this.source, (tx) => this.ensureLists(tx));
    if (!hasSample) return [];
    await this.enrolment.bootstrap(ORGANS.market.key);
    const accounts = await demoAccounts(this.config.dataDir, ORGANS.market);
    for (const account of accounts) await this.auth.putDemoAccount(account);
    return accounts;
  }

  /** @returns whether the sample is there: a list that a user imported first is left alone */
  private async ensureLists(tx: EntityManager): Promise<boolean> {
    await this.lists.lockForChange(tx);
    const organs = await this.lists.records(tx, 'organ');
    if (organs.some(({ entry }) => entry.key === ORGANS.market.key)) return true;
    if (organs.length > 0) return false;
    // Entries carry the time at which this registry took them in: only their effective dates lie in the past.
    await this.lists.put(tx, sampleChanges());
    await this.ledger.record(tx, { account: null, action: 'registry.bootstrapped', subject: 'sample' });
    return true;
  }
}
