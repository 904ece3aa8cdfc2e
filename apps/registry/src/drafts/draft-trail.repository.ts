import { type AccountName, type DraftAction, type DraftEvent, EDITING_ACTIONS } from '@mandate/drafting';
import type { Json } from '@mandate/encoding';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { LedgerService } from '../ledger/ledger.service.ts';

interface EventRow {
  version: number;
  action: DraftAction;
  account: AccountName;
  change: number | null;
  comment: string | null;
  detail: Json;
  at: Date;
}

/** The entry that a change became; number 0 is the edition. */
export interface DraftEntry {
  readonly number: number;
  readonly key: string;
  readonly entry: number;
}

/**
 * Who did what with a draft: only ever appended to, with the words that were said. The ledger has every act too, without
 * the words.
 */
@Injectable()
export class DraftTrailRepository {
  constructor(private readonly ledger: LedgerService) {}

  async append(
    tx: EntityManager,
    event: {
      draft: string;
      version: number;
      action: DraftAction;
      account: string;
      change?: number | undefined;
      comment?: string | undefined;
      detail?: Json | undefined;
    },
  ): Promise<void> {
    await tx.query(
      `INSERT INTO draft_event (draft_id, version, action, account, change, comment, detail)
       VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb)`,
      [
        event.draft,
        event.version,
        event.action,
        event.account,
        event.change ?? null,
        event.comment ?? null,
        event.detail === undefined ? null : JSON.stringify(event.detail),
      ],
    );
    await this.ledger.record(tx, {
      account: event.account,
      action: `draft.${event.action}`,
      subject: event.draft,
      detail: { version: event.version, ...(event.change !== undefined && { change: event.change }) },
    });
  }

  /** Oldest first. */
  async events(tx: EntityManager, draft: string): Promise<readonly DraftEvent[]> {
    const rows = await tx.query<EventRow[]>(
      `SELECT e.version, e.action, e.change, e.comment, e.detail, e.at,
              jsonb_build_object('login', a.login, 'displayName', a.display_name) AS account
       FROM draft_event e JOIN account_name a ON a.id = e.account WHERE e.draft_id = $1 ORDER BY e.id`,
      [draft],
    );
    return rows.map(({ change, comment, detail, ...row }) => ({
      ...row,
      change: change ?? undefined,
      comment: comment ?? undefined,
      detail: detail ?? undefined,
    }));
  }

  /** Whether an account ever wrote, changed or submitted the draft. */
  async hasEdited(tx: EntityManager, draft: string, account: string): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      'SELECT 1 FROM draft_event WHERE draft_id = $1 AND account = $2 AND action = ANY ($3::text[]) LIMIT 1',
      [draft, account, EDITING_ACTIONS],
    );
    return rows.length > 0;
  }

  async insertEntries(tx: EntityManager, draft: string, entries: readonly DraftEntry[]): Promise<void> {
    await tx.query(
      `INSERT INTO draft_entry (draft_id, number, key, entry_id)
       SELECT $1, * FROM unnest($2::integer[], $3::text[], $4::bigint[])`,
      [
        draft,
        entries.map(({ number }) => number),
        entries.map(({ key }) => key),
        entries.map(({ entry }) => entry),
      ],
    );
  }

  /** What publication made of each change, by number; 0 is the edition. */
  async entries(tx: EntityManager, draft: string, limit: number): Promise<readonly DraftEntry[]> {
    const rows = await tx.query<{ number: number; key: string; entry_id: string }[]>(
      'SELECT number, key, entry_id FROM draft_entry WHERE draft_id = $1 ORDER BY number LIMIT $2',
      [draft, limit],
    );
    return rows.map(({ number, key, entry_id: entry }) => ({
      number,
      key,
      entry: Number(entry),
    }));
  }
}
