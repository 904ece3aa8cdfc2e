import type { Readable } from 'node:stream';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import {
  columnsOf,
  quoted,
  readSequences,
  readTableShapes,
  type SequenceState,
  type TableShape,
} from './table-shapes.ts';

/** One state of the whole database, while everybody else goes on writing. */
export interface Snapshot {
  readonly migrations: readonly string[];
  readonly tables: readonly TableShape[];
  /** in PostgreSQL's text form of COPY, UTF-8: one that every version of it reads */
  rows(table: TableShape): Readable;
  /** Read last: each has given at least the numbers that the rows bear. */
  sequences(): Promise<readonly SequenceState[]>;
}

/** What the text form of COPY depends on, said so that it is the same everywhere. */
export const COPY_SETTINGS = `SET client_encoding = 'UTF8'; SET datestyle = 'ISO, YMD'; SET intervalstyle = 'postgres';
  SET timezone = 'UTC'; SET extra_float_digits = 3; SET bytea_output = 'hex'; SET standard_conforming_strings = on`;

/** A copy of everything takes as long as it takes; limits for requests are not meant for it. */
export const WITHOUT_LIMITS = `SELECT set_config(name, '0', false) FROM pg_settings WHERE name IN
  ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout', 'transaction_timeout')`;

/** A connection of its own: the pool is for those who are served. @param url of a role that may read everything */
export async function withSnapshot<T>(url: string, work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'mandate backup' });
  // A server that goes away fails the query under way, and says so once more here.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(WITHOUT_LIMITS);
    await client.query(COPY_SETTINGS);
    const before = await readTableShapes(client);
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    // No migration changes a table from here on; taken before the snapshot, which the next statement takes.
    await client.query(
      `LOCK TABLE ${before.map(({ name }) => quoted(name)).join(', ')} IN ACCESS SHARE MODE`,
    );
    const tables = await readTableShapes(client);
    if (JSON.stringify(tables) !== JSON.stringify(before))
      throw new Error('the schema changed while the backup began: run it again');
    const { rows: ran } = await client.query<{ name: string }>('SELECT name FROM migrations ORDER BY id');
    return await work({
      migrations: ran.map(({ name }) => name),
      tables,
      rows: (table) => client.query(copyTo(`COPY ${quoted(table.name)} (${columnsOf(table)}) TO STDOUT`)),
      sequences: () => readSequences(client),
    });
  } finally {
    await client.end().catch(() => undefined);
  }
}
