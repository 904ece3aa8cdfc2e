import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DataSource } from 'typeorm';
import { MIGRATIONS, runMigrations } from '../../apps/registry/src/database/migrate.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const CHAINED = MIGRATIONS.findIndex(({ name }) => name.startsWith('ChainActs'));

let database: TestDatabase;
let owner: DataSource;

beforeAll(async () => {
  database = await createTestDatabase({ migrated: false });
  owner = await new DataSource({
    type: 'postgres',
    url: database.ownerUrl,
    migrations: MIGRATIONS.slice(0, CHAINED),
    migrationsTransactionMode: 'each',
  }).initialize();
  await owner.runMigrations();
});
afterAll(async () => {
  await owner.destroy();
  await database.drop();
});

test('what was done before there was one ledger stands in it, in the order in which it was done', async () => {
  const [{ id }] = await owner.query<[{ id: string }]>(
    `INSERT INTO account (login, display_name, roles, password_hash) VALUES ('keeper', 'x', '{editor}', 'x') RETURNING id`,
  );
  const [{ draft }] = await owner.query<[{ draft: string }]>(
    `INSERT INTO draft (id, scope, list, title, effective_date, reason, missing, state, version, author)
     VALUES (gen_random_uuid(), 'change', 'registry', 'x', '2026-01-01', 'x', '[]', 'draft', 1, '${id}') RETURNING id AS draft`,
  );
  await owner.query(
    `INSERT INTO act (at, account, action, subject) VALUES ('2026-03-01', '${id}', 'account.requested', 'x')`,
  );
  await owner.query(
    `INSERT INTO draft_event (draft_id, version, action, account, change, at, comment) VALUES
       ('${draft}', 2, 'commented', '${id}', 7, '2026-02-02', 'words'), ('${draft}', 1, 'created', '${id}', NULL, '2026-02-01', NULL)`,
  );
  await runMigrations(database.ownerUrl, database.appUrl, {
    way: { kind: 'command-line', hostUser: 'zhang san' },
  });
  const acts = await owner.query<unknown[]>(
    `SELECT a.action, a.login, a.way, a.host_user, a.detail FROM unchained_act u JOIN act a ON a.id = u.act_id ORDER BY a.at, a.id`,
  );
  const by = (action: string, more: object = {}) => ({
    action,
    login: 'keeper',
    way: null,
    host_user: null,
    detail: null,
    ...more,
  });
  expect(acts).toEqual([
    by('draft.created', { detail: { version: 1 } }),
    by('draft.commented', { detail: { version: 2, change: 7 } }),
    by('account.requested'),
    {
      action: 'database.migrated',
      login: null,
      way: 'command-line',
      host_user: 'zhang san',
      detail: { migrations: MIGRATIONS.length - CHAINED },
    },
  ]);
});
