import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { runMigrations } from '../../apps/registry/src/database/migrate.ts';
import { openEmbeddedDatabase } from '../../apps/registry/src/runtime/embedded-postgres.ts';
import { lockExclusively } from '../../apps/registry/src/files/process-lock.ts';
import { openLastingServer, type Server } from './lasting-database.ts';
import { templateName } from './template.ts';

export interface TestDatabase {
  /** role `mandate_owner` */
  readonly ownerUrl: string;
  /** role `mandate_app`, which the application uses */
  readonly appUrl: string;
  /** Deletes the database. @throws Error while a connection to it is open: the suite forgot to close something */
  drop(): Promise<void>;
}

/**
 * A migrated database of one suite's own, on the real PostgreSQL that all suites of a run share, and outside of CI all
 * runs of a checkout.
 * @param migrated false for an empty database
 */
export async function createTestDatabase({ migrated = true } = {}): Promise<TestDatabase> {
  const server = await sharedServer();
  const name = `test_${randomBytes(8).toString('hex')}`;
  const template = migrated ? await templateOn(server) : 'template0';
  await query(server.ownerUrl, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  return {
    ownerUrl: onDatabase(server.ownerUrl, name),
    appUrl: onDatabase(server.appUrl, name),
    // The server itself waits five seconds for a client that just said goodbye.
    drop: async () => {
      await query(server.ownerUrl, `DROP DATABASE ${name}`);
    },
  };
}

function runFolder(): string {
  const folder = process.env['MANDATE_TEST_RUN_DIR'];
  if (folder === undefined) throw new Error('no Jest run folder: test/support/global-setup.mjs did not run');
  return folder;
}

async function locked<T>(work: () => Promise<T>): Promise<T> {
  const lock = await lockExclusively(join(runFolder(), 'setup.lock'), { timeoutMs: 300_000 });
  try {
    return await work();
  } finally {
    lock.release();
  }
}

/** Started by the suite that comes first; ended with the run by global-teardown.mjs, or kept by keep-database.mjs. */
async function sharedServer(): Promise<Server> {
  if (process.env['MANDATE_TEST_DATABASE'] === 'lasting') return openLastingServer(runFolder());
  const file = join(runFolder(), 'server.json');
  return locked(async () => {
    const known = await readFile(file, 'utf8').catch(() => undefined);
    // Written by ourselves a moment ago.
    if (known !== undefined) return JSON.parse(known) as Server;
    const { ownerUrl, appUrl } = await openEmbeddedDatabase({ dataDir: runFolder(), throwaway: true });
    await writeFile(file, JSON.stringify({ ownerUrl, appUrl }), { mode: 0o600 });
    return { ownerUrl, appUrl };
  });
}

/** The database with all migrations, made once a server; it gets its name when it is complete. */
async function templateOn(server: Server): Promise<string> {
  const name = templateName();
  return locked(async () => {
    const found = await query(server.ownerUrl, 'SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (found.rowCount === 1) return name;
    const unfinished = `unfinished_${randomBytes(8).toString('hex')}`;
    await query(server.ownerUrl, `CREATE DATABASE ${unfinished} TEMPLATE template0`);
    await runMigrations(onDatabase(server.ownerUrl, unfinished), onDatabase(server.appUrl, unfinished));
    await query(server.ownerUrl, `ALTER DATABASE ${unfinished} RENAME TO ${name}`);
    return name;
  });
}

async function query(url: string, sql: string, values: unknown[] = []): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(sql, values);
  } finally {
    await client.end();
  }
}

function onDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
