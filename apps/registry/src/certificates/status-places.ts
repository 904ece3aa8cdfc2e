import { randomInt } from 'node:crypto';
import type { EntityManager } from 'typeorm';

export const STATUS_LIST_BITS = 131_072;
/**
 * Places are given at random within one window after the other: at random, because a place that followed the order of
 * issue would tell it; in windows, so that after a loss all that may have been given can be left behind.
 */
export const WINDOW = 16_384;
/** Places that are tried in a window. Nine tenths full, one issue in a thousand goes on to the next window. */
const TRIES = 64;
const NEARLY_FULL = WINDOW * 0.9;

/** A free place; undefined where the list is as good as full. */
export async function findFreePlace(tx: EntityManager): Promise<number | undefined> {
  const first = await firstPlace(tx);
  const candidates: number[] = [];
  for (let window = first; window < STATUS_LIST_BITS; window += WINDOW)
    for (let n = 0; n < TRIES; n += 1) candidates.push(window + randomInt(WINDOW));
  const [row] = await tx.query<{ place: number }[]>(
    `SELECT c.place FROM unnest($1::int[]) WITH ORDINALITY AS c (place, n)
     WHERE NOT EXISTS (SELECT FROM certificate r WHERE r.status_index = c.place)
       AND NOT EXISTS (SELECT FROM lost_revocation l WHERE l.status_index = c.place)
     ORDER BY c.n LIMIT 1`,
    [candidates],
  );
  return row?.place;
}

/**
 * From where on no place can have been given that the database does not know of: behind the window it was giving from
 * and one more, which may have been begun since.
 * @param from from where places were given, as far as is known @param lost certificates that are known to be lost
 */
export async function placeBehindLoss(
  tx: EntityManager,
  { from, lost }: { readonly from: number; readonly lost: number },
): Promise<number> {
  let window = from;
  const rows = await tx.query<{ window: number; used: string }[]>(
    `SELECT status_index / $1::int AS window, count(*) AS used FROM certificate GROUP BY 1`,
    [WINDOW],
  );
  const used = new Map(rows.map((row) => [row.window * WINDOW, Number(row.used)]));
  while (window < STATUS_LIST_BITS && (used.get(window) ?? 0) > NEARLY_FULL) window += WINDOW;
  // A window is left when it is nine tenths full, at the earliest.
  const windows = 2 + Math.floor(lost / NEARLY_FULL);
  return Math.min(STATUS_LIST_BITS, window + windows * WINDOW);
}

export async function firstPlace(tx: EntityManager): Promise<number> {
  const [row] = await tx.query<{ first: number | null }[]>(
    'SELECT max(first_status_index) AS first FROM continuation',
  );
  return row?.first ?? 0;
}
