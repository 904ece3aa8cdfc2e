import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DataSource } from 'typeorm';
import { createTestServer, type TestServer } from '../support/application.ts';
import { routesOf } from '../support/routes.ts';
import { DraftDesk, type Official, PASSWORD } from '../support/drafts.ts';
import { putActs } from '../support/list-changes.ts';
import { ACTS } from '../support/sample-acts.ts';

const ROLES = ['editor', 'reviewer', 'publisher', 'auditor', 'issuer', 'none'] as const;
type Role = (typeof ROLES)[number];

const EVERYONE = 'everyone';
const SIGNED_IN = 'signed in';
const DRAFT_READERS: readonly Role[] = ['editor', 'reviewer', 'publisher', 'auditor'];
const DRAFT_WORKERS: readonly Role[] = ['editor', 'reviewer', 'publisher'];

/** Every route of the application, and who gets past its door. */
const WHO_MAY: Readonly<Record<string, readonly Role[] | typeof EVERYONE | typeof SIGNED_IN>> = {
  // Who may read it, it decides by address and token: test/integration/metrics.spec.ts.
  'GET /metrics': EVERYONE,
  'GET /api/health/live': EVERYONE,
  'GET /api/health/ready': EVERYONE,
  'GET /api/health/startup': EVERYONE,
  'POST /api/session': EVERYONE,
  'DELETE /api/session': EVERYONE,
  'GET /api/session': SIGNED_IN,
  'POST /api/account/activation': EVERYONE,
  'PUT /api/account/password': SIGNED_IN,
  'GET /api/account/sessions': SIGNED_IN,
  'DELETE /api/account/sessions': SIGNED_IN,
  'DELETE /api/account/sessions/:id': SIGNED_IN,
  // The registry's own alone: of those who knock only the auditor is no organ's.
  'GET /api/accounts': ['auditor'],
  'POST /api/accounts/:login/reset': [],
  'POST /api/accounts/:login/enabling': [],
  'POST /api/accounts/:login/disabling': [],
  'POST /api/accounts/:login/unlocking': [],
  'GET /api/accounts/:login/sessions': ['auditor'],
  'DELETE /api/accounts/:login/sessions': [],
  'DELETE /api/accounts/:login/sessions/:id': [],
  'GET /api/account-changes': ['auditor'],
  'POST /api/account-changes/:id/approval': [],
  'POST /api/account-changes/:id/rejection': [],
  'GET /api/organs': EVERYONE,
  'GET /api/organs/:organ': EVERYONE,
  'GET /api/organs/:organ/history': EVERYONE,
  'GET /api/regions': EVERYONE,
  'GET /api/regions/:code': EVERYONE,
  'GET /api/negative-lists': EVERYONE,
  'GET /api/negative-lists/:list': EVERYONE,
  'GET /api/negative-lists/:list/items': EVERYONE,
  'GET /api/negative-lists/:list/items/:code': EVERYONE,
  'GET /api/negative-lists/:list/items/:code/history': EVERYONE,
  'GET /api/editions': EVERYONE,
  'GET /api/editions/:list/:number': EVERYONE,
  'GET /api/compare/items': EVERYONE,
  'GET /api/compare/items/:organ/:number': EVERYONE,
  'GET /api/compare/negative-lists/:list': EVERYONE,
  'GET /api/compare/negative-lists/:list/items/:code': EVERYONE,
  'GET /api/items': EVERYONE,
  'GET /api/items/:organ/:number': EVERYONE,
  'GET /api/items/:organ/:number/history': EVERYONE,
  'GET /api/log/:log/checkpoint': EVERYONE,
  'GET /api/log/:log/proof/:index': EVERYONE,
  'POST /api/certificates': ['issuer'],
  'GET /api/certificates': ['issuer', 'auditor'],
  'GET /api/certificates/:identifier': ['issuer', 'auditor'],
  'GET /api/certificates/:identifier/document': ['issuer', 'auditor'],
  'POST /api/certificates/:identifier/revocation': ['issuer'],
  'GET /api/ledger': ['auditor'],
  'GET /api/templates/:list': EVERYONE,
  'POST /api/imports': ['editor'],
  'GET /api/imports/mappings': ['editor'],
  'DELETE /api/imports/mappings/:organ/:signature': ['editor'],
  'POST /api/drafts': ['editor'],
  'GET /api/drafts': DRAFT_READERS,
  'GET /api/drafts/:id': DRAFT_READERS,
  'PUT /api/drafts/:id': ['editor'],
  'GET /api/drafts/:id/changes': DRAFT_READERS,
  'GET /api/drafts/:id/changes/:number': DRAFT_READERS,
  'GET /api/drafts/:id/comparison': DRAFT_READERS,
  'GET /api/lists/findings': DRAFT_READERS,
  'GET /api/drafts/:id/overrules': DRAFT_READERS,
  'POST /api/drafts/:id/overrules': ['reviewer'],
  'DELETE /api/drafts/:id/overrules/:overrule': ['reviewer'],
  'GET /api/drafts/:id/findings': DRAFT_READERS,
  'POST /api/drafts/:id/changes': ['editor'],
  'PUT /api/drafts/:id/changes/:number': ['editor'],
  'DELETE /api/drafts/:id/changes/:number': ['editor'],
  'POST /api/drafts/:id/cancellations': ['editor'],
  'GET /api/drafts/:id/pairs': DRAFT_READERS,
  'POST /api/drafts/:id/pairs/:number': ['editor'],
  'GET /api/drafts/:id/missing': DRAFT_READERS,
  'PUT /api/drafts/:id/missing': ['editor'],
  'POST /api/drafts/:id/comments': DRAFT_WORKERS,
  'POST /api/drafts/:id/submission': ['editor'],
  'POST /api/drafts/:id/reopening': ['editor'],
  'POST /api/drafts/:id/withdrawal': ['editor'],
  'POST /api/drafts/:id/approval': ['reviewer'],
  'POST /api/drafts/:id/rejection': ['reviewer'],
  'POST /api/drafts/:id/publication': ['publisher'],
};

