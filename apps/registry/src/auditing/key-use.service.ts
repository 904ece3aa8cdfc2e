import { type BeforeApplicationShutdown, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inTransaction } from '../database/transaction.ts';
import { KeysService } from '../keys/keys.service.ts';
import { LedgerService } from '../ledger/ledger.service.ts';

const INTERVAL_MS = 3_600_000;

/**
 * What the registry's own keys sign is public by itself: checkpoints, trust list, status list, codes. The ledger has how
 * often each has signed in each process, by the hour and at its end; a process that is killed takes at most an hour's
 * count with it.
 */
@Injectable()
export class KeyUseService implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger('ledger');
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly source: DataSource,
    private readonly keys: KeysService,
    private readonly ledger: LedgerService,
  ) {}

  onModuleInit(): void {
    this.timer = setInterval(() => void this.recordOrTell(), INTERVAL_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.recordOrTell();
  }

  /** One act for what was signed since the last. */
  async record(): Promise<void> {
    const uses = Object.fromEntries(this.keys.takeUses());
    if (Object.keys(uses).length === 0) return;
    await inTransaction(this.source, (tx) =>
      this.ledger.record(tx, { account: null, action: 'key.used', subject: 'registry', detail: uses }),
    );
  }

  private async recordOrTell(): Promise<void> {
    try {
      await this.record();
    } catch (error) {
      this.logger.error(`用钥次数没有记入台账：${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
