import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readSignedPdf } from '@mandate/signature';
import { AuthService } from '../../apps/registry/src/auth/auth.service.ts';
import { PROJECT_DIR } from '../../apps/registry/src/config/config.ts';
import { FOOD_PERMIT_DATA, MARKET, prepareFoodPermit } from '../support/food-permit.ts';
import { freePort } from '../support/free-port.ts';
import { openTestRegistry, type TestRegistry } from '../support/registry.ts';
import { until } from '../support/waiting.ts';

const MANDATE = join(PROJECT_DIR, 'apps/registry/bin/mandate.js');
const PASSWORD = 'a right password';

let registry: TestRegistry;
let ports: { front: number; api: number };
let url: string;
const running = new Set<Run>();

beforeAll(async () => {
  registry = await openTestRegistry();
  ports = { front: await freePort(), api: await freePort() };
  url = `http://127.0.0.1:${ports.front}`;
});
afterAll(async () => {
  for (const { child } of running) child.kill('SIGKILL');
  await registry.close();
});

// In this order: one deployment from its first migration to its end.
describe('one process a container', () => {
  test('the processes say what they miss', async () => {
    for (const [command, missing] of [
      ['serve', 'MANDATE_API_URL'],
      ['api', 'DATABASE_URL'],
      ['worker', 'DATABASE_URL'],
    ] as const) {
      const { DATABASE_URL: _url, ...rest } = environment();
      const run = start([command], { ...rest, MANDATE_API_URL: undefined });
      expect(await run.exit).toEqual([2, null]);
      expect(run.output()).toContain(missing);
    }
  });

  test('migrate, then three processes: issues and reads through the front, the worker publishes', async () => {
    expect(await start(['migrate']).exit).toEqual([0, null]);
    await prepareFoodPermit(registry.app);
    await registry.app.get(AuthService).createAccount({
      login: 'market',
      displayName: '测试',
      password: PASSWORD,
      roles: ['issuer'],
      organ: MARKET.key,
      demo: false,
    });
    // The front first: it waits for nobody.
    const front = start(['serve']);
    await until(async () => (await fetch(`${url}/api/health/live`)).ok, 100);
    expect((await fetch(`${url}/api/items`)).status).toBe(503);
    const api = start(['api'], { ...environment(), PORT: String(ports.api) });
    const worker = start(['worker']);
    await until(async () => (await fetch(`${url}/api/health/startup`)).ok, 100);

    const session = await post('/api/session', { login: 'market', password: PASSWORD });
    const cookie = String(session.headers.get('set-cookie')).split(';')[0] ?? '';
    const issued = await post('/api/certificates', { type: '食品经营许可证', ...FOOD_PERMIT_DATA }, cookie);
    expect(issued.status).toBe(201);
    // The API's own answer, of which this is a part.
    const { identifier } = (await issued.json()) as { identifier: string };
    const document = await fetch(`${url}/api/certificates/${identifier}/document`, { headers: { cookie } });
    const bytes = new Uint8Array(await document.arrayBuffer());
    await expect(readSignedPdf(bytes)).resolves.toMatchObject({ name: MARKET.name });
    await until(
      async () => (await (await fetch(`${url}/log/certificates/checkpoint`)).text()).includes('\n1\n'),
      100,
    );

    // The API goes: orderly, and the public files stay.
    api.child.kill('SIGTERM');
    expect(await api.exit).toEqual([0, null]);
    expect((await fetch(`${url}/api/items`)).status).toBe(503);
    expect((await fetch(`${url}/data/registry.json`)).status).toBe(200);

    for (const run of [front, worker]) run.child.kill('SIGTERM');
    expect(await Promise.all([front.exit, worker.exit])).toEqual([
      [0, null],
      [0, null],
    ]);
  });
});

interface Run {
  readonly child: ChildProcess;
  readonly exit: Promise<unknown[]>;
  output(): string;
}

function environment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PORT: String(ports.front),
    DATABASE_URL: registry.database.appUrl,
    DATABASE_OWNER_URL: registry.database.ownerUrl,
    MANDATE_DATA_DIR: registry.dataDir,
    MANDATE_PUBLIC_URL: registry.config.publicUrl,
    MANDATE_API_URL: `http://127.0.0.1:${ports.api}`,
    MANDATE_FRONT_SECRET: 'thirty-two characters, the same in both of them',
    MANDATE_DEMO: 'on',
  };
}

function start(args: readonly string[], env = environment()): Run {
  const child = spawn(process.execPath, [MANDATE, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const run: Run = { child, exit: once(child, 'exit'), output: () => output };
  running.add(run);
  void run.exit.then(() => running.delete(run));
  return run;
}

async function post(path: string, body: object, cookie?: string): Promise<Response> {
  return fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(cookie === undefined ? {} : { cookie }) },
    body: JSON.stringify(body),
  });
}
