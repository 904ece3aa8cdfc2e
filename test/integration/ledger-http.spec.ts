import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { utf8 } from '@mandate/encoding';
import { MetadataScanner, ModulesContainer, Reflector } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { LedgerService } from '../../apps/registry/src/ledger/ledger.service.ts';
import { createTestServer, type TestServer } from '../support/application.ts';
import { DraftDesk, draftItem, LATER, type Official, PASSWORD } from '../support/drafts.ts';
import { FOOD_PERMIT_DATA, MARKET, prepareFoodPermit } from '../support/food-permit.ts';

let server: TestServer;
const cookies = new Map<Official, string>();

beforeAll(async () => {
  server = await createTestServer();
  await prepareFoodPermit(server.app);
  await DraftDesk.open(server.app);
});
afterAll(() => server.close());

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

async function as(
  login: Official,
  method: Method,
  url: string,
  { payload, headers = {} }: { payload?: object | Buffer; headers?: Record<string, string> } = {},
) {
  const cookie = cookies.get(login) ?? (await signIn(login));
  return server.app.inject({
    method,
    url,
    headers: { cookie, ...headers },
    ...(payload === undefined ? {} : { payload }),
  });
}

async function signIn(login: Official): Promise<string> {
  const answer = await server.app.inject({
    method: 'POST',
    url: '/api/session',
    payload: { login, password: PASSWORD },
  });
  const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
  cookies.set(login, cookie);
  return cookie;
}

interface Shown {
  readonly number: number;
  readonly account?: string;
  readonly action: string;
  readonly subject: string;
  readonly way?: string;
  readonly detail?: Record<string, unknown>;
}

async function ledger(query = ''): Promise<Shown[]> {
  const answer = await as('auditor', 'GET', `/api/ledger?limit=1000&${query}`);
  expect(answer.statusCode).toBe(200);
  return answer.json<{ acts: Shown[] }>().acts;
}

/** What a request left in the ledger, oldest first; without what the auditor reads, and the sign-ins before it. */
async function leftBy(work: () => Promise<unknown>): Promise<Shown[]> {
  const [last] = await ledger();
  await work();
  const acts = (await ledger()).filter(({ number }) => number > (last?.number ?? 0));
  return acts.filter(({ action }) => !['ledger.read', 'session.started'].includes(action)).reverse();
}

const permit = { type: '食品经营许可证', ...FOOD_PERMIT_DATA };

