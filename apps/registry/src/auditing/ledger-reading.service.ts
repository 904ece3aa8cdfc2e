import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Account, requireRegistry } from '../auth/access.ts';
import { inTransaction } from '../database/transaction.ts';
import type { ChainedAct } from '../ledger/chained-act.ts';
import { ChainService } from '../ledger/chain.service.ts';
import { LedgerService } from '../ledger/ledger.service.ts';

export type ReadAct = ChainedAct & { readonly hash: Uint8Array };

/** What is asked for; all of it must hold. */
export interface LedgerFilter {
  /** a day of Shanghai, or an instant: from then on */
  readonly from?: string | undefined;
  /** a day with all of it, or an instant without it */
  readonly to?: string | undefined;
  /** login */
  readonly account?: string | undefined;
  readonly action?: string | undefined;
  readonly subject?: string | undefined;
  readonly way?: string | undefined;
}

export interface LedgerAsk extends LedgerFilter {
  readonly limit: number;
  /** number below which to go on */
  readonly cursor?: string | undefined;
}

/** The ledger as the auditor of the registry reads it, newest first; that it was read stands in it too. */
@Injectable()
export class LedgerReadingService {
  constructor(
    private readonly source: DataSource,
    private readonly chain: ChainService,
    private readonly ledger: LedgerService,
  ) {}

  /** @throws AuthError unless an auditor of the registry asks */
  async page(
    auditor: Account,
    ask: LedgerAsk,
    action: 'ledger.read' | 'ledger.exported' = 'ledger.read',
  ): Promise<{ readonly acts: readonly ReadAct[]; readonly next: string | undefined }> {
    requireRegistry(auditor, 'auditor');
    await this.chain.chain();
    const { limit, ...filter } = ask;
    return inTransaction(this.source, async (tx) => {
      const found = await this.chain.page(tx, conditionsOf(filter), limit + 1);
      await this.ledger.record(tx, {
        account: auditor.id,
        action,
        subject: 'ledger',
        detail: Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)),
      });
      const acts = found.slice(0, limit);
      return { acts, next: found.length > limit ? acts.at(-1)?.number.toString() : undefined };
    });
  }
}

/** Values from $2 on. */
function conditionsOf(filter: Omit<LedgerAsk, 'limit'>): { sql: string; values: readonly unknown[] } {
  const { from, to, account, action, subject, way, cursor } = filter;
  const wanted: readonly (readonly [string, unknown])[] = [
    ['a.at >=', from && instantOf(from, 0)],
    ['a.at <', to && instantOf(to, 1)],
    ['a.login =', account?.toLowerCase()],
    ['a.action =', action],
    ['a.subject =', subject],
    ['a.way =', way],
    ['l.number <', cursor],
  ];
  const given = wanted.filter(([, value]) => value !== undefined);
  const sql = given.map(([condition], at) => `${condition} $${(at + 2).toString()}`).join(' AND ');
  return { sql: sql === '' ? '' : `WHERE ${sql}`, values: given.map(([, value]) => value) };
}

/** A day is that of Shanghai: from its first moment, or to its last. */
function instantOf(text: string, days: 0 | 1): Date {
  if (text.includes('T')) return new Date(text);
  return new Date(Date.parse(`${text}T00:00:00+08:00`) + days * 86_400_000);
}
