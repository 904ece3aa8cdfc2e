import { type AccountName, EDITING_ACTIONS, type Overrule } from '@mandate/drafting';
import type { HealthRule } from '@mandate/lists';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

interface Row {
  id: string;
  rule: HealthRule;
  change: number | null;
  reason: string;
  findings: readonly string[];
  by: AccountName;
  at: Date;
}

@Injectable()
export class DraftOverrulesRepository {
  async insert(
    tx: EntityManager,
    overrule: Pick<Overrule, 'id' | 'rule' | 'reason' | 'change'> & {
      readonly draft: string;
      readonly findings: readonly string[];
      readonly account: string;
    },
  ): Promise<void> {
    const { id, draft, rule, change, reason, findings, account } = overrule;
    await tx.query(
      `INSERT INTO draft_overrule (id, draft_id, rule, change, reason, findings, account)
       VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7)`,
      [id, draft, rule, change ?? null, reason, JSON.stringify(findings), account],
    );
  }

  /**
   * Those that count, newest first: not taken back, and not of somebody who has had a hand in the draft since. Whoever
   * writes on a draft decides nothing about it, not even what he decided before.
   */
  async standing(tx: EntityManager, draft: string): Promise<readonly Overrule[]> {
    const rows = await tx.query<Row[]>(
      `SELECT o.id, o.rule, o.change, o.reason, o.findings, o.at,
              jsonb_build_object('login', a.login, 'displayName', a.display_name) AS by
       FROM draft_overrule o JOIN account_name a ON a.id = o.account
       WHERE o.draft_id = $1
         AND NOT EXISTS (SELECT 1 FROM draft_event e WHERE e.draft_id = $1 AND e.action = 'overrule-ended'
                           AND e.detail ->> 'overrule' = o.id::text)
         AND NOT EXISTS (SELECT 1 FROM draft_event e WHERE e.draft_id = $1 AND e.account = o.account
                           AND e.action = ANY ($2::text[]))
       ORDER BY o.at DESC, o.id`,
      [draft, EDITING_ACTIONS],
    );
    return rows.map(({ change, findings, ...row }) => ({
      ...row,
      change: change ?? undefined,
      covers: new Set(findings),
    }));
  }
}
