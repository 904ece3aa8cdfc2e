import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fastify, type FastifyInstance } from 'fastify';
import { loadConfig } from '../../apps/registry/src/config/config.ts';
import { serverOptions } from '../../apps/registry/src/http/server-options.ts';
import { createTestServer, type TestServer } from '../support/application.ts';
import { createLog } from '../../apps/registry/src/telemetry/logger.ts';

const PROXY = '10.1.2.3';
const STRANGER = '203.0.113.9';

let server: TestServer;
beforeAll(async () => {
  server = await createTestServer({ MANDATE_TRUST_PROXY: '10.0.0.0/8' });
});
afterAll(() => server.close());

async function loggedAddress(): Promise<unknown> {
  const folder = join(server.config.dataDir, 'logs');
  const texts = (await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8'));
  const last = (await Promise.all(texts)).join('').trim().split('\n').at(-1) ?? '';
  // A line of our own log.
  return (JSON.parse(last) as { address: unknown }).address;
}

describe('the address of a client', () => {
  test.each([
    ['is what a trusted proxy says', PROXY, '198.51.100.7', '198.51.100.7'],
    [
      'is the last that is not a proxy, whatever the client put before it',
      PROXY,
      '127.0.0.1, 198.51.100.7',
      '198.51.100.7',
    ],
    ['is the connection’s own, from whoever is no proxy', STRANGER, '127.0.0.1', STRANGER],
  ])('%s', async (_name, remoteAddress, forwarded, expected) => {
    await server.app.inject({
      url: '/api/health/live',
      remoteAddress,
      headers: { 'x-forwarded-for': forwarded, 'x-real-ip': '127.0.0.1', forwarded: 'for=127.0.0.1' },
    });
    expect(await loggedAddress()).toBe(expected);
  });
});

describe('without a setting', () => {
  const bare = (env: NodeJS.ProcessEnv, behind?: readonly string[]): FastifyInstance => {
    const config = loadConfig({ MANDATE_DATA_DIR: join(server.config.dataDir, 'other'), ...env });
    const made = fastify(
      serverOptions(config, createLog({ ...config, logLevel: 'silent' }, 'front').logger, behind),
    );
    made.get('/', (request) => ({ ip: request.ip, protocol: request.protocol, host: request.host }));
    // The plain Fastify type; ours has its own logger.
    return made;
  };
  const ask = async (made: FastifyInstance, remoteAddress: string, forwarded: string) =>
    (
      await made.inject({
        url: '/',
        remoteAddress,
        headers: {
          'x-forwarded-for': forwarded,
          'x-forwarded-proto': 'https',
          'x-forwarded-host': 'evil.example',
        },
      })
    ).json<unknown>();

  test('nobody is believed: neither address nor protocol nor host', async () => {
    expect(await ask(bare({}), '127.0.0.1', '198.51.100.7')).toEqual({
      ip: '127.0.0.1',
      protocol: 'http',
      host: 'localhost:80',
    });
  });

  test('a process of ours that stands in front is, and no further', async () => {
    const made = bare({}, ['127.0.0.1']);
    expect(await ask(made, '127.0.0.1', '198.51.100.7')).toMatchObject({
      ip: '198.51.100.7',
      protocol: 'https',
    });
    expect(await ask(made, '127.0.0.1', '192.0.2.1, 198.51.100.7')).toMatchObject({ ip: '198.51.100.7' });
    expect(await ask(made, STRANGER, '198.51.100.7')).toMatchObject({ ip: STRANGER, protocol: 'http' });
  });

  test('a number of hops counts from this side', async () => {
    const made = bare({ MANDATE_TRUST_PROXY: '1' });
    expect(await ask(made, PROXY, '192.0.2.1, 198.51.100.7')).toMatchObject({ ip: '198.51.100.7' });
  });
});
