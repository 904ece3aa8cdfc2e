import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { proveInclusion, PublishedLog, verifyCheckpoint, verifyTlogProof } from '@mandate/transparency-log';
import { DataSource } from 'typeorm';
import { createApp } from '../../apps/registry/src/bootstrap/create-app.ts';
import { LogService } from '../../apps/registry/src/log/log.service.ts';
import { PublicationService } from '../../apps/registry/src/publication/publication.service.ts';
import { publishedPaths } from '../../apps/registry/src/publication/published-paths.ts';
import { findPointer, writePointer } from '../../apps/registry/src/publication/release-pointer.ts';
import { auditPlace } from '../../apps/registry/src/commands/audit-place.ts';
import { putActs } from '../support/list-changes.ts';
import { openTestRegistry, type TestRegistry } from '../support/registry.ts';
import { ACTS } from '../support/sample-acts.ts';

let registry: TestRegistry;
let server: NestFastifyApplication;
let address: string;

beforeAll(async () => {
  registry = await openTestRegistry();
  server = await createApp(registry.config);
  await server.listen(0, '127.0.0.1');
  address = await server.getUrl();
  await putActs(
    registry.app,
    ACTS.map(({ redacted: _, ...act }) => act),
  );
  await registry.app.get(PublicationService).publishData();
});
afterAll(async () => {
  await server.close();
  await registry.close();
});

const get = (path: string) => fetch(`${address}${path}`, { redirect: 'manual' });
const identity = () => registry.app.get(LogService).identityOf(registry.app.get(DataSource).manager, 'lists');

describe('the log over HTTP', () => {
  test('a stranger reads leaves and proofs from the published files', async () => {
    const fetchFile = async (path: string) => {
      const response = await get(`/log/lists/${path}`);
      if (!response.ok) throw new Error(String(response.status));
      return new Uint8Array(await response.arrayBuffer());
    };
    const { log, checkpoint } = await PublishedLog.open(fetchFile, await identity());
    expect(checkpoint.size).toBe(ACTS.length);
    expect(JSON.parse(Buffer.from(await log.readLeaf(0)).toString())).toMatchObject({ register: 'organ' });
    await proveInclusion(5, checkpoint.size, log.readHashes);
  });

  test('the whole publication passes the audit over HTTP', async () => {
    const report = await auditPlace(address, { dataDir: join(registry.dataDir, 'stranger') });
    expect(report.problems).toEqual([]);
    expect(report.ok).toBe(true);
  });

  test('checkpoint and proof come from the API, and the proof verifies', async () => {
    const checkpoint = await get('/api/log/lists/checkpoint');
    expect(checkpoint.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    verifyCheckpoint(await checkpoint.text(), await identity());
    const { leaf } = await registry.app.get(LogService).entryAt('lists', 4);
    const proof = await (await get('/api/log/lists/proof/4')).text();
    expect(verifyTlogProof(leaf, proof, await identity()).index).toBe(4);
  });

  test.each([
    ['/api/log/lists/proof/9999', 404],
    ['/api/log/lists/proof/-1', 422],
    ['/api/log/lists/proof/1.5', 422],
    ['/api/log/lists/proof/x', 422],
    ['/api/log/other/proof/1', 422],
    ['/api/log/lists/nothing', 404],
  ])('%s is refused with %p and a problem', async (path, status) => {
    const response = await get(path);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
  });
});

describe('published files', () => {
  test.each([
    ['/log/lists/checkpoint', 'text/plain; charset=utf-8', 'no-cache'],
    [
      `/log/lists/tile/0/000.p/${ACTS.length}`,
      'application/octet-stream',
      'public, max-age=31536000, immutable',
    ],
    [
      `/log/lists/tile/entries/000.p/${ACTS.length}`,
      'application/octet-stream',
      'public, max-age=31536000, immutable',
    ],
    ['/data/registry.json', 'application/json; charset=utf-8', 'no-cache'],
    ['/data/status/revocation-1.json', 'application/json; charset=utf-8', 'no-cache'],
  ])('%s is served as %s and kept as it may be', async (path, type, cache) => {
    const response = await get(path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(type);
    expect(response.headers.get('cache-control')).toBe(cache);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
  });

  test('a tile that is not there yet is missing only for now', async () => {
    const response = await get('/log/lists/tile/0/001');
    expect(response.status).toBe(404);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  test.each([
    '/data/../../keys/root.pem',
    '/data/%2e%2e/%2e%2e/keys/root.pem',
    '/data/..%2f..%2f..%2fkeys/root.pem',
    '/data/..%5c..%5ckeys',
    '/%2e%2e/%2e%2e/keys/root.pem',
    '/data/registry.json%00',
    '/data/%',
    '/log/',
    '/data',
  ])('nothing outside of the published files is reachable: %s', async (path) => {
    // fetch would tidy the path up before it is sent.
    const { statusCode, body } = await server.inject({ method: 'GET', url: path });
    expect([400, 404, 503]).toContain(statusCode);
    expect(body).not.toContain('PRIVATE KEY');
  });
});

describe('pages', () => {
  const paths = () => publishedPaths(registry.dataDir);
  const release = async (name: string, files: Record<string, string>) => {
    for (const [file, text] of Object.entries(files)) {
      const path = join(paths().pages, name, file);
      await mkdir(join(path, '..'), { recursive: true });
      await writeFile(path, text);
    }
  };

  test('before the first release a reader is told to wait', async () => {
    const response = await get('/');
    expect(response.status).toBe(503);
    expect(await response.text()).toContain('网页正在生成');
  });

  test('a switch of the release shows at once, and open pages still find their files', async () => {
    const lists = { size: 1, root: '' };
    await release('one', {
      'index.html': 'first',
      '_astro/a.css': 'a',
      '404.html': 'not here',
      'items/x/index.html': 'x',
    });
    await writePointer(paths(), { release: 'one', lists });
    expect(await (await get('/')).text()).toBe('first');
    await release('two', { 'index.html': 'second', '_astro/b.css': 'b', '404.html': 'not here' });
    await writePointer(paths(), { release: 'two', previous: 'one', lists });
    expect(await (await get('/')).text()).toBe('second');
    const asset = await get('/_astro/a.css');
    expect(await asset.text()).toBe('a');
    expect(asset.headers.get('content-type')).toBe('text/css; charset=utf-8');
    expect(asset.headers.get('cache-control')).toContain('immutable');
    expect((await get('/items/x/')).status).toBe(404);
  });

  test('a folder without its slash leads to the page, a missing one to the page that says so', async () => {
    await writePointer(paths(), { release: 'one', lists: { size: 1, root: '' } });
    const redirect = await get('/items/x');
    expect([redirect.status, redirect.headers.get('location')]).toEqual([301, '/items/x/']);
    const page = await get('/items/x/');
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const missing = await get('/nothing/');
    expect([missing.status, await missing.text()]).toEqual([404, 'not here']);
    expect(missing.headers.get('content-type')).toBe('text/html; charset=utf-8');
  });

  test('no address redirects to another site', async () => {
    for (const path of ['//evil.example', '//evil.example/', '/%2Fevil.example', '/\\evil.example']) {
      const { headers } = await server.inject({ method: 'GET', url: path });
      expect(headers.location).toBeUndefined();
    }
  });

  test('a damaged pointer shows no half page', async () => {
    await writeFile(paths().pointer, '{"release":"../../keys"}');
    expect(await findPointer(paths())).toBeUndefined();
    expect((await get('/')).status).toBe(503);
  });
});
