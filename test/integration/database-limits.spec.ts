import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import {
  DataSource,
  QueryRunnerAlreadyReleasedError,
  QueryRunnerProviderAlreadyReleasedError,
} from 'typeorm';
import { AuthService } from '../../apps/registry/src/auth/auth.service.ts';
import { AppModule } from '../../apps/registry/src/bootstrap/app.module.ts';
import type { Way } from '../../apps/registry/src/config/way.ts';
import { databaseErrorOf } from '../../apps/registry/src/database/failures.ts';
import { poolOf } from '../../apps/registry/src/database/pool-of.ts';
import { readQuery } from '../../apps/registry/src/database/read-query.ts';
import { inTransaction } from '../../apps/registry/src/database/transaction.ts';
import { createTestServer, type TestServer } from '../support/application.ts';
import { BrokenNetwork } from '../support/broken-network.ts';
import { until } from '../support/waiting.ts';

let server: TestServer;
let network: BrokenNetwork;
let source: DataSource;
let owner: pg.Client;
let cookie: string;

beforeAll(async () => {
  network = await BrokenNetwork.open();
  server = await createTestServer({ MANDATE_POOL_SIZE: '1' }, (url) => network.through(url));
  source = server.app.get(DataSource);
  owner = new pg.Client({ connectionString: server.database.ownerUrl });
  await owner.connect();
  const auth = server.app.get(AuthService);
  const account = { login: 'editor', displayName: '编辑', organ: null, roles: ['editor' as const] };
  await auth.createAccount({ ...account, password: 'long enough for us', demo: false });
  cookie = `mandate_session=${(await auth.signIn('editor', 'long enough for us')).token}`;
});
afterAll(async () => {
  await owner.end();
  await server.close();
  await network.cut();
});

async function ask(url = '/api/drafts') {
  const answer = await server.app.inject({ url, headers: { cookie } });
  const { code, title } = answer.json<{ code?: string; title?: string }>();
  return {
    status: answer.statusCode,
    code,
    title,
    type: answer.headers['content-type'],
    retryAfter: Number(answer.headers['retry-after']),
  };
}

const REFUSED = (code: string) => ({
  status: 503,
  code,
  title: expect.stringMatching(/请/),
  type: 'application/problem+json; charset=utf-8',
});

describe('a request that cannot have the database', () => {
  test('waits for its turn no longer than the limit, and is told when to come again', async () => {
    const { options } = poolOf(source);
    const before = options.connectionTimeoutMillis;
    expect(before).toBe(20_000);
    options.connectionTimeoutMillis = 200;
    try {
      let free = (): void => undefined;
      const freed = new Promise<void>((resolve) => {
        free = resolve;
      });
      const holder = inTransaction(source, () => freed);
      const answer = await ask();
      expect(answer).toMatchObject(REFUSED('busy'));
      expect(answer.retryAfter).toBeGreaterThan(0);
      free();
      await holder;
    } finally {
      options.connectionTimeoutMillis = before;
    }
    expect((await ask()).status).toBe(200);
  });

  test('waits for a lock no longer than the limit', async () => {
    // The pool has one connection, so that it is this one that the request has.
    await source.query(`SET lock_timeout = '100ms'`);
    await owner.query('BEGIN');
    await owner.query('LOCK TABLE draft IN ACCESS EXCLUSIVE MODE');
    const answer = await ask();
    await owner.query('ROLLBACK');
    expect(answer).toMatchObject(REFUSED('busy'));
    await source.query('RESET lock_timeout');
    expect((await ask()).status).toBe(200);
  });

  test('is ended by the server where a statement takes too long, and says so', async () => {
    await source.query(`SET statement_timeout = '100ms'`);
    await owner.query('BEGIN');
    await owner.query('LOCK TABLE draft IN ACCESS EXCLUSIVE MODE');
    const answer = await ask();
    await owner.query('ROLLBACK');
    expect(answer).toMatchObject(REFUSED('timed-out'));
    await source.query('RESET statement_timeout');
  });

  test('is told that the database is gone, and is served again once it is back', async () => {
    expect((await ask()).status).toBe(200);
    await network.cut();
    const gone = await ask();
    expect(gone).toMatchObject(REFUSED('database-unavailable'));
    expect(gone.retryAfter).toBeGreaterThan(0);
    // Also by the way that goes past TypeORM, and by the one without any account.
    expect(await ask('/api/organs')).toMatchObject(REFUSED('database-unavailable'));
    expect((await server.app.inject({ url: '/api/health/live' })).statusCode).toBe(200);
    await network.mend();
    expect((await ask()).status).toBe(200);
    expect((await ask('/api/organs')).status).toBe(200);
  });

  test('is told so where its connection is ended in the middle, and leaves nothing', async () => {
    // Of the same role: nobody else may.
    const killer = new pg.Client({ connectionString: server.database.appUrl });
    await killer.connect();
    const work = inTransaction(source, async (tx) => {
      await tx.query(
        `INSERT INTO import_source (key, file, sheet, serial, row) VALUES ('k', 'f', 's', '1', 1)`,
      );
      const [row] = await tx.query<{ pid: number }[]>('SELECT pg_backend_pid() AS pid');
      const { rows } = await killer.query<{ done: boolean }>('SELECT pg_terminate_backend($1) AS done', [
        row?.pid,
      ]);
      expect(rows).toEqual([{ done: true }]);
      await until(async () =>
        tx.query('SELECT 1').then(
          () => false,
          () => true,
        ),
      );
      await tx.query('SELECT 1');
    });
    const error: unknown = await work.catch((thrown: unknown) => thrown);
    expect(databaseErrorOf(error)).toMatchObject({ code: 'database-unavailable' });
    await killer.end();
    expect((await ask()).status).toBe(200);
    expect(await source.query('SELECT key FROM import_source')).toEqual([]);
  });
});

