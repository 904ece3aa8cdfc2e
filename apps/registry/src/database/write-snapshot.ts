import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { DataSource, type EntityManager } from 'typeorm';
import { MIGRATION_LOCK } from './migrate.ts';
import { COPY_SETTINGS, WITHOUT_LIMITS } from './read-snapshot.ts';
import { columnsOf, quoted, readTableShapes, type SequenceState, type TableShape } from './table-shapes.ts';

export interface StoredSnapshot {
  readonly tables: readonly (TableShape & { readonly rows: number })[];
  readonly sequences: readonly SequenceState[];
  /** the rows of one of its tables */
  open(table: TableShape): Readable;
}

/** Where one of these has a row, somebody has begun to use the database. */
const TELLING = ['account', 'log', 'entry', 'certificate', 'draft'];

/** Whether nobody has used the database yet. Tables that the migrations made and nobody filled do not count. */
export async function isUnused(url: string): Promise<boolean> {
  return withClient(url, (client) => isEmpty(client));
}

/** @param finish within the same transaction, before anybody sees the rows */
export async function writeSnapshot(
  ownerUrl: string,
  stored: StoredSnapshot,
  finish: (tx: EntityManager) => Promise<void>,
): Promise<void> {
  const owner = await new DataSource({ type: 'postgres', url: ownerUrl, poolSize: 1 }).initialize();
  const runner = owner.createQueryRunner();
  try {
    // TypeORM gives the connection of `pg` that the runner works on, typed any.
    const client = (await runner.connect()) as pg.PoolClient;
    await client.query(WITHOUT_LIMITS);
    await client.query(COPY_SETTINGS);
    await runner.startTransaction();
    try {
      // Nobody else migrates or restores at the same time.
      await client.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
      if (!(await isEmpty(client))) throw new Error('the database is in use by now');
      await fill(client, stored);
      await finish(runner.manager);
      await runner.commitTransaction();
    } catch (error) {
      // The connection may be gone, and with it the transaction.
      await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    }
  } finally {
    await runner.release().catch(() => undefined);
    await owner.destroy();
  }
}

async function fill(client: pg.ClientBase, stored: StoredSnapshot): Promise<void> {
  const shapes = await readTableShapes(client);
  const expected = new Map(stored.tables.map((table) => [table.name, table]));
  if (shapes.length !== expected.size || shapes.some(({ name }) => !expected.has(name)))
    throw new Error('the tables of the backup are not those of its migrations');
  // Rows come as they were: nothing is worked out from them a second time. Foreign keys are asked as always.
  for (const { name } of shapes) await client.query(`ALTER TABLE ${quoted(name)} DISABLE TRIGGER USER`);
  for (const { name } of shapes.toReversed()) await client.query(`DELETE FROM ${quoted(name)}`);
  for (const { name } of shapes) {
    const table = expected.get(name);
    if (table === undefined) continue;
    const into = client.query(copyFrom(`COPY ${quoted(name)} (${columnsOf(table)}) FROM STDIN`));
    await pipeline(stored.open(table), into);
    if (into.rowCount !== table.rows)
      throw new Error(`${name}: ${into.rowCount} rows instead of ${table.rows}`);
  }
  for (const { name, last } of stored.sequences)
    if (last !== null) await client.query('SELECT setval($1::regclass, $2, true)', [quoted(name), last]);
  // What is deferred is asked now: behind the triggers nothing may be waiting.
  await client.query('SET CONSTRAINTS ALL IMMEDIATE');
  for (const { name } of shapes) await client.query(`ALTER TABLE ${quoted(name)} ENABLE TRIGGER USER`);
}

async function isEmpty(client: pg.ClientBase): Promise<boolean> {
  for (const table of TELLING) {
    const { rows: there } = await client.query<{ there: boolean }>(
      'SELECT to_regclass($1) IS NOT NULL AS there',
      [quoted(table)],
    );
    if (there[0]?.there !== true) continue;
    const { rows } = await client.query(`SELECT 1 FROM ${quoted(table)} LIMIT 1`);
    if (rows.length > 0) return false;
  }
  return true;
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
