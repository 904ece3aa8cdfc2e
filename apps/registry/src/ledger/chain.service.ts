import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { inTransaction } from '../database/transaction.ts';
import { ChainRepository, type Link } from './chain.repository.ts';
import { linkHash, NO_HASH } from './chained-act.ts';

/** Acts one transaction gives their place. */
const MAX_ACTS = 2_000;

/**
 * Gives acts their numbers and hashes, behind those who act: whoever issues a certificate waits for nobody who publishes a
 * draft. The order is that of time among the acts that are committed now; a transaction that began earlier and commits
 * later simply gets a later number.
 */
@Injectable()
export class ChainService {
  constructor(
    private readonly source: DataSource,
    private readonly repository: ChainRepository,
  ) {}

  /**
   * Takes every waiting act into the chain. Safe at any moment, from any process: one at a time does it, and a crash
   * leaves all of a transaction or nothing of it.
   */
  async chain(): Promise<void> {
    while ((await inTransaction(this.source, (tx) => this.step(tx))) === MAX_ACTS);
  }

  private async step(tx: EntityManager): Promise<number> {
    // Under a stricter level the snapshot would be older than the lock, and would not see what its last holder wrote.
    await tx.query('SET TRANSACTION ISOLATION LEVEL READ COMMITTED');
    await this.repository.lock(tx);
    const waiting = await this.repository.waiting(tx, MAX_ACTS);
    if (waiting.length === 0) return 0;
    let last: Link = (await this.repository.findLast(tx)) ?? { number: 0, hash: NO_HASH };
    const links = waiting.map(({ id, ...said }) => {
      const number = last.number + 1;
      const previous = last.hash;
      last = { number, hash: linkHash(previous, { number, ...said }) };
      return { ...last, previous, actId: id };
    });
    await this.repository.append(tx, links);
    return waiting.length;
  }
}
