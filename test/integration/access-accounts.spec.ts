import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { MIGRATIONS, runMigrations } from '../../apps/registry/src/database/migrate.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let client: pg.Client;

/** A registry of the time before there were roles, with its accounts. */
beforeAll(async () => {
  database = await createTestDatabase({ migrated: false });
  const before = new DataSource({
    type: 'postgres',
    url: database.ownerUrl,
    migrations: MIGRATIONS.slice(
      0,
      MIGRATIONS.findIndex(({ name }) => name.startsWith('AddAccountRoles')),
    ),
  });
  await before.initialize();
  await before.runMigrations();
  await before.query(
    `INSERT INTO account (login, display_name, organ, password_hash) VALUES ('bureau', '局', 'o-a', 'x'), ('keeper', '簿', NULL, 'x')`,
  );
  await before.destroy();
  await runMigrations(database.ownerUrl, database.appUrl);
  client = new pg.Client({ connectionString: database.appUrl });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

test('accounts made before there were roles keep issuing and gain the work of their place', async () => {
  const { rows } = await client.query('SELECT login, roles FROM account ORDER BY login');
  expect(rows).toEqual([
    { login: 'bureau', roles: ['editor', 'issuer'] },
    { login: 'keeper', roles: ['editor', 'reviewer', 'publisher', 'issuer'] },
  ]);
});

test.each([
  ['a role that does not exist', `ARRAY['emperor']`],
  ['an auditor who also writes', `ARRAY['auditor', 'editor']`],
  ['no roles at all, which is not the empty list', 'NULL'],
])('the database itself refuses %s', async (_name, roles) => {
  await expect(
    client.query(`UPDATE account SET roles = ${roles} WHERE login = 'bureau'`),
  ).rejects.toMatchObject({
    code: expect.stringMatching(/^23(502|514)$/),
  });
});
