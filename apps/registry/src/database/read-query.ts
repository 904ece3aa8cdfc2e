import type { Pool, QueryResultRow } from 'pg';
import type { DataSource } from 'typeorm';

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
  const { rows } = await poolOf(source).query<Row>(statement);
  return rows;
}

function poolOf({ driver }: DataSource): Pool {
  // TypeORM's PostgreSQL driver, the only one there is here, keeps the pool of `pg` under this name, typed any.
  return (driver as unknown as { readonly master: Pool }).master;
}
