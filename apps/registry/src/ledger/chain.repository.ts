import type { Json } from '@mandate/encoding';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ChainedAct } from './chained-act.ts';

/** Of the advisory lock of the chain. */
const CHAIN_LOCK = 4_180_027;

/** What an act says, without its place. */
const SAID = `a.id, to_char(a.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at,
  a.account, a.login, a.way, a.host_user, a.action, a.subject, a.detail`;

interface ActRow {
  readonly id: string;
  readonly at: string;
  readonly account: string | null;
  readonly login: string | null;
  readonly way: string | null;
  readonly host_user: string | null;
  readonly action: string;
  readonly subject: string;
  readonly detail: Json;
}

export interface Link {
  readonly number: number;
  readonly hash: Uint8Array;
}

/** A link with what it links to; without an act where that is gone. */
export interface StoredLink extends Link {
  readonly previous: Uint8Array;
  readonly act: ChainedAct | undefined;
}

export type WaitingAct = Omit<ChainedAct, 'number'> & { readonly id: string };

@Injectable()
export class ChainRepository {
  /** Held until the transaction ends, however it ends. */
  async lock(tx: EntityManager): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [CHAIN_LOCK]);
  }

  async findLast(tx: EntityManager): Promise<Link | undefined> {
    return this.oneLink(tx, '', []);
  }

  /** The last link that was made before an instant. */
  async findLastBefore(tx: EntityManager, instant: Date): Promise<Link | undefined> {
    return this.oneLink(tx, 'WHERE chained_at < $1', [instant]);
  }

  /** Acts without a place, in the order in which they were done. */
  async waiting(tx: EntityManager, limit: number): Promise<readonly WaitingAct[]> {
    const rows = await tx.query<ActRow[]>(
      `SELECT ${SAID} FROM unchained_act u JOIN act a ON a.id = u.act_id ORDER BY a.at, u.act_id LIMIT $1`,
      [limit],
    );
    return rows.map((row) => ({ id: row.id, ...saidOf(row) }));
  }

  /** @param links with the id of the act of each */
  async append(
    tx: EntityManager,
    links: readonly (Link & { readonly actId: string; readonly previous: Uint8Array })[],
  ): Promise<void> {
    const ids = links.map(({ actId }) => actId);
    await tx.query(
      `INSERT INTO act_link (number, act_id, previous, hash)
       SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bytea[], $4::bytea[])`,
      [
        links.map(({ number }) => number),
        ids,
        links.map(({ previous }) => Buffer.from(previous)),
        links.map(({ hash }) => Buffer.from(hash)),
      ],
    );
    await tx.query('DELETE FROM unchained_act WHERE act_id = ANY ($1::bigint[])', [ids]);
  }

  /** Links after a number, in order. */
  async linksAfter(tx: EntityManager, number: number, limit: number): Promise<readonly StoredLink[]> {
    const rows = await tx.query<
      (Partial<ActRow> & { readonly number: string; readonly previous: Buffer; readonly hash: Buffer })[]
    >(
      `SELECT l.number, l.previous, l.hash, ${SAID} FROM act_link l LEFT JOIN act a ON a.id = l.act_id
       WHERE l.number > $1 ORDER BY l.number LIMIT $2`,
      [number, limit],
    );
    return rows.map((row) => ({
      number: Number(row.number),
      previous: row.previous,
      hash: row.hash,
      act: isAct(row) ? { number: Number(row.number), ...saidOf(row) } : undefined,
    }));
  }

  /** Acts that neither have a place nor wait for one: taken off the chain, or brought in past it. */
  async astray(tx: EntityManager, limit: number): Promise<readonly WaitingAct[]> {
    const rows = await tx.query<ActRow[]>(
      `SELECT ${SAID} FROM act a
       WHERE NOT EXISTS (SELECT FROM act_link l WHERE l.act_id = a.id)
         AND NOT EXISTS (SELECT FROM unchained_act u WHERE u.act_id = a.id)
       ORDER BY a.id LIMIT $1`,
      [limit],
    );
    return rows.map((row) => ({ id: row.id, ...saidOf(row) }));
  }

  async lastHeadNumber(tx: EntityManager): Promise<number> {
    const [row] = await tx.query<{ number: string }[]>(
      'SELECT number FROM ledger_head ORDER BY number DESC LIMIT 1',
    );
    return Number(row?.number ?? 0);
  }

  async insertHead(
    tx: EntityManager,
    head: { readonly number: number; readonly day: string; readonly entry: number },
  ): Promise<void> {
    await tx.query('INSERT INTO ledger_head (number, day, entry_id) VALUES ($1, $2, $3)', [
      head.number,
      head.day,
      head.entry,
    ]);
  }

  /** Chained acts, newest first. @param where conditions on `a` and `l`, their values from $2 on */
  async page(
    tx: EntityManager,
    where: { readonly sql: string; readonly values: readonly unknown[] },
    limit: number,
  ): Promise<readonly (ChainedAct & { readonly hash: Uint8Array })[]> {
    const rows = await tx.query<(ActRow & { readonly number: string; readonly hash: Buffer })[]>(
      `SELECT l.number, l.hash, ${SAID} FROM act_link l JOIN act a ON a.id = l.act_id
       ${where.sql} ORDER BY l.number DESC LIMIT $1`,
      [limit, ...where.values],
    );
    return rows.map((row) => ({ number: Number(row.number), ...saidOf(row), hash: row.hash }));
  }

  private async oneLink(tx: EntityManager, where: string, values: unknown[]): Promise<Link | undefined> {
    const [row] = await tx.query<{ number: string; hash: Buffer }[]>(
      `SELECT number, hash FROM act_link ${where} ORDER BY number DESC LIMIT 1`,
      values,
    );
    return row === undefined ? undefined : { number: Number(row.number), hash: row.hash };
  }
}

function isAct(row: Partial<ActRow>): row is ActRow {
  return typeof row.id === 'string';
}

function saidOf({ at, account, login, way, host_user, action, subject, detail }: ActRow) {
  return { at, account, login, way, hostUser: host_user, action, subject, detail };
}
