import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from '@jest/globals';
import { MAX_LEAF_BYTES, TILE_WIDTH } from '@mandate/transparency-log';
import { fetchBounded, fetchSource, limitsOf, SourceError } from './index.ts';

const servers: Server[] = [];

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has an address of this kind.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const LIMITS = { maximumBytes: 1_000, timeoutMs: 60_000, cache: 'no-cache' } as const;

async function codeOf(reading: Promise<unknown>): Promise<string> {
  return reading.then(
    () => 'read',
    (error: unknown) => (error instanceof SourceError ? error.code : String(error)),
  );
}

describe('a source at an address', () => {
  test.each(['', '/', '/below', '/below/'])('reads below its root, here %j', async (root) => {
    const asked: (string | undefined)[] = [];
    const address = await serve(({ url }, response) => {
      asked.push(url);
      response.end('{}');
    });
    const bytes = await fetchSource(`${address}${root}`).read('data/organs.json');
    expect([...bytes]).toEqual([0x7b, 0x7d]);
    expect(asked).toEqual([`${root.replace(/\/$/, '')}/data/organs.json`]);
  });

  test('sends neither cookies nor a word on who asks, also when it was given some', async () => {
    const requests: IncomingMessage[] = [];
    const address = await serve((request, response) => {
      requests.push(request);
      response.setHeader('set-cookie', 'reader=1; Path=/');
      response.end('{}');
    });
    const source = fetchSource(address);
    await source.read('data/organs.json');
    await source.read('data/types.json');
    expect(requests).toHaveLength(2);
    for (const { headers } of requests) {
      expect(headers.cookie).toBeUndefined();
      expect(headers.authorization).toBeUndefined();
      expect(headers.referer).toBeUndefined();
    }
  });

  test('asks anew for what changes', async () => {
    const requests: IncomingMessage[] = [];
    const address = await serve((request, response) => {
      requests.push(request);
      response.end('{}');
    });
    await fetchSource(address).read('log/lists/checkpoint');
    expect(requests[0]?.headers['cache-control']).toMatch(/no-cache|max-age=0/);
  });

  test.each([
    [404, 'not-found'],
    [410, 'not-found'],
    [403, 'unreachable'],
    [500, 'unreachable'],
    [503, 'unreachable'],
  ])('answer %i is %s', async (status, code) => {
    const address = await serve((_, response) => response.writeHead(status).end('{}'));
    expect(await codeOf(fetchSource(address).read('data/organs.json'))).toBe(code);
  });

  test('a server that is not there is unreachable', async () => {
    expect(await codeOf(fetchSource('http://127.0.0.1:1').read('data/organs.json'))).toBe('unreachable');
  });

  test('a connection that breaks off is unreachable', async () => {
    const address = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{');
      setTimeout(() => response.destroy(), 20);
    });
    expect(await codeOf(fetchSource(address).read('data/organs.json'))).toBe('unreachable');
  });

  test.each([301, 302, 307, 308])('is not sent on to another place, by %i', async (status) => {
    let reached = false;
    const inside = await serve((_, response) => {
      reached = true;
      response.end('{}');
    });
    const address = await serve((_, response) =>
      response.writeHead(status, { location: `${inside}/data/organs.json` }).end(),
    );
    expect(await codeOf(fetchSource(address).read('data/organs.json'))).toBe('unreachable');
    expect(reached).toBe(false);
  });
});

describe('limits', () => {
  test('the largest file is read, one byte more is not', async () => {
    const address = await serve(({ url = '' }, response) => response.end(Buffer.alloc(Number(url.slice(1)))));
    expect(await fetchBounded(`${address}/1000`, LIMITS)).toHaveLength(1_000);
    expect(await fetchBounded(`${address}/0`, LIMITS)).toHaveLength(0);
    expect(await codeOf(fetchBounded(`${address}/1001`, LIMITS))).toBe('too-large');
  });

  test('a file without an end is given up while it comes', async () => {
    let sent = 0;
    const closed = Promise.withResolvers<undefined>();
    const address = await serve((_, response) => {
      const more = setInterval(() => {
        sent += 100;
        response.write(Buffer.alloc(100));
      }, 1);
      response.on('close', () => {
        clearInterval(more);
        closed.resolve(undefined);
      });
    });
    expect(await codeOf(fetchBounded(address, LIMITS))).toBe('too-large');
    await closed.promise;
    expect(sent).toBeLessThan(100_000);
  });

  test('counts what a small answer swells to', async () => {
    const address = await serve((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(100_000))),
    );
    expect(await codeOf(fetchBounded(address, LIMITS))).toBe('too-large');
  });

  test.each<[string, RequestListener]>([
    ['does not answer', () => undefined],
    ['stops in the middle', (_, response) => response.write('{')],
    [
      'sends a byte now and then',
      (_, response) => {
        const drip = setInterval(() => response.write(' '), 20);
        response.on('close', () => clearInterval(drip));
      },
    ],
  ])('a server that %s has its time', async (_, listener) => {
    const address = await serve(listener);
    // Without it the first two would never come to an end, and the third not before it is too large.
    expect(await codeOf(fetchBounded(address, { ...LIMITS, timeoutMs: 200 }))).toBe('timed-out');
  });

  test('the caller may give up, and hears its own reason', async () => {
    const address = await serve(() => undefined);
    const stopped = new AbortController();
    const reading = fetchBounded(address, { ...LIMITS, signal: stopped.signal });
    setTimeout(() => stopped.abort(new Error('enough')), 20);
    await expect(reading).rejects.toThrow('enough');
    await expect(fetchBounded(address, { ...LIMITS, signal: stopped.signal })).rejects.toThrow('enough');
  });

  test('are those of the kind of file', () => {
    expect(limitsOf('log/lists/checkpoint').maximumBytes).toBe(65_536);
    expect(limitsOf('log/lists/tile/0/x001/000.p/5').maximumBytes).toBe(TILE_WIDTH * 32);
    expect(limitsOf('log/lists/tile/entries/000').maximumBytes).toBe(TILE_WIDTH * (MAX_LEAF_BYTES + 2));
    const blob = limitsOf('data/blobs/ab/x.json').maximumBytes;
    const other = limitsOf('data/organs.json').maximumBytes;
    const items = limitsOf('data/summaries/x.json').maximumBytes;
    expect(blob).toBeLessThan(other);
    expect(other).toBeLessThan(items);
    expect(limitsOf('data/items/x.json')).toEqual(limitsOf('data/negative/x.json'));
  });
});
