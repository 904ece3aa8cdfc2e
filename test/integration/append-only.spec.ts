import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const DECISION = new URL('../../docs/decisions/005-append-only-enforcement.md', import.meta.url);
// The page's one block of JSON is a list of names.
const TABLES = JSON.parse(
  /^```json\n(.*?)^```$/ms.exec(readFileSync(DECISION, 'utf8'))?.[1] ?? '[]',
) as string[];

const INSUFFICIENT_PRIVILEGE = '42501';

let database: TestDatabase;
let app: pg.Client;
let owner: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  app = new pg.Client(database.appUrl);
  owner = new pg.Client(database.ownerUrl);
  await app.connect();
  await owner.connect();
  await app.query(`INSERT INTO log (name, origin, vkey) VALUES ('lists', 'example.org/lists', 'key')`);
  await app.query(`INSERT INTO blob (hash, bytes) VALUES ('sha256:' || encode(sha256('{}'), 'hex'), '{}')`);
});

afterAll(async () => {
  await app.end();
  await owner.end();
  await database.drop();
});

/** SQLSTATE with which a statement is refused, or `done`. */
async function attempt(client: pg.Client, sql: string): Promise<string | undefined> {
  try {
    await client.query(sql);
    return 'done';
  } catch (error) {
    return error instanceof pg.DatabaseError ? error.code : String(error);
  }
}

test('the tables of decision 005 are those that have the trigger', async () => {
  const { rows } = await owner.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
     WHERE t.tgname = c.relname || '_append_only' AND t.tgenabled = 'O'`,
  );
  expect(rows.map(({ name }) => name).sort()).toEqual([...TABLES].sort());
  expect(TABLES.length).toBeGreaterThan(5);
});

describe.each(TABLES)('%s', (table) => {
  const attempts = async (client: pg.Client): Promise<unknown[]> => {
    const { rows } = await owner.query<{ name: string }>(
      `SELECT attname AS name FROM pg_attribute WHERE attrelid = $1::regclass AND attnum = 2`,
      [table],
    );
    const column = rows[0]?.name ?? '';
    return [
      await attempt(client, `UPDATE ${table} SET "${column}" = "${column}"`),
      await attempt(client, `DELETE FROM ${table}`),
      await attempt(client, `TRUNCATE ${table} CASCADE`),
    ];
  };

  test('refuses UPDATE, DELETE and TRUNCATE to the application', async () => {
    expect(await attempts(app)).toEqual(Array(3).fill(INSUFFICIENT_PRIVILEGE));
  });

  test('refuses them to its owner too', async () => {
    expect(await attempts(owner)).toEqual(Array(3).fill(INSUFFICIENT_PRIVILEGE));
  });

  test('lets the application neither change nor drop it, nor silence its trigger', async () => {
    for (const sql of [
      `ALTER TABLE ${table} DISABLE TRIGGER ALL`,
      `DROP TRIGGER ${table}_append_only ON ${table}`,
      `ALTER TABLE ${table} ADD COLUMN extra text`,
      `DROP TABLE ${table} CASCADE`,
    ]) {
      expect(await attempt(app, sql)).toBe(INSUFFICIENT_PRIVILEGE);
    }
  });
});

test('the application cannot replace the function of the triggers, nor step around them', async () => {
  for (const sql of [
    `CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'`,
    `SET session_replication_role = replica`,
    `SET ROLE mandate_owner`,
    `CREATE TABLE blob_copy (hash text)`,
  ]) {
    expect(await attempt(app, sql)).toBe(INSUFFICIENT_PRIVILEGE);
  }
});

test('a blob under another name than that of its hash is refused', async () => {
  const name = `sha256:${'0'.repeat(64)}`;
  expect(await attempt(app, `INSERT INTO blob (hash, bytes) VALUES ('${name}', '{}')`)).toBe('23514');
});

test('what was written before all that is still there', async () => {
  const { rows } = await owner.query<{ origin: string; blobs: number }>(
    'SELECT origin, (SELECT count(*)::int FROM blob) AS blobs FROM log',
  );
  expect(rows).toEqual([{ origin: 'example.org/lists', blobs: 1 }]);
});
