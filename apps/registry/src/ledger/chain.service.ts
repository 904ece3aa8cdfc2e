import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { inTransaction } from '../database/transaction.ts';
import { ChainRepository, type Link, type StoredLink, type WaitingAct } from './chain.repository.ts';
import { type ChainedAct, linkHash, NO_HASH } from './chained-act.ts';

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

  /** Links after a number, in order, with their acts. */
  async linksAfter(tx: EntityManager, number: number, limit: number): Promise<readonly StoredLink[]> {
    return this.repository.linksAfter(tx, number, limit);
  }

  /** Acts that neither have a place nor wait for one: taken off the chain, or brought in past it. */
  async astray(tx: EntityManager, limit: number): Promise<readonly WaitingAct[]> {
    return this.repository.astray(tx, limit);
  }

  /** Chained acts, newest first. @param where conditions on `a`, the act, and `l`, its link, their values from $2 on */
  async page(
    tx: EntityManager,
    where: { readonly sql: string; readonly values: readonly unknown[] },
    limit: number,
  ): Promise<readonly (ChainedAct & { readonly hash: Uint8Array })[]> {
    return this.repository.page(tx, where, limit);
  }

  /**
   * The last link that was made before an instant, unless a head as new as that is noted already; nobody else notes one
   * until the transaction ends.
   */
  async findNewHead(tx: EntityManager, before: Date): Promise<Link | undefined> {
    await this.repository.lock(tx);
    const head = await this.repository.findLastBefore(tx, before);
    return head !== undefined && head.number > (await this.repository.lastHeadNumber(tx)) ? head : undefined;
  }

  /** That a head stands in the log. @param head.entry id of its entry */
  async noteHead(
    tx: EntityManager,
    head: { readonly number: number; readonly day: string; readonly entry: number },
  ): Promise<void> {
    await this.repository.insertHead(tx, head);
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
