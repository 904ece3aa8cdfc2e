import { DataSource } from 'typeorm';
import { limitedConnections } from './limits.ts';
import { type Way, waySettings } from '../config/way.ts';
import { CreateLog20261121000000 } from '../../../../migrations/20261121000000-create-log.ts';
import { CreateAccounts20261121000100 } from '../../../../migrations/20261121000100-create-accounts.ts';
import { CreateCertificates20261121000200 } from '../../../../migrations/20261121000200-create-certificates.ts';
import { AddImportSource20261121000300 } from '../../../../migrations/20261121000300-add-import-source.ts';
import { AddAccountRoles20261122000000 } from '../../../../migrations/20261122000000-add-account-roles.ts';
import { CreateDrafts20261122000100 } from '../../../../migrations/20261122000100-create-drafts.ts';
import { CreateListProjections20261122000200 } from '../../../../migrations/20261122000200-create-list-projections.ts';
import { CreateActs20261127000100 } from '../../../../migrations/20261127000100-create-acts.ts';
import { CompareKeysByBytes20261127010000 } from '../../../../migrations/20261127010000-compare-keys-by-bytes.ts';
import { GuardAccounts20261127020000 } from '../../../../migrations/20261127020000-guard-accounts.ts';
import { ChainActs20261127030000 } from '../../../../migrations/20261127030000-chain-acts.ts';
import { AskAboutMissingItems20261127110000 } from '../../../../migrations/20261127110000-ask-about-missing-items.ts';
import { ContinueAfterLoss20261127050000 } from '../../../../migrations/20261127050000-continue-after-loss.ts';
import { RememberColumns20261127060000 } from '../../../../migrations/20261127060000-remember-columns.ts';
import { OverruleFindings20261127090000 } from '../../../../migrations/20261127090000-overrule-findings.ts';
import { ProjectListsByTheirWriter20261127000000 } from '../../../../migrations/20261127000000-project-lists-by-their-writer.ts';

// Listed by hand: a migration that is in the folder but not here, or the other way round, fails a test.
export const MIGRATIONS = [
  CreateLog20261121000000,
  CreateAccounts20261121000100,
  CreateCertificates20261121000200,
  AddImportSource20261121000300,
  AddAccountRoles20261122000000,
  CreateDrafts20261122000100,
  CreateListProjections20261122000200,
  ProjectListsByTheirWriter20261127000000,
  CreateActs20261127000100,
  CompareKeysByBytes20261127010000,
  GuardAccounts20261127020000,
  ChainActs20261127030000,
  ContinueAfterLoss20261127050000,
  RememberColumns20261127060000,
  OverruleFindings20261127090000,
  AskAboutMissingItems20261127110000,
];

// Two processes that start at once migrate one after the other.
export const MIGRATION_LOCK = 4_180_000;

/**
 * Brings the database to the newest migration as its owner, then gives the application's role what it needs:
 * SELECT on views, SELECT and INSERT on append-only tables, all row changes on the others, nothing on the schema.
 * @param way by which it is done: what ran then stands in the ledger, without one it is the making of a database for a test
 * @param only names of those to run, for a backup of an older schema; absent: all
 * @returns names of the migrations that ran
 */
export async function runMigrations(
  ownerUrl: string,
  appUrl: string,
  { way, only }: { readonly way?: Way; readonly only?: readonly string[] } = {},
): Promise<readonly string[]> {
  const owner = new DataSource({
    type: 'postgres',
    url: ownerUrl,
    migrations: MIGRATIONS.filter(({ name }) => only === undefined || only.includes(name)),
    migrationsTransactionMode: 'each',
    extra: limitedConnections('migration', way === undefined ? '' : waySettings(way)),
  });
  await owner.initialize();
  const lock = owner.createQueryRunner();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const ran = await owner.runMigrations();
    await grantToApplication(owner, decodeURIComponent(new URL(appUrl).username));
    if (way !== undefined && ran.length > 0) await recordMigrations(owner, ran);
    return ran.map((migration) => migration.name);
  } finally {
    await lock.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    await lock.release();
    await owner.destroy();
  }
}

async function recordMigrations(owner: DataSource, ran: readonly { readonly name: string }[]): Promise<void> {
  await owner.query(
    `INSERT INTO act (action, subject, detail) VALUES ('database.migrated', $1, jsonb_build_object('migrations', $2::int))`,
    [ran.at(-1)?.name, ran.length],
  );
}

async function grantToApplication(owner: DataSource, role: string): Promise<void> {
  const [{ current_user: ownerRole }] = await owner.query<[{ current_user: string }]>('SELECT current_user');
  // One role for both: the triggers alone hold the tables append-only, and the README says so.
  if (ownerRole === role) return;
  await owner.transaction(async (tx) => {
    await tx.query(`SELECT set_config('mandate.role', $1, true)`, [role]);
    await tx.query(`
      DO $$
      DECLARE
        role text := current_setting('mandate.role');
        t record;
      BEGIN
        EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', role);
        FOR t IN
          SELECT c.oid::regclass AS name,
            CASE
              WHEN c.relkind = 'v' THEN 'SELECT'
              WHEN EXISTS (
                SELECT FROM pg_trigger g WHERE g.tgrelid = c.oid AND g.tgname = c.relname || '_append_only'
              ) THEN 'SELECT, INSERT'
              ELSE 'SELECT, INSERT, UPDATE, DELETE'
            END AS rights
          FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
          WHERE n.nspname = 'public' AND c.relkind IN ('r', 'v') AND c.relname <> 'migrations'
        LOOP
          EXECUTE format('GRANT %s ON %s TO %I', t.rights, t.name, role);
        END LOOP;
        EXECUTE format('GRANT SELECT ON migrations TO %I', role);
        EXECUTE format('GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO %I', role);
      END $$`);
  });
}

/** Migrations that are known to this program and have not run on the database. */
export async function pendingMigrations(source: {
  query<T>(sql: string): Promise<T>;
}): Promise<readonly string[]> {
  const [{ exists }] = await source.query<[{ exists: boolean }]>(
    `SELECT to_regclass('migrations') IS NOT NULL AS exists`,
  );
  const done = exists ? await source.query<{ name: string }[]>('SELECT name FROM migrations') : [];
  const names = new Set(done.map((row) => row.name));
  return MIGRATIONS.map((migration) => migration.name).filter((name) => !names.has(name));
}
