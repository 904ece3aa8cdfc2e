import type {
  Draft,
  DraftChange,
  DraftSource,
  MissingChange,
  MissingItem,
  OpenQuestions,
} from '@mandate/drafting';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CHANGE_COLUMNS, type ChangeQueryRow, toChange } from './drafts.repository.ts';

const NEWEST = `SELECT DISTINCT ON (number) number, version, removed, key, kind, pair, content FROM draft_change
  WHERE draft_id = $1 ORDER BY number, version DESC`;

/** What a draft asks of people, and what they have said. */
@Injectable()
export class DraftQuestionsRepository {
  /** Changes with a pair that nobody has answered. */
  async openPairs(tx: EntityManager, id: string): Promise<OpenQuestions['pairs']> {
    return tx.query<{ number: number; name: string }[]>(
      `SELECT number, convert_from(content, 'UTF8')::jsonb ->> 'name' AS name FROM (${NEWEST}) AS n
       WHERE NOT removed AND pair ->> 'state' = 'asked' ORDER BY number`,
      [id],
    );
  }

  /** Changes with a pair: what waits for an answer first, then what nobody was asked, then what was answered. */
  async pairs(
    tx: EntityManager,
    id: string,
    { after, limit }: { readonly after: number; readonly limit: number },
  ): Promise<readonly DraftChange[]> {
    const rows = await tx.query<ChangeQueryRow[]>(
      `SELECT ${CHANGE_COLUMNS}
       FROM (${NEWEST}) AS n
       JOIN draft_change c ON c.draft_id = $1 AND c.number = n.number AND c.version = n.version
       JOIN account_name a ON a.id = c.edited_by
       WHERE NOT n.removed AND n.pair IS NOT NULL
       ORDER BY array_position(ARRAY['asked', 'sure'], n.pair ->> 'state'), c.number LIMIT $2 OFFSET $3`,
      [id, limit, after],
    );
    return rows.map(toChange);
  }

  /** The changes of a draft to these keys, by key. */
  async changesOf(
    tx: EntityManager,
    id: string,
    keys: readonly string[],
  ): Promise<ReadonlyMap<string, MissingChange>> {
    if (keys.length === 0) return new Map();
    const rows = await tx.query<(MissingChange & { key: string })[]>(
      `SELECT key, number, kind, pair IS NOT NULL AS paired FROM (${NEWEST}) AS n
       WHERE NOT removed AND key = ANY ($2::text[])`,
      [id, keys],
    );
    return new Map(rows.map(({ key, ...change }) => [key, change]));
  }

  async setMissing(tx: EntityManager, { id, missing }: Pick<Draft, 'id' | 'missing'>): Promise<void> {
    await tx.query('UPDATE draft SET missing = $2::jsonb WHERE id = $1', [id, JSON.stringify(missing)]);
  }

  /** What the newest published edition of a list says of the items that its source did not have. */
  async lastMissing(tx: EntityManager, list: string): Promise<readonly MissingItem[]> {
    const [row] = await tx.query<{ missing: MissingItem[] }[]>(
      `SELECT missing FROM draft WHERE list = $1 AND scope = 'edition' AND state = 'published'
       ORDER BY changed_at DESC, id LIMIT 1`,
      [list],
    );
    return row?.missing ?? [];
  }

  async sources(tx: EntityManager, id: string): Promise<readonly DraftSource[]> {
    const [row] = await tx.query<{ sources: DraftSource[] }[]>('SELECT sources FROM draft WHERE id = $1', [
      id,
    ]);
    return row?.sources ?? [];
  }
}
