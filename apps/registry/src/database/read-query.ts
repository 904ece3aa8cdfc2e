import type { QueryResultRow } from 'pg';
import type { DataSource } from 'typeorm';
import { fromDriver } from './failures.ts';
import { poolOf } from './pool-of.ts';

/** A statement that is run again and again. */
export interface Statement {
  /** the server plans a named statement once for each connection; without a name, each time */
  readonly name?: string;
  readonly text: string;
  readonly values: unknown[];
}

/**
 * One read outside of a transaction, on the application's own pool. TypeORM makes a runner for each query, which takes as long
 * as all the rest of a request.
 */
export async function readQuery<Row extends QueryResultRow>(
  source: DataSource,
  statement: Statement,
): Promise<Row[]> {
  try {
    const { rows } = await poolOf(source).query<Row>(statement);
    return rows;
  } catch (error) {
    throw fromDriver(error) ?? error;
  }
}