describe('the ledger', () => {
  test('has who issued, read and revoked a certificate, by which key, and nothing of its holder', async () => {
    let identifier = '';
    const acts = await leftBy(async () => {
      const issued = await as('issuer', 'POST', '/api/certificates', { payload: permit });
      expect(issued.statusCode).toBe(201);
      ({ identifier } = issued.json<{ identifier: string }>());
      await as('issuer', 'GET', '/api/certificates');
      await as('issuer', 'GET', `/api/certificates/${identifier}`);
      expect((await as('auditor', 'GET', `/api/certificates/${identifier}/document`)).statusCode).toBe(200);
      const revoked = await as('issuer', 'POST', `/api/certificates/${identifier}/revocation`, {
        payload: { reason: 'withdrawn' },
      });
      expect(revoked.statusCode).toBe(204);
    });
    const of = (account: string, action: string, subject = identifier) =>
      expect.objectContaining({ account, action, subject, way: 'http' });
    expect(acts).toEqual([
      of('issuer', 'certificate.issued'),
      of('issuer', 'certificate.listed', MARKET.key),
      of('issuer', 'certificate.read'),
      of('auditor', 'certificate.document-read'),
      of('issuer', 'certificate.revoked'),
    ]);
    expect(acts[0]?.detail).toMatchObject({
      organ: MARKET.key,
      key: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const text = JSON.stringify(acts);
    expect(text).not.toContain(FOOD_PERMIT_DATA.holder.name);
    for (const value of Object.values(FOOD_PERMIT_DATA.face)) expect(text).not.toContain(value);
  });

  test('has no reading of a certificate that was not given', async () => {
    const acts = await leftBy(async () => {
      expect((await as('issuer', 'GET', '/api/certificates/none')).statusCode).toBe(404);
      expect((await as('editor', 'GET', '/api/certificates')).statusCode).toBe(403);
    });
    expect(acts).toEqual([]);
  });

  test('has every step of a draft, without its words', async () => {
    let url = '';
    const acts = await leftBy(async () => {
      const made = await as('editor', 'POST', '/api/drafts', {
        payload: {
          list: MARKET.key,
          title: '新增事项',
          effectiveDate: LATER,
          reason: '示例理由',
          changes: [{ register: 'authority-item', kind: 'added', value: draftItem('新的事项') }],
        },
      });
      expect([made.statusCode, made.body]).toEqual([201, expect.any(String)]);
      url = `/api/drafts/${made.json<{ id: string }>().id}`;
      const comment = await as('reviewer', 'POST', `${url}/comments`, { payload: { comment: '张三说的话' } });
      expect(comment.statusCode).toBeLessThan(300);
      const removed = await as('editor', 'DELETE', `${url}/changes/1?version=1`);
      expect(removed.statusCode).toBe(200);
      // What is gone already: nothing was done, and nothing stands in the ledger.
      const again = await as('editor', 'DELETE', `${url}/changes/1?version=1`);
      expect(again.statusCode).toBe(200);
    });
    expect(acts.map(({ account, action, subject }) => [account, action, `/api/drafts/${subject}`])).toEqual([
      ['editor', 'draft.created', url],
      ['reviewer', 'draft.commented', url],
      ['editor', 'draft.change-removed', url],
    ]);
    expect(JSON.stringify(acts)).not.toContain('张三');
  });

  test('has what became of every file that was brought in', async () => {
    const send = (bytes: Uint8Array, query = '') =>
      as('editor', 'POST', `/api/imports?file=list.csv${query}`, {
        payload: Buffer.from(bytes),
        headers: { 'content-type': 'text/csv' },
      });
    const list = '序号,事项名称,权力类型,实施依据\n1,甲许可,行政许可,《示例法》第一条\n';
    const acts = await leftBy(async () => {
      expect((await send(utf8(list), '&dryRun=true')).statusCode).toBe(200);
      expect((await send(utf8('no list'))).statusCode).toBeGreaterThanOrEqual(400);
    });
    expect(acts.map(({ account, action }) => [account, action])).toEqual([
      ['editor', 'import.compared'],
      ['editor', 'import.refused'],
    ]);
    expect(acts[1]?.detail).toEqual({ code: expect.any(String) });
  });
});

describe('GET /api/ledger', () => {
  test.each(['editor', 'reviewer', 'publisher', 'keeper', 'second-keeper', 'issuer', 'none'] as const)(
    'is refused to %s',
    async (official) => {
      expect((await as(official, 'GET', '/api/ledger')).statusCode).toBe(403);
    },
  );

  test('is refused to whoever has not signed in', async () => {
    expect((await server.app.inject({ method: 'GET', url: '/api/ledger' })).statusCode).toBe(401);
  });

  test('filters by account, action, subject, way and time', async () => {
    const byIssuer = await ledger('account=issuer&action=certificate.issued&way=http');
    expect(byIssuer).toHaveLength(1);
    const subject = byIssuer[0]?.subject ?? '';
    const about = await ledger(`subject=${encodeURIComponent(subject)}`);
    expect(new Set(about.map((act) => act.subject))).toEqual(new Set([subject]));
    expect(about.length).toBeGreaterThan(2);
    expect(await ledger('way=worker')).toEqual([]);
    expect(await ledger('to=2020-01-01')).toEqual([]);
    expect((await ledger('from=2020-01-01&action=certificate.issued')).length).toBe(1);
    const now = encodeURIComponent(new Date(Date.now() + 60_000).toISOString());
    expect(await ledger(`from=${now}`)).toEqual([]);
  });

  test.each([
    'from=yesterday',
    'action=none',
    'limit=0',
    'limit=1001',
    'cursor=-1',
    'way=post',
    'account=%00',
    'subject=a%E2%80%AEb',
    'from=2026-02-30',
  ])('refuses %s', async (query) => {
    expect((await as('auditor', 'GET', `/api/ledger?${query}`)).statusCode).toBe(422);
  });

  test('goes from page to page, by Link too, without one twice', async () => {
    const numbers: number[] = [];
    let url: string | undefined = '/api/ledger?limit=3&way=http';
    for (let page = 0; url !== undefined && page < 3; page += 1) {
      const answer = await as('auditor', 'GET', url);
      const { acts, next } = answer.json<{ acts: Shown[]; next?: string }>();
      numbers.push(...acts.map(({ number }) => number));
      url = /^<(.*)>; rel="next"$/.exec(String(answer.headers['link']))?.[1];
      expect(url).toContain(`cursor=${next ?? ''}`);
    }
    expect(numbers).toHaveLength(9);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => b - a));
  });

  test('is CSV where that is asked for, in which nothing is a formula; and an export in the ledger', async () => {
    const source = server.app.get(DataSource);
    const [{ id }] = await source.query<[{ id: string }]>(`SELECT id FROM account WHERE login = 'keeper'`);
    await source.transaction((tx) =>
      server.app
        .get(LedgerService)
        .record(tx, { account: id, action: 'certificate.read', subject: '=HYPERLINK("http://evil")' }),
    );
    const answer = await as('auditor', 'GET', '/api/ledger?limit=2', { headers: { accept: 'text/csv' } });
    expect(answer.headers['content-type']).toContain('text/csv');
    expect(answer.headers['cache-control']).toBe('private, no-store');
    expect(answer.body).toContain(`"'=HYPERLINK(""http://evil"")"`);
    expect(answer.body).not.toMatch(/,"?=HYPER/);
    const [exported] = await ledger('action=ledger.exported');
    expect(exported).toMatchObject({ account: 'auditor' });
  });
});

describe('a route that writes', () => {
  test('and forgets the ledger is a fault', async () => {
    const service = server.app.get(LedgerService);
    const record = service.record.bind(service);
    service.record = () => Promise.resolve();
    try {
      const answer = await as('editor', 'POST', '/api/drafts', {
        payload: {
          list: MARKET.key,
          title: '忘了记',
          effectiveDate: LATER,
          reason: '示例理由',
          changes: [{ register: 'authority-item', kind: 'added', value: draftItem('忘了记的事项') }],
        },
      });
      expect(answer.statusCode).toBe(500);
    } finally {
      service.record = record;
    }
  });

  test('is excused from it by its name alone, with a reason', () => {
    const reflector = new Reflector();
    const scanner = new MetadataScanner();
    const controllers = [...server.app.get(ModulesContainer).values()].flatMap((module) => [
      ...module.controllers.values(),
    ]);
    const excused = controllers.flatMap(({ metatype }) => {
      // Nest types a controller as any function; its prototype holds the handlers.
      const prototype = (metatype as { prototype: Record<string, object> }).prototype;
      return scanner
        .getAllMethodNames(prototype)
        .filter(
          (name) => reflector.get('mandate:unrecorded', prototype[name] as () => unknown) !== undefined,
        );
    });
    expect(excused).toEqual([]);
  });
});
