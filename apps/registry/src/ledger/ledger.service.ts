import type { Json } from '@mandate/encoding';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Action, Act } from './act.entity.ts';

/** The trail of what is neither a draft nor a certificate. Both of those keep their own. */
@Injectable()
export class LedgerService {
  /** Part of the act itself: the caller's transaction holds both or neither. */
  async record(
    tx: EntityManager,
    act: {
      readonly account: string | null;
      readonly action: Action;
      readonly subject: string;
      readonly detail?: Json;
    },
  ): Promise<void> {
    await tx.query('INSERT INTO act (account, action, subject, detail) VALUES ($1, $2, $3, $4::jsonb)', [
      act.account,
      act.action,
      act.subject,
      act.detail === undefined ? null : JSON.stringify(act.detail),
    ]);
  }

  /** Newest first. */
  async list(tx: EntityManager, limit: number): Promise<readonly Act[]> {
    return tx.getRepository(Act).find({ order: { id: 'DESC' }, take: limit });
  }
}