test.each([new QueryRunnerAlreadyReleasedError(), new QueryRunnerProviderAlreadyReleasedError()])(
  'a transaction whose connection went between two statements says that the database is away: %s',
  (error) => {
    expect(databaseErrorOf(error)).toMatchObject({ code: 'database-unavailable' });
  },
);

describe('a commit whose answer is lost', () => {
  test('is not called undone: whoever did it again would do it twice', async () => {
    network.cutAt('COMMIT');
    const work = inTransaction(source, (tx) =>
      tx.query(`INSERT INTO import_source (key, file, sheet, serial, row) VALUES ('lost', 'f', 's', '1', 1)`),
    );
    const error: unknown = await work.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      name: 'DatabaseError',
      code: 'outcome-unknown',
      retryAfterSeconds: undefined,
    });
    // It was done, in fact.
    await until(async () => {
      const { rowCount } = await owner.query(`SELECT FROM import_source WHERE key = 'lost'`);
      return rowCount === 1;
    });
  });

  test('a connection lost before it is called undone', async () => {
    network.cutAt('never-committed');
    const work = inTransaction(source, (tx) =>
      tx.query(
        `INSERT INTO import_source (key, file, sheet, serial, row) VALUES ('never-committed', 'f', 's', '1', 1)`,
      ),
    );
    const error: unknown = await work.catch((thrown: unknown) => thrown);
    expect(error).not.toMatchObject({ code: 'outcome-unknown' });
    const { rowCount } = await owner.query(`SELECT FROM import_source WHERE key = 'never-committed'`);
    expect(rowCount).toBe(0);
  });
});

describe('the server itself ends what is over a limit', () => {
  const NAMES = [
    'statement_timeout',
    'lock_timeout',
    'idle_in_transaction_session_timeout',
    'transaction_timeout',
  ];
  async function limitsOf(kind: Way['kind']): Promise<Record<string, number>> {
    const app = await NestFactory.createApplicationContext(AppModule.register(server.config, { kind }), {
      logger: ['error'],
    });
    try {
      const rows = await readQuery<{ name: string; setting: string; unit: string }>(app.get(DataSource), {
        text: 'SELECT name, setting, unit FROM pg_settings WHERE name = ANY ($1)',
        values: [NAMES],
      });
      expect(rows.every(({ unit }) => unit === 'ms')).toBe(true);
      return Object.fromEntries(rows.map(({ name, setting }) => [name, Number(setting)]));
    } finally {
      await app.close();
    }
  }

  test('of a request within minutes, of a job within hours', async () => {
    const request = await limitsOf('http');
    const { rows } = await owner.query<{ version: number }>(
      `SELECT current_setting('server_version_num')::int AS version`,
    );
    // PostgreSQL 15 and 16 have no limit for a whole transaction.
    expect(Object.keys(request)).toHaveLength((rows[0]?.version ?? 0) >= 170_000 ? 4 : 3);
    for (const limit of Object.values(request)) {
      expect(limit).toBeGreaterThan(0);
      expect(limit).toBeLessThanOrEqual(5 * 60_000);
    }
    for (const kind of ['worker', 'command-line', 'start'] as const) {
      const job = await limitsOf(kind);
      for (const [name, limit] of Object.entries(job))
        expect(limit).toBeGreaterThan(request[name] ?? Infinity);
    }
  });
});
