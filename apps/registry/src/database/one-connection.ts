import { AsyncLocalStorage } from 'node:async_hooks';
import { DatabaseError } from './database.errors.ts';

/** A connection of a pool in the hands of what runs; `outer` where it is one of another database within. */
interface Hold {
  readonly pool: object;
  readonly outer: Hold | undefined;
  isHeld: boolean;
}

const holds = new AsyncLocalStorage<Hold>();

/** Runs `work`, which holds a connection of `pool` for as long. What it began and did not wait for may ask again afterwards. */
export async function holdingConnection<T>(pool: object, work: () => Promise<T>): Promise<T> {
  const hold: Hold = { pool, outer: holds.getStore(), isHeld: true };
  return holds.run(hold, async () => {
    try {
      return await work();
    } finally {
      hold.isHeld = false;
    }
  });
}

/**
 * Whoever waits for a second connection while holding one may wait for somebody who waits for his. With a pool of ten,
 * ten issuances at once once stopped the whole registry; with nine it went well, so that no other test found it. This finds
 * the first one, alone.
 * @throws DatabaseError `second-connection`
 */
export function requireNoneHeld(pool: object): void {
  for (let hold = holds.getStore(); hold !== undefined; hold = hold.outer) {
    if (hold.isHeld && hold.pool === pool) throw new DatabaseError('second-connection');
  }
}
