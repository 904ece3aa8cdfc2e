import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import {
  createServer,
  type IncomingMessage,
  request as send,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { AuthService } from '../../apps/registry/src/auth/auth.service.ts';
import { createApp } from '../../apps/registry/src/bootstrap/create-app.ts';
import { type Config, loadConfig } from '../../apps/registry/src/config/config.ts';
import { ApiPlace } from '../../apps/registry/src/front/api-place.ts';
import { createFront } from '../../apps/registry/src/front/create-front.ts';
import { openTestRegistry, type TestRegistry } from '../support/registry.ts';

const SECRET = 'a secret of thirty-two characters or more';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

async function listen(server: FastifyInstance): Promise<string> {
  return server.listen({ port: 0, host: '127.0.0.1' });
}

describe('the front before the API', () => {
  let registry: TestRegistry;
  let config: Config;
  let api: Awaited<ReturnType<typeof createApp>>;
  let apiUrl: string;
  let front: FastifyInstance;
  let url: string;
  let seen: { id: string; ip: string; protocol: string; host: string; headers: string }[];

  beforeAll(async () => {
    registry = await openTestRegistry();
    config = Object.assign(Object.create(registry.config) as Config, { frontSecret: SECRET });
    api = await createApp(config);
    api
      .getHttpAdapter()
      .getInstance()
      .addHook('onRequest', (request, _reply, done) => {
        const { id, ip, protocol, host } = request;
        seen.push({ id, ip, protocol, host, headers: JSON.stringify(request.headers) });
        done();
      });
    await api.listen(0, '127.0.0.1');
    apiUrl = await api.getUrl();
    front = await createFront(config, new ApiPlace(apiUrl));
    url = await listen(front);
  });
  beforeEach(() => {
    seen = [];
  });
  afterAll(async () => {
    await front.close();
    await api.close();
    await registry.close();
  });

  const FORGED = {
    'x-forwarded-for': '203.0.113.9',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'evil.example',
    forwarded: 'for=203.0.113.9;proto=https',
    'x-request-id': 'forged\u00e9',
  };

  test('does not let a client say who it is', async () => {
    await fetch(`${url}/api/health/ready`, { headers: { ...FORGED, 'x-mandate-front': SECRET.slice(1) } });
    expect(seen).toMatchObject([{ ip: '127.0.0.1', protocol: 'http', host: new URL(url).host }]);
    expect(seen[0]?.id).toMatch(UUID);
    expect(seen[0]?.headers).not.toMatch(/203\.0\.113\.9|evil\.example/);
    expect(seen[0]?.headers).not.toContain(SECRET);
  });

  test('nobody but the front is believed by the API', async () => {
    for (const secret of [undefined, 'x', `${SECRET}x`])
      await fetch(`${apiUrl}/api/health/ready`, {
        headers: { ...FORGED, ...(secret === undefined ? {} : { 'x-mandate-front': secret }) },
      });
    for (const one of seen) {
      expect(one).toMatchObject({ ip: '127.0.0.1', protocol: 'http', host: new URL(apiUrl).host });
      expect(one.id).toMatch(UUID);
    }
    expect(seen).toHaveLength(3);
  });

  test('the API takes address, protocol and id from the front', async () => {
    const id = '3c1b6f8e-3b0f-4a53-9a0c-0d6d7ad2c7f4';
    await fetch(`${apiUrl}/api/health/ready`, {
      headers: { ...FORGED, 'x-request-id': id, 'x-mandate-front': SECRET },
    });
    expect(seen).toMatchObject([{ ip: '203.0.113.9', protocol: 'https', id }]);
  });

  test('gives one id to a request, and the answer names it', async () => {
    const answer = await fetch(`${url}/api/nothing`);
    expect(await answer.json()).toMatchObject({ status: 404, instance: seen[0]?.id });
  });

  test('passes entity tags, HEAD, Link and CSV through as they are', async () => {
    const [direct, fronted] = await Promise.all([
      fetch(`${apiUrl}/api/items?limit=1`),
      fetch(`${url}/api/items?limit=1`),
    ]);
    const tag = fronted.headers.get('etag') ?? '';
    expect(tag).toBe(direct.headers.get('etag'));
    expect(await fronted.text()).toBe(await direct.text());
    const known = await fetch(`${url}/api/items?limit=1`, { headers: { 'if-none-match': tag } });
    expect([known.status, await known.text()]).toEqual([304, '']);
    const head = await fetch(`${url}/api/items?limit=1`, { method: 'HEAD' });
    expect([head.status, head.headers.get('etag')]).toEqual([200, tag]);
    const csv = await fetch(`${url}/api/items`, { headers: { accept: 'text/csv' } });
    expect(csv.headers.get('content-type')).toContain('text/csv');
  });

  test('an answer that comes before the body was read reaches its client', async () => {
    const body = Buffer.alloc(12_000_000);
    for (let round = 0; round < 5; round += 1) {
      const upload = await fetch(`${url}/api/imports?file=a.xls`, {
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream' },
        body,
      });
      expect(upload.status).toBe(401);
      const json = await fetch(`${url}/api/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      expect(await json.json()).toMatchObject({ status: 413 });
    }
  });

  test('a file that is too large leaves the connection to the API to whoever comes next', async () => {
    const account = {
      login: 'bianji',
      displayName: 'b',
      organ: null,
      roles: ['editor'],
      demo: false,
    } as const;
    const auth = registry.app.get(AuthService);
    await auth.createAccount({ ...account, password: 'a right password' });
    const { token } = await auth.signIn('bianji', 'a right password');
    const body = Buffer.alloc(12_000_000, 'a');
    for (let round = 0; round < 3; round += 1) {
      const upload = await fetch(`${url}/api/imports?file=a.csv`, {
        method: 'POST',
        headers: { 'content-type': 'text/csv', cookie: `mandate_session=${token}` },
        body,
      });
      expect([upload.status, await upload.json()]).toMatchObject([413, { code: 'too-large' }]);
      const next = await fetch(`${url}/api/items?limit=1`, { signal: AbortSignal.timeout(120_000) });
      expect(next.status).toBe(200);
    }
  });

  test('what is between client and front alone goes no further', async () => {
    const statusWith = async (headers: Record<string, string>): Promise<number | undefined> => {
      const { hostname, port } = new URL(url);
      const request = send({ hostname, port, path: '/api/items?limit=1', headers });
      request.end();
      const [answer] = (await once(request, 'response')) as [IncomingMessage];
      answer.resume();
      return answer.statusCode;
    };
    expect(await statusWith({ 'keep-alive': 'timeout=5', connection: 'close' })).toBe(200);
    expect(await statusWith({ upgrade: 'x', connection: 'close' })).toBe(200);
    expect(await statusWith({ te: 'trailers', 'proxy-connection': 'keep-alive' })).toBe(200);
    expect(seen.map(({ headers }) => headers).join()).not.toMatch(/timeout=5|"upgrade"|"te"|proxy-conn/);
  });

  test('leads nowhere but below /api', async () => {
    const statusOf = async (path: string): Promise<number | undefined> => {
      const { hostname, port } = new URL(url);
      const request = send({ hostname, port, path });
      request.end();
      const [answer] = (await once(request, 'response')) as [IncomingMessage];
      answer.resume();
      return answer.statusCode;
    };
    for (const path of [
      '/api/../data/registry.json',
      '/api/%2e%2e/data/registry.json',
      '/api/%zz',
      '/api/x\\..\\items',
    ])
      expect(await statusOf(path)).toBe(400);
    expect(await statusOf('//evil.example/api/items')).not.toBe(200);
    expect(seen).toEqual([]);
  });
});

describe('the front and an API that fails', () => {
  let folder: string;
  let api: Server;
  let handle: (request: IncomingMessage, response: ServerResponse) => void;
  let asked: number;
  let place: ApiPlace;
  let front: FastifyInstance;
  let url: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mandate front '));
    api = createServer((request, response) => {
      asked += 1;
      handle(request, response);
    }).listen(0, '127.0.0.1');
    await once(api, 'listening');
    place = new ApiPlace();
    front = await createFront(loadConfig({ MANDATE_DATA_DIR: folder }), place);
    url = await listen(front);
  });
  beforeEach(() => {
    asked = 0;
    // A server that listens on a port has an address of this shape.
    place.url = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
  });
  afterEach(() => api.closeAllConnections());
  afterAll(async () => {
    await front.close();
    api.close();
    await rm(folder, { recursive: true, force: true });
  });

  const UNAVAILABLE = { status: 503, code: 'api-unavailable' };

  test('without an API everything below /api says when to come back', async () => {
    place.url = undefined;
    for (const method of ['GET', 'POST', 'DELETE']) {
      const answer = await fetch(`${url}/api/items`, { method });
      expect(answer.headers.get('retry-after')).toBe('5');
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(await answer.json()).toMatchObject(UNAVAILABLE);
    }
    const ready = await fetch(`${url}/api/health/ready`);
    expect([ready.status, await ready.json()]).toMatchObject([503, { status: 'unavailable' }]);
    expect((await fetch(`${url}/api/health/live`)).status).toBe(200);
  });

  test('a port on which nobody listens is no API', async () => {
    place.url = 'http://127.0.0.1:1';
    const answer = await fetch(`${url}/api/session`, { method: 'POST', body: '{}' });
    expect(await answer.json()).toMatchObject(UNAVAILABLE);
  });

  test('what may have been done is not called undone', async () => {
    handle = (request) => request.resume().once('end', () => request.socket.destroy());
    const written = await fetch(`${url}/api/certificates`, { method: 'POST', body: '{}' });
    expect(await written.json()).toMatchObject({ status: 502, code: 'answer-lost' });
    const read = await fetch(`${url}/api/items`);
    expect(await read.json()).toMatchObject(UNAVAILABLE);
  });

  test('asks once, whatever the answer', async () => {
    handle = (_request, response) => response.writeHead(503, { 'retry-after': '1' }).end('{}');
    const answer = await fetch(`${url}/api/items`);
    expect([answer.status, answer.headers.get('retry-after'), asked]).toEqual([503, '1', 1]);
  });

  test('holds neither body nor answer back', async () => {
    const arrived = Promise.withResolvers<string>();
    handle = (request, response) => {
      request.setEncoding('utf8').once('data', (text: string) => {
        arrived.resolve(text);
        response.write('first');
      });
      request.once('end', () => response.end('last'));
    };
    const request = send(`${url}/api/imports`, { method: 'POST' });
    request.write('begin');
    // Neither side has ended yet.
    expect(await arrived.promise).toBe('begin');
    const [answer] = (await once(request, 'response')) as [IncomingMessage];
    const [chunk] = (await once(answer.setEncoding('utf8'), 'data')) as [string];
    expect(chunk).toBe('first');
    request.end();
    expect(await once(answer, 'data')).toEqual(['last']);
  });

  test('half a body is never the whole of one', async () => {
    const outcome = Promise.withResolvers<string>();
    const begun = Promise.withResolvers<undefined>();
    handle = (incoming) => {
      incoming.once('data', () => begun.resolve(undefined));
      incoming.once('end', () => outcome.resolve('whole'));
      incoming.once('error', () => outcome.resolve('broken off'));
    };
    // Chunked: no length says how much is missing.
    const request = send(`${url}/api/imports`, { method: 'POST' });
    request.on('error', () => undefined);
    request.write('half of it');
    await begun.promise;
    request.destroy();
    expect(await outcome.promise).toBe('broken off');
  });

  test('answers what a client asks with Expect', async () => {
    handle = (request, response) => {
      request.resume();
      response.end(JSON.stringify(request.headers));
    };
    const request = send(`${url}/api/imports`, { method: 'POST', headers: { expect: '100-continue' } });
    request.once('continue', () => request.end('body'));
    const [answer] = (await once(request, 'response')) as [IncomingMessage];
    expect(answer.statusCode).toBe(200);
    answer.resume();
  });
});
