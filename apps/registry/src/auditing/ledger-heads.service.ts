import { Injectable } from '@nestjs/common';
import { chinaDay } from '@mandate/certificate';
import { canonicalBytes, encodeHex } from '@mandate/encoding';
import type { LedgerHeadEvent } from '@mandate/published';
import { DataSource } from 'typeorm';
import { inTransaction } from '../database/transaction.ts';
import { ChainService } from '../ledger/chain.service.ts';
import { LogService } from '../log/log.service.ts';

const DAY_MS = 86_400_000;

/**
 * Puts the head of the ledger into the certificates log, once for each day on which something was done: from then on the
 * ledger up to there cannot be rewritten without the public log showing it, by its operator neither. Only the hash goes
 * out, and how many acts it stands for.
 */
@Injectable()
export class LedgerHeadsService {
  constructor(
    private readonly source: DataSource,
    private readonly chain: ChainService,
    private readonly log: LogService,
  ) {}

  /**
   * The head as of the end of the day before, in Shanghai, unless it stands there already. Safe from any number of
   * processes, and after a crash: head and entry come in one transaction.
   * @returns its number, where one was put
   */
  async publish(now: Date): Promise<number | undefined> {
    await this.chain.chain();
    const day = chinaDay(new Date(now.getTime() - DAY_MS));
    const end = new Date(`${chinaDay(now)}T00:00:00+08:00`);
    const put = await inTransaction(this.source, async (tx) => {
      const head = await this.chain.findNewHead(tx, end);
      if (head === undefined) return undefined;
      const event: LedgerHeadEvent = {
        v: 1,
        event: 'ledger-head',
        number: head.number,
        subject: encodeHex(head.hash),
        day,
        time: `${now.toISOString().slice(0, 19)}Z`,
      };
      const [entry] = await this.log.append(tx, 'certificates', [{ leaf: canonicalBytes(event) }]);
      if (entry === undefined) throw new Error('the log took the head and gave no entry');
      await this.chain.noteHead(tx, { number: head.number, day, entry });
      return head.number;
    });
    if (put !== undefined) await this.log.sequence('certificates');
    return put;
  }
}
