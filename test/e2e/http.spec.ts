import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readSignedPdf } from '@mandate/signature';
import { MetadataScanner, ModulesContainer, Reflector } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ACCESS } from '../../apps/registry/src/auth/access.ts';
import { AuthService } from '../../apps/registry/src/auth/auth.service.ts';
import { createTestServer, type TestServer } from '../support/application.ts';
import {
  FARMING,
  FOOD_PERMIT_DATA,
  foodPermitItem,
  MARKET,
  prepareFoodPermit,
  putItem,
} from '../support/food-permit.ts';

describe('the registry over HTTP', () => {
  let registry: TestServer;
  let app: NestFastifyApplication;

  beforeAll(async () => {
    registry = await createTestServer();
    app = registry.app;
    await prepareFoodPermit(app);
    const auth = app.get(AuthService);
    const account = {
      displayName: '测试',
      password: 'a right password',
      roles: ['issuer'] as const,
      demo: false,
    };
    await auth.createAccount({ ...account, login: 'market', organ: MARKET.key });
    await auth.createAccount({ ...account, login: 'farming', organ: FARMING.key });
    await auth.createAccount({ ...account, login: 'keeper', organ: null });
    await auth.createAccount({ ...account, login: 'locked', organ: null });
  });
  afterAll(() => registry.close());

  const signIn = (login: string, password = 'a right password') =>
    app.inject({ method: 'POST', url: '/api/session', payload: { login, password } });
  const as = async (login: string) => {
    const cookie = String((await signIn(login)).headers['set-cookie']).split(';')[0] ?? '';
    return (request: { method: 'GET' | 'POST' | 'DELETE'; url: string; payload?: object; origin?: string }) =>
      app.inject({
        method: request.method,
        url: request.url,
        ...(request.payload === undefined ? {} : { payload: request.payload }),
        headers: { cookie, ...(request.origin === undefined ? {} : { origin: request.origin }) },
      });
  };
  const permit = { type: '食品经营许可证', ...FOOD_PERMIT_DATA };

  test('every handler says who may call it', () => {
    const reflector = new Reflector();
    const scanner = new MetadataScanner();
    const controllers = [...app.get(ModulesContainer).values()].flatMap((module) => [
      ...module.controllers.values(),
    ]);
    const handlers = controllers.flatMap(({ metatype }) => {
      // Nest types a controller as any function; its prototype holds the handlers.
      const prototype = metatype?.prototype as Record<string, () => unknown>;
      return scanner.getAllMethodNames(prototype).flatMap((method) => {
        const handler = prototype[method];
        const isRoute = handler !== undefined && Reflect.hasMetadata('path', handler);
        return isRoute ? [{ name: `${metatype?.name}.${method}`, handler }] : [];
      });
    });
    expect(handlers.length).toBeGreaterThan(8);
    const open = handlers.filter(({ handler }) => reflector.get<unknown>(ACCESS, handler) === undefined);
    expect(open.map(({ name }) => name)).toEqual([]);
  });

  test('nobody reaches a handler for officials without signing in', async () => {
    const { paths } = (await app.inject('/api/openapi.json')).json<{
      paths: Record<string, Record<string, { security?: unknown }>>;
    }>();
    const guarded = [
      '/api/certificates',
      '/api/certificates/{identifier}',
      '/api/certificates/{identifier}/document',
    ];
    for (const path of guarded) expect(Object.keys(paths)).toContain(path);
    for (const path of guarded) {
      const answer = await app.inject(path.replace('{identifier}', '1.2.3'));
      expect([path, answer.statusCode]).toEqual([path, 401]);
      expect(answer.headers['content-type']).toContain('application/problem+json');
    }
    expect((await app.inject({ method: 'POST', url: '/api/certificates', payload: permit })).statusCode).toBe(
      401,
    );
  });

  test('issues for the organ of the account and hands out the signed document', async () => {
    const market = await as('market');
    const issued = await market({ method: 'POST', url: '/api/certificates', payload: permit });
    expect(issued.statusCode).toBe(201);
    const { identifier } = issued.json<{ identifier: string }>();
    const document = await market({ method: 'GET', url: `/api/certificates/${identifier}/document` });
    expect(document.headers['content-type']).toBe('application/pdf');
    await expect(readSignedPdf(document.rawPayload)).resolves.toMatchObject({ name: MARKET.name });

    const farming = await as('farming');
    for (const url of [`/api/certificates/${identifier}`, `/api/certificates/${identifier}/document`]) {
      expect((await farming({ method: 'GET', url })).statusCode).toBe(404);
    }
    expect((await farming({ method: 'GET', url: '/api/certificates' })).json()).toEqual({ certificates: [] });
    const revoke = {
      method: 'POST' as const,
      url: `/api/certificates/${identifier}/revocation`,
      payload: { reason: 'withdrawn' },
    };
    expect((await farming(revoke)).statusCode).toBe(404);
    expect((await market(revoke)).statusCode).toBe(204);
    expect((await market(revoke)).json()).toMatchObject({ status: 409, code: 'already-revoked' });
  });

  test('refuses in the words of the person, with the code of the rule', async () => {
    const farming = await as('farming');
    const refused = await farming({ method: 'POST', url: '/api/certificates', payload: permit });
    expect(refused.json()).toMatchObject({
      status: 409,
      code: 'item-absent',
      title: expect.stringContaining('清单之外无权力'),
    });

    const market = await as('market');
    const wrong = await market({
      method: 'POST',
      url: '/api/certificates',
      payload: { ...permit, holder: { name: '' } },
    });
    expect(wrong.json()).toMatchObject({
      status: 422,
      code: 'invalid-request',
      fields: expect.arrayContaining([{ field: 'holder.name', message: '请填写持证主体名称' }]),
    });
    await putItem(app, foodPermitItem({ state: 'suspended' }));
    const suspended = await market({ method: 'POST', url: '/api/certificates', payload: permit });
    expect(suspended.json()).toMatchObject({ status: 409, code: 'item-suspended' });
    await putItem(app, foodPermitItem());
  });

  test('the keeper of the registry issues nothing', async () => {
    const keeper = await as('keeper');
    const answer = await keeper({ method: 'POST', url: '/api/certificates', payload: permit });
    expect(answer.json()).toMatchObject({ status: 403, code: 'not-your-organ' });
  });

  test('refuses a request that another site sends with the cookie', async () => {
    const market = await as('market');
    const forged = await market({
      method: 'POST',
      url: '/api/certificates',
      payload: permit,
      origin: 'https://evil.example',
    });
    expect(forged.json()).toMatchObject({ status: 403, code: 'cross-site' });
  });

  test('the session cookie is out of reach of scripts and other sites, and ends with signing out', async () => {
    const cookie = String((await signIn('market')).headers['set-cookie']);
    for (const part of ['HttpOnly', 'SameSite=Strict', 'Secure']) expect(cookie).toContain(part);
    const market = await as('market');
    expect((await market({ method: 'GET', url: '/api/session' })).json()).toMatchObject({
      organ: MARKET.key,
    });
    expect((await market({ method: 'DELETE', url: '/api/session' })).statusCode).toBe(204);
    expect((await market({ method: 'GET', url: '/api/session' })).statusCode).toBe(401);
  });

  test('an unknown login and a wrong password sound the same; guessing locks the account', async () => {
    const unknown = (await signIn('nobody', 'x')).json<object>();
    const wrong = (await signIn('locked', 'x')).json<object>();
    expect({ ...wrong, instance: '' }).toEqual({ ...unknown, instance: '' });
    for (let i = 0; i < 4; i += 1) await signIn('locked', 'x');
    expect((await signIn('locked')).json()).toMatchObject({ status: 429, code: 'locked' });
  });

  test('a demo account is refused where the demo is off', async () => {
    const auth = app.get(AuthService);
    await auth.putDemoAccount({
      login: 'demo',
      displayName: '演示',
      organ: null,
      roles: [],
      password: 'demo-demo-demo',
    });
    expect((await signIn('demo', 'demo-demo-demo')).statusCode).toBe(201);
    Object.assign(registry.config, { demo: false });
    try {
      expect((await signIn('demo', 'demo-demo-demo')).statusCode).toBe(401);
    } finally {
      Object.assign(registry.config, { demo: true });
    }
  });

  test.each([
    ['malformed JSON', '{"login":', 'application/json', 400],
    ['another content type', 'login=a', 'application/x-www-form-urlencoded', 415],
    ['a body of two megabytes', JSON.stringify({ login: 'x'.repeat(2_000_000) }), 'application/json', 413],
  ])('answers %s with a problem, not a crash', async (_name, payload, contentType, status) => {
    const answer = await app.inject({
      method: 'POST',
      url: '/api/session',
      payload,
      headers: { 'content-type': contentType },
    });
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toMatchObject({ status, instance: expect.any(String) });
  });

  test('describes itself: health, OpenAPI, and a page for people', async () => {
    expect((await app.inject('/api/health/ready')).json()).toMatchObject({
      checks: expect.arrayContaining([expect.objectContaining({ name: 'database', status: 'ok' })]),
    });
    expect((await app.inject('/api/health/live')).statusCode).toBe(200);
    expect((await app.inject('/api/docs')).headers['content-type']).toContain('text/html');
    const body = (await app.inject('/api/openapi.json')).json<{
      paths: Record<string, { post: { requestBody: { content: object } } }>;
    }>();
    expect(JSON.stringify(body.paths['/api/certificates']?.post.requestBody)).toContain('"holder"');
    expect((await app.inject('/api/nothing')).json()).toMatchObject({ status: 404 });
  });
});
