import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { AuthService } from '../../apps/registry/src/auth/auth.service.ts';
import { createTestServer, type TestServer } from '../support/application.ts';
import { FOOD_PERMIT_DATA, MARKET, prepareFoodPermit } from '../support/food-permit.ts';
import { until, untilWaiting } from '../support/waiting.ts';

// None of these may ever stand in the log, wherever in a request it comes.
const PASSWORD = 'Marker-Password-7f3a';
const WRONG = 'Marker-Wrong-Password-1b2c';
const HOLDER = '标记持证人甲乙丙';
const CITIZEN = '110101199003071234';
const COMMENT = '标记意见不得入日志';
const QUERY = 'marker-query-55d1';
const LOGIN = 'marker.login';

const Line = z.looseObject({
  level: z.string(),
  event: z.string().optional(),
  method: z.string().optional(),
  route: z.string().optional(),
  status: z.number().optional(),
  account: z.string().optional(),
  id: z.string().optional(),
  address: z.string().optional(),
  code: z.string().optional(),
  durationMs: z.number().optional(),
  aborted: z.boolean().optional(),
});

let server: TestServer;
let cookie: string;
let accountId: string;
let identifier: string;

beforeAll(async () => {
  server = await createTestServer({ MANDATE_LOG_LEVEL: 'silent' });
  await prepareFoodPermit(server.app);
  const account = await server.app.get(AuthService).createAccount({
    login: LOGIN,
    displayName: '测试',
    organ: MARKET.key,
    roles: ['issuer'],
    password: PASSWORD,
    demo: false,
  });
  accountId = account.id;
  await signIn(WRONG);
  const answer = await signIn(PASSWORD);
  cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
  identifier = await issue();
});
afterAll(() => server.close());

const signIn = (password: string) =>
  server.app.inject({ method: 'POST', url: '/api/session', payload: { login: LOGIN, password } });

async function issue(): Promise<string> {
  const answer = await server.app.inject({
    method: 'POST',
    url: '/api/certificates',
    headers: { cookie },
    payload: {
      type: '食品经营许可证',
      ...FOOD_PERMIT_DATA,
      holder: { ...FOOD_PERMIT_DATA.holder, name: HOLDER },
    },
  });
  expect(answer.statusCode).toBe(201);
  return answer.json<{ identifier: string }>().identifier;
}

