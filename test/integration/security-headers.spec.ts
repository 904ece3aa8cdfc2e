import { mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PublicationService } from '../../apps/registry/src/publication/publication.service.ts';
import { publishedPaths } from '../../apps/registry/src/publication/published-paths.ts';
import { writePointer } from '../../apps/registry/src/publication/release-pointer.ts';
import { createTestServer, type TestServer } from '../support/application.ts';
import { launchBrowser } from '../support/browser.ts';
import { putActs } from '../support/list-changes.ts';
import { ACTS } from '../support/sample-acts.ts';

let server: TestServer;
let origin: string;

beforeAll(async () => {
  server = await createTestServer();
  await putActs(server.app, ACTS.slice(0, 3));
  await server.app.get(PublicationService).publishData();
  const paths = publishedPaths(server.config.dataDir);
  await mkdir(join(paths.pages, 'one', 'organs'), { recursive: true });
  await writeFile(join(paths.pages, 'one', 'index.html'), '<!doctype html><title>x</title>');
  await writeFile(join(paths.pages, 'one', 'organs', 'index.html'), '<!doctype html><title>x</title>');
  await writePointer(paths, { release: 'one', lists: { size: 1, root: '' } });
  await server.app.listen(0, '127.0.0.1');
  origin = await server.app.getUrl();
});
afterAll(() => server.close());

/** As it goes over the wire: `fetch` would tidy up the address. */
function ask(request: string): Promise<{ status: number; headers: Map<string, string> }> {
  const { port } = new URL(origin);
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(request));
    socket.setEncoding('latin1').on('data', (part: string) => {
      text += part;
      if (!text.includes('\r\n\r\n')) return;
      socket.destroy();
      const [first = '', ...lines] = (text.split('\r\n\r\n', 1)[0] ?? '').split('\r\n');
      const headers = lines.map((line) => {
        const at = line.indexOf(':');
        return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()] as const;
      });
      resolve({ status: Number(first.split(' ')[1]), headers: new Map(headers) });
    });
    socket.once('error', reject);
  });
}

const request = (method: string, path: string, more = '', body = '') =>
  `${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n${more}content-length: ${body.length.toString()}\r\n\r\n${body}`;
const JSON_TYPE = 'content-type: application/json\r\n';

/** One of every kind of answer there is. */
const ANSWERS: readonly (readonly [kind: string, status: number, request: string])[] = [
  ['a page', 200, request('GET', '/')],
  ['a page’s head', 200, request('HEAD', '/')],
  ['a redirect', 301, request('GET', '/organs')],
  ['a missing page', 404, request('GET', '/nothing/')],
  ['a data file', 200, request('GET', '/data/registry.json')],
  ['a missing data file', 404, request('GET', '/data/none.json')],
  ['a file of the log', 200, request('GET', '/log/lists/checkpoint')],
  ['the API', 200, request('GET', '/api/organs')],
  ['a health check', 200, request('GET', '/api/health/live')],
  ['a missing route', 404, request('GET', '/api/nothing')],
  ['another method', 404, request('DELETE', '/api/organs')],
  ['a preflight', 404, request('OPTIONS', '/api/organs')],
  ['a refusal', 401, request('GET', '/api/drafts')],
  [
    'a cross-site refusal',
    403,
    request('POST', '/api/session', `origin: https://evil.example\r\n${JSON_TYPE}`, '{}'),
  ],
  ['a body that is no JSON', 400, request('POST', '/api/session', JSON_TYPE, '{')],
  ['a body of another type', 415, request('POST', '/api/session', 'content-type: text/xml\r\n', 'x')],
  ['a body that is wrong', 422, request('POST', '/api/session', JSON_TYPE, '{}')],
  ['the description', 200, request('GET', '/api/openapi.json')],
  ['its page', 200, request('GET', '/api/docs')],
  ['the metrics', 200, request('GET', '/metrics')],
  ['a broken escape', 400, request('GET', '/api/organs/%zz')],
  ['a parameter that is too long', 404, request('GET', `/api/organs/${'x'.repeat(5_000)}`)],
  ['headers that are too long', 431, request('GET', '/', `x: ${'x'.repeat(20_000)}\r\n`)],
  ['what is no HTTP', 400, 'nonsense\r\n\r\n'],
];

describe.each(ANSWERS)('%s', (_kind, status, text) => {
  test('is answered with every header for browsers, and nothing of what answers', async () => {
    const answer = await ask(text);
    expect(answer.status).toBe(status);
    const { headers } = answer;
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; .*frame-ancestors 'none'/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('permissions-policy')).toContain('camera=()');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-resource-policy')).toMatch(/^(same|cross)-origin$/);
    expect(headers.get('strict-transport-security')).toMatch(/^max-age=\d{8}$/);
    expect(headers.has('x-powered-by')).toBe(false);
    expect(headers.has('server')).toBe(false);
  });
});

test('an answer that a client has already says them too', async () => {
  const first = await ask(request('GET', '/api/organs'));
  const again = await ask(
    request('GET', '/api/organs', `if-none-match: ${first.headers.get('etag') ?? ''}\r\n`),
  );
  expect(again.status).toBe(304);
  expect(again.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
});

test('published files are open to verifiers of other sites, pages and API are not', async () => {
  const open = await ask(request('GET', '/data/registry.json'));
  expect(open.headers.get('access-control-allow-origin')).toBe('*');
  expect(open.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  for (const path of ['/', '/api/organs', '/database', '/logo']) {
    const { headers } = await ask(request('GET', path));
    expect(headers.has('access-control-allow-origin')).toBe(false);
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
  }
});

test('the page of the API’s description works under its policy', async () => {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    const problems: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    page.on('pageerror', (error) => problems.push(error.message));
    await page.goto(`${origin}/api/docs`);
    await page.getByText('POST').first().waitFor();
    expect(problems).toEqual([]);
  } finally {
    await browser.close();
  }
});
