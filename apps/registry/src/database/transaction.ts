import { type DataSource, type EntityManager, QueryFailedError } from 'typeorm';
import { DatabaseError } from './database.errors.ts';
import { databaseErrorOf } from './failures.ts';
import { holdingConnection, requireNoneHeld } from './one-connection.ts';
import { poolOf } from './pool-of.ts';

// serialization_failure, deadlock_detected: PostgreSQL asks for the whole transaction to be run again.
const RETRY = new Set(['40001', '40P01']);
const ATTEMPTS = 5;

/**
 * Runs `work` in a transaction; the whole of it again, in a new transaction, where PostgreSQL asks for that.
 * `work` must therefore have no effect outside the database, and reaches the database by `tx` alone.
 * @throws DatabaseError `outcome-unknown` where the connection was lost while it committed
 */
export async function inTransaction<T>(
  source: DataSource,
  work: (tx: EntityManager) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await runOnce(source, (inside) => source.transaction(inside), work);
    } catch (error) {
      if (attempt === ATTEMPTS || !RETRY.has(sqlState(error) ?? '')) throw error;
      // The connection went back to the pool with the transaction: nobody waits for one while this sleeps.
      await new Promise((resolve) => setTimeout(resolve, 20 * attempt * (1 + Math.random())));
    }
  }
}

/** Runs `work` on one state of the database, whatever others commit meanwhile; never again, so that it may write files. */
export async function inSnapshot<T>(source: DataSource, work: (tx: EntityManager) => Promise<T>): Promise<T> {
  return runOnce(source, (inside) => source.transaction('REPEATABLE READ', inside), work);
}

async function runOnce<T>(
  source: DataSource,
  begin: (inside: (tx: EntityManager) => Promise<T>) => Promise<T>,
  work: (tx: EntityManager) => Promise<T>,
): Promise<T> {
  const pool: object = poolOf(source);
  requireNoneHeld(pool);
  const step = { isCommit: false };
  try {
    return await begin(async (tx) => {
      const result = await holdingConnection(pool, () => work(tx));
      step.isCommit = true;
      return result;
    });
  } catch (error) {
    // Whoever simply did it again could do it twice.
    if (step.isCommit && databaseErrorOf(error)?.code === 'database-unavailable')
      throw new DatabaseError('outcome-unknown', { cause: error });
    throw error;
  }
}

/** Runs `work` as `inTransaction` does, and takes back everything it did: what it gives is what would have been. */
export async function inUndoneTransaction<T>(
  source: DataSource,
  work: (tx: EntityManager) => Promise<T>,
): Promise<T> {
  try {
    return await inTransaction(source, async (tx) => {
      throw new Undone(await work(tx));
    });
  } catch (error) {
    // Thrown just above, so of this result.
    if (error instanceof Undone) return error.result as T;
    throw error;
  }
}

/** The only way to have a transaction rolled back. */
class Undone extends Error {
  readonly result: unknown;

  constructor(result: unknown) {
    super('undone on purpose');
    this.result = result;
  }
}

/** SQLSTATE of a failed query, e.g. `23505`. */
export function sqlState(error: unknown): string | undefined {
  if (!(error instanceof QueryFailedError)) return undefined;
  const driverError: unknown = error.driverError;
  return driverError instanceof Error && 'code' in driverError && typeof driverError.code === 'string'
    ? driverError.code
    : undefined;
}
