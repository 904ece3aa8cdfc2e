import { type DataSource, type EntityManager, QueryFailedError } from 'typeorm';

// serialization_failure, deadlock_detected: PostgreSQL asks for the whole transaction to be run again.
const RETRY = new Set(['40001', '40P01']);
const ATTEMPTS = 5;

/**
 * Runs `work` in a transaction; the whole of it again, in a new transaction, where PostgreSQL asks for that.
 * `work` must therefore have no effect outside the database.
 */
export async function inTransaction<T>(
  source: DataSource,
  work: (tx: EntityManager) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await source.transaction(work);
    } catch (error) {
      if (attempt === ATTEMPTS || !RETRY.has(sqlState(error) ?? '')) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20 * attempt * (1 + Math.random())));
    }
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
