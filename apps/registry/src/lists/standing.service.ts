import { Injectable } from '@nestjs/common';
import { parseJson } from '@mandate/encoding';
import { type ItemState, type ListEntry, ListEntrySchema, type Register } from '@mandate/lists';
import type { EntityManager } from 'typeorm';
import { ownedBy } from '../database/owner-range.ts';

/** How a key stands, seen from a change that is to take effect on a day. */
export interface Standing {
  /** blob of the newest entry of the key: what a change to it was compared with */
  readonly blob: string;
  /** effective date of that entry; in the future for what is scheduled */
  readonly effectiveDate: string;
  readonly kind: ListEntry['kind'];
  /** state of what is in force on the day, in which a change of that day finds it; `none` before the first */
  readonly state: ItemState | 'none';
}

interface Row {
  key: string;
  blob: string;
  effective_date: string;
  leaf: Buffer;
  listed: boolean;
  state: ItemState | null;
}

const ANY_DAY = '2000-01-01';

/** What the lists say now about many keys at once. Under `lockForChange` it stays so until the end of the transaction. */
@Injectable()
export class StandingService {
  /** @returns by key; a key that was never listed is absent */
  async of(
    tx: EntityManager,
    register: Register,
    wanted: readonly { readonly key: string; readonly day: string }[],
  ): Promise<ReadonlyMap<string, Standing>> {
    const rows = await tx.query<Row[]>(
      `SELECT w.key, n.blob_hash AS blob, n.effective_date::text, n.leaf, i.entry_id IS NOT NULL AS listed, i.state
       FROM unnest($2::text[], $3::date[]) AS w (key, day)
       CROSS JOIN LATERAL (
         SELECT e.blob_hash, e.effective_date, e.leaf FROM stored_entry e
         WHERE e.register = $1 AND e.key = w.key ORDER BY e.entry_id DESC LIMIT 1
       ) AS n
       LEFT JOIN LATERAL (
         SELECT v.entry_id, v.state FROM list_version v
         WHERE v.register = $1 AND v.key = w.key AND v.effective_date <= w.day
         ORDER BY v.effective_date DESC, v.entry_id DESC LIMIT 1
       ) AS i ON true`,
      [register, wanted.map(({ key }) => key), wanted.map(({ day }) => day)],
    );
    return new Map(
      rows.map((row) => [
        row.key,
        {
          blob: row.blob,
          effectiveDate: row.effective_date,
          kind: ListEntrySchema.parse(parseJson(row.leaf)).kind,
          state: stateOf(row),
        },
      ]),
    );
  }

  /** Which of these keys were ever listed, what is only scheduled too. */
  async everListed(
    tx: EntityManager,
    register: Register,
    keys: readonly string[],
  ): Promise<ReadonlySet<string>> {
    // The day says in which state a key is found, which is not asked.
    const wanted = keys.map((key) => ({ key, day: ANY_DAY }));
    return new Set((await this.of(tx, register, wanted)).keys());
  }

  /** Every key of a list with the blob and the state of its newest entry: what an edition of it binds. */
  async ofList(
    tx: EntityManager,
    register: 'authority-item' | 'negative-list-item',
    list: string,
  ): Promise<readonly { key: string; blob: string; state: ItemState }[]> {
    return tx.query<{ key: string; blob: string; state: ItemState }[]>(
      `SELECT v.key, e.blob_hash AS blob, v.state FROM list_version v JOIN stored_entry e ON e.entry_id = v.entry_id
       WHERE v.register = $1 AND v.newest AND ${ownedBy('v.key', '$2')} ORDER BY v.key`,
      [register, list],
    );
  }
}

/** What has no state of its own stands from the day it is listed. */
function stateOf({ listed, state }: Row): ItemState | 'none' {
  return listed ? (state ?? 'in-force') : 'none';
}