async function written(): Promise<string> {
  const folder = join(server.config.dataDir, 'logs');
  const texts = (await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8'));
  return (await Promise.all(texts)).join('');
}
const lines = async () =>
  (await written())
    .trim()
    .split('\n')
    .map((line) => Line.parse(JSON.parse(line)));

/** how many clients the server still sees */
function connections(): Promise<number> {
  const { server: http } = server.app.getHttpAdapter().getInstance();
  return new Promise((resolve, reject) => {
    http.getConnections((error, count) => {
      if (error === null) resolve(count);
      else reject(error);
    });
  });
}

describe('the log of the API', () => {
  test('has one line a request: id, route, status, duration, account, address', async () => {
    const { headers } = await server.app.inject({
      url: `/api/certificates/${identifier}?x=${QUERY}`,
      headers: { cookie },
    });
    expect(headers['content-type']).toContain('json');
    const found = (await lines()).filter(({ route }) => route === '/api/certificates/:identifier');
    expect(found).toEqual([
      {
        ...found[0],
        level: 'info',
        event: 'request',
        method: 'GET',
        status: 200,
        account: accountId,
        address: '127.0.0.1',
        durationMs: expect.any(Number),
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      },
    ]);
  });

  test('has the id that a refused client was told', async () => {
    const problem = (await server.app.inject('/api/organs/nothing')).json<{
      instance: string;
      code: string;
    }>();
    const line = (await lines()).find(({ id }) => id === problem.instance);
    expect(line).toMatchObject({ route: '/api/organs/:organ', status: 404, code: problem.code });
  });

  test('leaves out what this machine asks of itself all the time, and nothing else', async () => {
    const routine = async () => (await lines()).filter(({ route }) => route === '/api/health/live').length;
    await server.app.inject('/api/health/live');
    expect(await routine()).toBe(0);
    await server.app.inject({ url: '/api/health/live', remoteAddress: '203.0.113.9' });
    expect(await routine()).toBe(1);
    await server.app.inject({ url: '/metrics', remoteAddress: '203.0.113.9' });
    expect((await lines()).at(-1)).toMatchObject({ route: '/metrics', status: 404 });
  });

  test('tells sign-ins, refused and accepted, and acts', async () => {
    const events = (await lines()).filter(({ event }) => event !== 'request');
    expect(events).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ event: 'sign-in-refused', code: 'wrong-credentials', status: 401 }),
        expect.objectContaining({ event: 'sign-in', account: accountId }),
        expect.objectContaining({ event: 'act', account: accountId, route: '/api/certificates' }),
      ]),
    );
  });

  test('has the outcome of an act whose client left before its end, once', async () => {
    const acts = async () => (await lines()).filter(({ event }) => event === 'act').length;
    const before = await acts();
    await server.app.listen(0, '127.0.0.1');
    // Under way, and not done before its client has left: what it needs is held.
    const holder = new pg.Client({ connectionString: server.database.ownerUrl });
    await holder.connect();
    await holder.query('BEGIN');
    await holder.query('LOCK TABLE certificate IN ACCESS EXCLUSIVE MODE');
    const abort = new AbortController();
    const left = fetch(`${await server.app.getUrl()}/api/certificates`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ type: '食品经营许可证', ...FOOD_PERMIT_DATA }),
      signal: abort.signal,
    });
    await untilWaiting(server.app.get(DataSource), 1);
    abort.abort();
    await expect(left).rejects.toThrow();
    await until(async () => (await connections()) === 0);
    await holder.query('ROLLBACK');
    await holder.end();
    await until(async () => (await acts()) > before);
    const { event, status, aborted } = (await lines()).at(-1) ?? {};
    expect([event, status, aborted]).toEqual(['act', 201, true]);
    await sleep(300);
    expect(await acts()).toBe(before + 1);
  });

  test('has an error’s stack, and neither what it quotes nor the statement’s values', async () => {
    const source = server.app.get(DataSource);
    await expect(source.query('SELECT $1::date', [CITIZEN])).rejects.toThrow(CITIZEN);
    const auth = server.app.get(AuthService);
    const honest = auth.signIn.bind(auth);
    auth.signIn = () => source.query('SELECT $1::date', [CITIZEN]);
    const answer = await signIn(PASSWORD);
    auth.signIn = honest;
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain(CITIZEN);
    const text = await written();
    expect(text).toMatch(/"level":"error".*"type":"QueryFailedError","code":"2200\d","stack":"\s+at /);
    expect(text).toContain(`"about":"${answer.json<{ instance: string }>().instance}"`);
    expect(text).not.toContain(CITIZEN);
  });

  test('holds nothing of what was sent, wherever it stood', async () => {
    const post = (url: string, payload: object | string, headers: Record<string, string> = {}) =>
      server.app.inject({
        method: 'POST',
        url,
        payload,
        headers: { cookie, 'content-type': 'application/json', ...headers },
      });
    await post('/api/drafts/nothing/comments', { comment: COMMENT });
    await post(`/api/certificates/${identifier}/revocation`, { reason: COMMENT });
    await post('/api/certificates', `{"holder": {"name": "${HOLDER}"`);
    await post('/api/certificates', { type: HOLDER, holder: { name: HOLDER, code: CITIZEN } });
    await post('/api/session', { login: `x${CITIZEN}`, password: WRONG }, { referer: `https://x/${QUERY}` });
    for (const path of [
      `/api/organs/${CITIZEN}`,
      `/${encodeURIComponent(HOLDER)}/`,
      `/data/${QUERY}`,
      `/api/none/${QUERY}`,
      `/%zz${QUERY}`,
      `/api/organs/${'9'.repeat(120)}${QUERY}`,
    ])
      await server.app.inject({
        url: path,
        headers: { 'user-agent': QUERY, authorization: `Bearer ${QUERY}xxxxxxxx` },
      });
    const text = await written();
    const secrets = [
      ...[PASSWORD, WRONG, HOLDER, CITIZEN, COMMENT, QUERY, LOGIN, identifier],
      cookie.split('=')[1] ?? '',
      encodeURIComponent(HOLDER),
    ];
    for (const secret of secrets) {
      expect(secret.length).toBeGreaterThan(5);
      expect(text).not.toContain(secret);
    }
    // The stream the test reads is the one that is written.
    expect(text.split('\n').length).toBeGreaterThan(15);
  });
});
