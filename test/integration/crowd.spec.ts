import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { AuthService } from '../../apps/registry/src/auth/auth.service.ts';
import type { Role } from '../../apps/registry/src/auth/access.ts';
import { poolOf } from '../../apps/registry/src/database/pool-of.ts';
import { createTestServer, type TestServer } from '../support/application.ts';
import { draftItem, LATER } from '../support/drafts.ts';
import { FOOD_PERMIT_DATA, MARKET, PERMIT_KEY, prepareFoodPermit } from '../support/food-permit.ts';
import { itemRow, listRows, makeWorkbook } from '../support/workbook.ts';

// Ten issuances at once once stopped the registry for ever: each held a connection and waited for a second one. Twelve clerks
// issue here on a pool of four, with everybody else at work.

const CLIENTS = { issues: 12, imports: 20, drafts: 48, reads: 120 };
const PASSWORD = 'long enough for us';

let server: TestServer;
let address: string;
let watcher: pg.Client;
const cookies = new Map<Role, string>();

beforeAll(async () => {
  server = await createTestServer({ MANDATE_POOL_SIZE: '4' });
  // Nobody is to be refused, however slow the machine: who waits for ever, as then, is refused all the same.
  poolOf(server.app.get(DataSource)).options.connectionTimeoutMillis = 240_000;
  await prepareFoodPermit(server.app);
  const auth = server.app.get(AuthService);
  for (const [login, organ] of [
    ['issuer', MARKET.key],
    ['editor', null],
    ['auditor', null],
  ] as const) {
    await auth.createAccount({
      login,
      displayName: login,
      organ,
      roles: [login],
      password: PASSWORD,
      demo: false,
    });
    cookies.set(login, `mandate_session=${(await auth.signIn(login, PASSWORD)).token}`);
  }
  await server.app.listen(0, '127.0.0.1');
  address = await server.app.getUrl();
  // As the application: of another role's sessions nobody sees the state.
  watcher = new pg.Client({ connectionString: server.database.appUrl });
  await watcher.connect();
});
afterAll(async () => {
  await watcher.end();
  await server.close();
});

interface Answer {
  readonly asked: string;
  readonly status: number;
  readonly body: unknown;
}

/** One client: one connection, one request. */
async function ask(as: Role, path: string, body?: object | Uint8Array<ArrayBuffer>): Promise<Answer> {
  const isFile = body instanceof Uint8Array;
  const type = isFile
    ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
    : 'application/json';
  const response = await fetch(`${address}/api/${path}`, {
    headers: { cookie: cookies.get(as) ?? '', connection: 'close', ...(body && { 'content-type': type }) },
    ...(body && { method: 'POST', body: isFile ? body : JSON.stringify(body) }),
  });
  const asked = `${body ? 'POST' : 'GET'} ${path.split('?')[0] ?? ''}`;
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  return { asked, status: response.status, body: isJson ? await response.json() : await response.text() };
}

function many(count: number, client: (n: number) => Promise<Answer>): (() => Promise<Answer>)[] {
  return Array.from({ length: count }, (_, n) => () => client(n));
}

const issue = () => ask('issuer', 'certificates', { type: '食品经营许可证', ...FOOD_PERMIT_DATA });

function importList(n: number): Promise<Answer> {
  const name = `示例市第${n.toString()}测试局`;
  const rows = listRows([itemRow(1, '甲许可'), itemRow(2, '乙许可')], `${name}2026年权责清单`);
  const file = new Uint8Array(makeWorkbook([{ rows }]));
  return ask('editor', `imports?file=${encodeURIComponent(`${name}.xlsx`)}`, file);
}

const draft = (n: number) =>
  ask('editor', 'drafts', {
    list: MARKET.key,
    title: `示例草稿 ${n.toString()}`,
    effectiveDate: LATER,
    reason: '示例理由',
    changes: [
      { register: 'authority-item', kind: 'added', value: draftItem(`示例检查（第 ${n.toString()} 项）`) },
    ],
  });

const [ORGAN, NUMBER] = PERMIT_KEY.split('.');
const READS: readonly (() => Promise<Answer>)[] = [
  () => ask('auditor', 'organs'),
  () => ask('auditor', 'items'),
  () => ask('auditor', `items/${ORGAN ?? ''}/${NUMBER ?? ''}`),
  () => ask('auditor', 'drafts'),
  () => ask('auditor', 'certificates'),
  () => ask('auditor', 'log/lists/checkpoint'),
  () => ask('auditor', 'log/lists/proof/0'),
  () => ask('auditor', 'health/ready'),
];
const read = (n: number): Promise<Answer> =>
  READS[n % READS.length]?.() ?? Promise.reject(new Error('no read'));

/** In one order that mixes them, the same for every run. */
function mixed<T>(clients: readonly T[]): readonly T[] {
  return clients
    .map((client, n) => ({ client, place: (n * 7919) % clients.length }))
    .sort((a, b) => a.place - b.place)
    .map(({ client }) => client);
}

describe('200 clients at once on a pool of four', () => {
  let answers: readonly Answer[] = [];

  beforeAll(async () => {
    const clients = mixed([
      ...many(CLIENTS.issues, issue),
      ...many(CLIENTS.imports, importList),
      ...many(CLIENTS.drafts, draft),
      ...many(CLIENTS.reads, read),
    ]);
    answers = await Promise.all(clients.map((client) => client()));
  });

  test('are all answered, and nobody is refused', () => {
    expect(answers).toHaveLength(200);
    expect(answers.filter(({ status }) => status >= 300)).toEqual([]);
  });

  test('have what they were told they have, once', async () => {
    const { rows } = await watcher.query<{ certificates: number; numbers: number; drafts: number }>(
      `SELECT (SELECT count(*) FROM certificate)::int AS certificates,
         (SELECT count(DISTINCT number) FROM certificate)::int AS numbers, (SELECT count(*) FROM draft)::int AS drafts`,
    );
    const { issues, imports, drafts } = CLIENTS;
    expect(rows).toEqual([{ certificates: issues, numbers: issues, drafts: imports + drafts }]);
  });

  test('leave no connection in a transaction, and had four', async () => {
    const { rows } = await watcher.query<{ state: string }>(
      `SELECT state FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    expect(rows.filter(({ state }) => state !== 'idle')).toEqual([]);
    expect(rows.length).toBeLessThanOrEqual(4);
  });

  test('are followed by others as if nothing had been', async () => {
    for (const one of READS) expect(await one()).toMatchObject({ status: 200 });
    expect(await issue()).toMatchObject({ status: 201 });
  });
});