/** The API's description and the published files: Nest does not guard them, and everyone may read them. */
const OUTSIDE = /^GET (\*|\/api\/docs\b.*|\/api\/openapi\.(json|yaml))$/;

let server: TestServer;
const tokens = new Map<Official | 'nobody', string>();

beforeAll(async () => {
  server = await createTestServer();
  await putActs(server.app, ACTS.slice(0, 3));
  await DraftDesk.open(server.app);
  for (const login of ROLES) {
    const answer = await server.app.inject({
      method: 'POST',
      url: '/api/session',
      payload: { login, password: PASSWORD },
    });
    tokens.set(login, String(answer.headers['set-cookie']).split(';')[0] ?? '');
  }
});
afterAll(() => server.close());

async function knock(route: string, who: Role | 'nobody'): Promise<number> {
  const [method = '', path = ''] = route.split(' ');
  const url = path.replace(/:\w+/g, 'nothing');
  const headers = who === 'nobody' ? {} : { cookie: tokens.get(who) ?? '' };
  const answer = await server.app.inject({
    // One of METHODS.
    method: method as 'GET',
    url,
    headers,
    ...(method === 'POST' || method === 'PUT' ? { payload: {} } : {}),
  });
  return answer.statusCode;
}

describe('a request that a browser sends from another site', () => {
  const send = async (method: 'POST' | 'PUT' | 'DELETE' | 'GET', headers: Readonly<Record<string, string>>) =>
    server.app.inject({
      method,
      url: method === 'GET' ? '/api/session' : '/api/drafts/nothing/comments',
      headers: { cookie: tokens.get('editor') ?? '', host: 'registry.test:8443', ...headers },
      ...(method === 'POST' || method === 'PUT' ? { payload: {} } : {}),
    });
  const codeOf = (answer: { json: () => unknown }) => (answer.json() as { code?: string }).code;

  test.each([
    'https://evil.example',
    // Another port, another scheme's default port, a name that only begins or ends like ours, and none at all.
    'https://registry.test',
    'https://registry.test:8443.evil.example',
    'https://evil.example/registry.test:8443',
    'null',
  ])('is refused with the cookie of an official, from %s', async (origin) => {
    const answer = await send('POST', { origin });
    expect([answer.statusCode, codeOf(answer)]).toEqual([403, 'cross-site']);
  });

  test('is refused on a public handler too: nobody is signed in, or out, by another site', async () => {
    for (const method of ['POST', 'DELETE'] as const) {
      const answer = await server.app.inject({
        method,
        url: '/api/session',
        headers: { origin: 'https://evil.example', cookie: tokens.get('editor') ?? '' },
        ...(method === 'POST' ? { payload: { login: 'editor', password: PASSWORD } } : {}),
      });
      expect([answer.statusCode, codeOf(answer)]).toEqual([403, 'cross-site']);
    }
    expect((await send('GET', {})).statusCode).toBe(200);
  });

  test('is refused where the host that it asks says the same: who leads his name here chooses both', async () => {
    for (const origin of ['https://registry.test:8443', 'https://evil.example']) {
      const { host } = new URL(origin);
      expect(codeOf(await send('POST', { origin, host }))).toBe('cross-site');
      expect(
        codeOf(await send('POST', { origin, 'x-forwarded-host': host, forwarded: `host=${host}` })),
      ).toBe('cross-site');
    }
  });

  test('is no such thing from the public address, nor in a demo from this machine', async () => {
    const ours = [new URL(server.config.publicUrl).origin, `http://localhost:${server.config.port}`];
    for (const origin of ours) expect(codeOf(await send('POST', { origin }))).not.toBe('cross-site');
  });

  test('may read what everyone may', async () => {
    expect((await send('GET', { origin: 'https://evil.example' })).statusCode).toBe(200);
  });
});

