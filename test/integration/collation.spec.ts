import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

// An index in the order of the host's locale is wrong once the host's glibc has another order, and a unique one then takes
// a key twice. Whatever order the tests' own server has: asked is what the catalogue says, not how it sorts.

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

/** Columns and expressions of indexes, those of keys and constraints among them, that have an order which is not that of bytes. */
async function indexedByLocale(): Promise<readonly string[]> {
  const { rows } = await client.query<{ at: string }>(`
    SELECT i.indexrelid::regclass || '.' || pg_get_indexdef(i.indexrelid, k.n::int, true) AS at
    FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
      CROSS JOIN unnest(i.indcollation::oid[]) WITH ORDINALITY AS k (locale, n)
      LEFT JOIN pg_collation l ON l.oid = k.locale
    WHERE c.relnamespace = 'public'::regnamespace AND c.relname <> 'migrations'
      AND k.locale <> 0 AND NOT (l.collname = 'C' AND l.collprovider = 'c')
    ORDER BY 1`);
  return rows.map(({ at }) => at);
}

/** Text columns that refer to another table's. */
async function referencesByLocale(): Promise<readonly string[]> {
  const { rows } = await client.query<{ at: string }>(`
    SELECT f.conrelid::regclass || '.' || a.attname AS at
    FROM pg_constraint f JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = ANY (f.conkey)
      JOIN pg_collation l ON l.oid = a.attcollation
    WHERE f.contype = 'f' AND l.collname <> 'C' ORDER BY 1`);
  return rows.map(({ at }) => at);
}

describe('an upgrade of the host cannot spoil a key', () => {
  test('every index over text is in the order of bytes', async () => {
    expect(await indexedByLocale()).toEqual([]);
  });

  test('so is every text that refers to a key', async () => {
    expect(await referencesByLocale()).toEqual([]);
  });

  test('an index in another order would be found, of a column and of an expression', async () => {
    await client.query('BEGIN');
    await client.query('CREATE TABLE probe (name text PRIMARY KEY, title text)');
    await client.query('CREATE INDEX probe_lower_idx ON probe (lower(title))');
    expect(await indexedByLocale()).toEqual(['probe_lower_idx.lower(title)', 'probe_pkey.name']);
    await client.query('ROLLBACK');
  });

  test('what the migration had to take away for a moment is there again', async () => {
    const guards = await client.query<{ name: string }>(
      `SELECT tgname AS name FROM pg_trigger WHERE tgname = 'entry_versioned' AND tgdeferrable AND tginitdeferred`,
    );
    const views = await client.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class
       WHERE relkind = 'v' AND relnamespace = 'public'::regnamespace AND has_table_privilege('mandate_app', oid, 'SELECT')`,
    );
    expect(guards.rows).toHaveLength(1);
    expect(views.rows.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['account_name', 'stored_entry']),
    );
  });
});
