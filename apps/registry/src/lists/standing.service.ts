import { Injectable } from '@nestjs/common';
import type { ItemState, Register } from '@mandate/lists';
import type { EntityManager } from 'typeorm';

/** How a key stands, seen from a change that is to take effect on a day. */
export interface Standing {
  /** blob of the newest entry of the key: what a change to it was compared with */
  readonly blob: string;
  /** effective date of that entry; in the future for what is scheduled */
  readonly effectiveDate: string;
  readonly kind: string | undefined;
  /** state of what is in force on the day, in which a change of that day finds it; `none` before the first */
  readonly state: ItemState | 'none';
}

interface Row {
  key: string;
  blob: string;
  effective_date: string;
  kind: string | null;
  in_force: string | null;
  state: ItemState | null;
  abolished: boolean | null;
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
      `SELECT w.key, n.blob_hash AS blob, n.effective_date::text, convert_from(n.leaf, 'UTF8')::jsonb ->> 'kind' AS kind,
              i.blob_hash AS in_force, c.content ->> 'state' AS state, c.content -> 'abolished' = 'true' AS abolished
       FROM unnest($2::text[], $3::date[]) AS w (key, day)
       CROSS JOIN LATERAL (
         SELECT e.blob_hash, e.effective_date, e.leaf FROM entry e
         WHERE e.log = 'lists' AND e.register = $1 AND e.key = w.key ORDER BY e.id DESC LIMIT 1
       ) AS n
       LEFT JOIN LATERAL (
         SELECT e.blob_hash FROM entry e
         WHERE e.log = 'lists' AND e.register = $1 AND e.key = w.key AND e.effective_date <= w.day
         ORDER BY e.effective_date DESC, e.id DESC LIMIT 1
       ) AS i ON true
       LEFT JOIN LATERAL (
         SELECT convert_from(b.bytes, 'UTF8')::jsonb AS content FROM blob b WHERE b.hash = i.blob_hash
       ) AS c ON true`,
      [register, wanted.map(({ key }) => key), wanted.map(({ day }) => day)],
    );
    return new Map(
      rows.map((row) => [
        row.key,
        {
          blob: row.blob,
          effectiveDate: row.effective_date,
          kind: row.kind ?? undefined,
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
      `SELECT v.key, e.blob_hash AS blob, v.state FROM list_version v JOIN entry e ON e.id = v.entry_id
       WHERE v.register = $1 AND v.newest AND v.key > $2 || '.' AND v.key < $2 || '/' ORDER BY v.key`,
      [register, list],
    );
  }
}

/** Organs and regions have no state of their own: they stand until they are abolished. */
function stateOf({ in_force: inForce, state, abolished }: Row): ItemState | 'none' {
  if (inForce === null) return 'none';
  return state ?? (abolished === true ? 'cancelled' : 'in-force');
}