describe('who may call what', () => {
  test('stands in the table for every route, and for nothing else', () => {
    const routes = routesOf(server.app);
    expect(routes.length).toBeGreaterThan(30);
    expect(routes.filter((route) => !OUTSIDE.test(route)).sort()).toEqual(Object.keys(WHO_MAY).sort());
  });

  test.each(Object.entries(WHO_MAY))('%s', async (route, who) => {
    const got: Record<string, string> = {};
    // Signing out ends the session of whoever knocks.
    const knockers =
      route === 'DELETE /api/session' ? (['nobody'] as const) : (['nobody', ...ROLES] as const);
    for (const knocker of knockers) {
      const status = await knock(route, knocker);
      got[knocker] = status === 401 ? 'sign in' : status === 403 ? 'refused' : 'inside';
      if (status >= 500) got[knocker] = `failed with ${status}`;
    }
    const expected = Object.fromEntries(
      knockers.map((knocker) => {
        if (who === EVERYONE) return [knocker, 'inside'];
        if (knocker === 'nobody') return [knocker, 'sign in'];
        return [knocker, who === SIGNED_IN || who.includes(knocker) ? 'inside' : 'refused'];
      }),
    );
    expect(got).toEqual(expected);
  });

  test('a right is lost with the role, without signing out', async () => {
    const route = 'GET /api/drafts';
    expect(await knock(route, 'auditor')).toBe(200);
    const { AuthService } = await import('../../apps/registry/src/auth/auth.service.ts');
    await server.app.get(AuthService).setRoles('auditor', []);
    expect(await knock(route, 'auditor')).toBe(403);
    await server.app.get(AuthService).setRoles('auditor', ['auditor']);
  });

  test('an account is an auditor or something else, never both', async () => {
    const { AuthService } = await import('../../apps/registry/src/auth/auth.service.ts');
    await expect(server.app.get(AuthService).setRoles('editor', ['auditor', 'editor'])).rejects.toMatchObject(
      {
        code: 'invalid-roles',
      },
    );
  });

  test('ends with its eight hours: the cookie of yesterday is none', async () => {
    const source = server.app.get(DataSource);
    const knockAs = async () =>
      (await server.app.inject({ url: '/api/session', headers: { cookie: tokens.get('none') ?? '' } }))
        .statusCode;
    const [{ seconds }] = await source.query<[{ seconds: number }]>(
      `SELECT extract(epoch FROM max(expires_at) - now())::integer AS seconds FROM session`,
    );
    expect(seconds).toBeGreaterThan(7 * 3600);
    expect(seconds).toBeLessThanOrEqual(8 * 3600);
    expect(await knockAs()).toBe(200);
    await source.query(
      `UPDATE session SET expires_at = now() - interval '1 second'
       WHERE account_id = (SELECT id FROM account WHERE login = 'none')`,
    );
    expect(await knockAs()).toBe(401);
  });
});
