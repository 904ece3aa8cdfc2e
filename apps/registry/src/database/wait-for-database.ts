import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { pendingMigrations } from './migrate.ts';

const PAUSE_MS = 1_000;
const SAY_EVERY_MS = 30_000;
const CONNECT_TIMEOUT_MS = 5_000;

// Nobody there yet, or not yet ready: cannot_connect_now, admin_shutdown, crash_shutdown, too_many_connections.
const MAY_PASS = new Set([
  ...[
    'ECONNREFUSED',
    'ECONNRESET',
    'ENOTFOUND',
    'EAI_AGAIN',
    'ETIMEDOUT',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'EPIPE',
  ],
  ...['57P03', '57P01', '57P02', '53300'],
]);

/**
 * Resolves when the database answers and has the newest schema: a process that would end instead would only be started again
 * and again. A wrong password or a database that does not exist is an error at once, since waiting does not mend it.
 * @param say told now and then what is waited for
 * @returns false where the wait was broken off
 */
export async function waitForDatabase(
  url: string,
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<boolean> {
  for (let saidAt = 0; !signal.aborted;) {
    const missing = await findMissing(url);
    if (missing === undefined) return true;
    if (Date.now() - saidAt >= SAY_EVERY_MS) {
      saidAt = Date.now();
      say(missing);
    }
    await sleep(PAUSE_MS, undefined, { signal }).catch(() => undefined);
  }
  return false;
}

/** @returns what is waited for, in words for people */
async function findMissing(url: string): Promise<string | undefined> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  // A connection that breaks between two statements says so here; the next statement fails in any case.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const pending = await pendingMigrations({
      // The rows are those that the statement there names.
      query: async <T>(sql: string) => (await client.query(sql)).rows as T,
    });
    if (pending.length === 0) return undefined;
    return `数据库结构不是最新，请运行 npx mandate migrate（the schema is not up to date: ${pending.length}）`;
  } catch (error) {
    if (!mayPass(error)) throw error;
    return '数据库暂时不可达，等待中（waiting for the database）';
  } finally {
    await client.end().catch(() => undefined);
  }
}

function mayPass(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && typeof error.code === 'string') return MAY_PASS.has(error.code);
  // What `pg` says without a code.
  return /timeout expired|Connection terminated/i.test(error.message);
}
