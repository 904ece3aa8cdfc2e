import type { Json } from '@mandate/encoding';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { countAct } from './act-flow.ts';
import { Act } from './act.entity.ts';
import type { Action } from './actions.ts';

export interface NewAct {
  /** id of the account; null where the registry acts of itself, or nobody it knows tried to */
  readonly account: string | null;
  readonly action: Action;
  readonly subject: string;
  /** no personal data beyond an account's or a certificate's identifier: an act is kept for ever */
  readonly detail?: Json;
}

/** The door to the ledger: everything that is done is recorded here, in the transaction in which it is done. */
@Injectable()
export class LedgerService {
  /** Part of the act itself: the caller's transaction holds both or neither. */
  async record(tx: EntityManager, act: NewAct): Promise<void> {
    await tx.query('INSERT INTO act (account, action, subject, detail) VALUES ($1, $2, $3, $4::jsonb)', [
      act.account,
      act.action,
      act.subject,
      act.detail === undefined ? null : JSON.stringify(act.detail),
    ]);
    countAct();
  }

  /** Whether the registry was begun by its first two people, not by the sample of a demo. False before it has a trail. */
  async isBegunByPeople(tx: EntityManager): Promise<boolean> {
    const [{ there }] = await tx.query<[{ there: boolean }]>(
      `SELECT to_regclass('act') IS NOT NULL AS there`,
    );
    if (!there) return false;
    const found = await tx.query<unknown[]>(
      `SELECT 1 FROM act WHERE action = 'registry.bootstrapped' AND subject <> 'sample' LIMIT 1`,
    );
    return found.length > 0;
  }

  /** Newest first. */
  async list(tx: EntityManager, limit: number): Promise<readonly Act[]> {
    return tx.getRepository(Act).find({ order: { id: 'DESC' }, take: limit });
  }
}
