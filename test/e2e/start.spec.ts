import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readFile, realpath, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PROJECT_DIR } from '../../apps/registry/src/config/config.ts';
import { removeEmbeddedDatabase } from '../../apps/registry/src/runtime/embedded-postgres.ts';
import { findPostmaster } from '../../apps/registry/src/runtime/postmaster.ts';
import { freePort } from '../support/free-port.ts';
import { until } from '../support/waiting.ts';

const MANDATE = join(PROJECT_DIR, 'apps/registry/bin/mandate.js');

let temp: string;
let dataDir: string;
let port: number;

beforeAll(async () => {
  temp = await mkdtemp(join(await realpath(tmpdir()), 'mandate 启动 '));
  await chmod(temp, 0o755);
  dataDir = join(temp, '数据 data');
  port = await freePort();
});
afterAll(async () => {
  await removeEmbeddedDatabase(dataDir);
  await rm(temp, { recursive: true, force: true });
});

// In this order: a first start on an empty folder is what takes time.
describe('mandate start', () => {
  test('fills an empty folder, serves site, API and health, and leaves no process behind when npm is ended', async () => {
    const run = start({}, 'npm');
    const screen = await run.ready;
    expect(screen).toContain(`http://localhost:${port}/api/docs`);
    expect(screen).toMatch(/fazheng +\S{16,}/);
    await expect(statusOf('/api/health/live')).resolves.toBe(200);
    await expect(statusOf('/api/health/ready')).resolves.toBe(200);
    await expect(statusOf('/api/docs')).resolves.toBe(200);
    await expect(statusOf('/')).resolves.toBe(200);
    await expect(statusOf('/data/registry.json')).resolves.toBe(200);
    const serving = await parts();
    expect(serving).toHaveLength(3);
    const server = await postmaster();
    expect(server).toBeDefined();

    // Nobody else reads keys and addresses, and no password of the screen is in the log.
    expect((await stat(dataDir)).mode & 0o066).toBe(0);
    const logs = await readLogs();
    expect(logs).toContain('"process":"worker"');
    expect(logs).toMatch(/"process":"api".*"route":"\/api\/docs"/);
    const passwords = [...screen.matchAll(/^ {4}[a-z]+ +(\S{16,}) /gm)].map(([, password = '']) => password);
    expect(passwords.length).toBeGreaterThan(2);
    for (const password of passwords) expect(logs).not.toContain(password);

    run.child.kill('SIGTERM');
    await run.exit;
    await until(() => ![...serving, server?.pid ?? 0].some(isAlive), 50);
  });

  test('says which variable to set when the port is taken, before anything is started', async () => {
    const occupant = createServer().listen(port, '127.0.0.1');
    await once(occupant, 'listening');
    const run = start();
    expect(await run.exit).toEqual([1, null]);
    expect(run.output()).toContain(`端口 ${port} 已被占用`);
    expect(run.output()).toContain(`PORT=${port + 1} npm start`);
    expect(run.output()).not.toContain('    at ');
    expect(await postmaster()).toBeUndefined();
    occupant.close();
  });

  test('serves again after everything was killed at once', async () => {
    const killed = start();
    await killed.ready;
    const serving = await parts();
    const server = await postmaster();
    for (const pid of [killed.pid, ...serving, server?.pid ?? 0]) process.kill(pid, 'SIGKILL');
    await killed.exit;

    const run = start();
    await run.ready;
    await expect(statusOf('/api/health/ready')).resolves.toBe(200);

    // Only the supervisor dies: its parts follow, the database waits for the next start.
    const orphans = await parts();
    run.child.kill('SIGKILL');
    await run.exit;
    await until(() => !orphans.some(isAlive), 50);
    const left = await postmaster();
    expect(left).toBeDefined();

    const last = start();
    await last.ready;
    expect((await postmaster())?.pid).toBe(left?.pid);

    last.child.kill('SIGTERM');
    await last.exit;
    expect(await postmaster()).toBeUndefined();
  });

  test('refuses a public address with a path before anything is made', async () => {
    const nowhere = join(temp, 'nowhere');
    const run = start({ MANDATE_PUBLIC_URL: 'https://gov.example/qingdan/', MANDATE_DATA_DIR: nowhere });
    expect(await run.exit).toEqual([1, null]);
    expect(run.output()).toMatch(/MANDATE_PUBLIC_URL.*不能带路径/);
    await expect(stat(nowhere)).rejects.toMatchObject({ code: 'ENOENT' });
  });
  test('starts a part that dies again, tells it, and serves the public meanwhile', async () => {
    const run = start();
    await run.ready;
    const [front, api, worker] = await Promise.all(['front', 'main', 'worker'].map(findPart));
    const server = await postmaster();

    process.kill(api ?? 0, 'SIGKILL');
    await until(async () => (await statusOf('/api/items')) === 503, 50);
    const refused = await fetch(`http://127.0.0.1:${port}/api/items`);
    expect(refused.headers.get('retry-after')).toBe('5');
    expect(await refused.json()).toMatchObject({ code: 'api-unavailable' });
    await expect(statusOf('/')).resolves.toBe(200);
    await expect(statusOf('/data/registry.json')).resolves.toBe(200);
    await expect(statusOf('/api/health/live')).resolves.toBe(200);
    await until(async () => (await statusOf('/api/health/ready')) === 200, 50);
    expect(await health()).toMatch(/"restarts-api".*SIGKILL/);

    process.kill(worker ?? 0, 'SIGKILL');
    await until(async () => ![undefined, worker].includes(await findPart('worker')), 50);

    process.kill(server?.pid ?? 0, 'SIGKILL');
    await until(async () => ((await postmaster())?.pid ?? server?.pid) !== server?.pid, 50);
    await expect(statusOf('/')).resolves.toBe(200);
    await until(async () => (await statusOf('/api/items')) === 200, 50);
    // Nobody else went, and nobody has to look for the database.
    expect((await postmaster())?.port).toBe(server?.port);
    expect(await findPart('front')).toBe(front);
    const apiNow = await findPart('main');
    expect(apiNow).not.toBe(api);

    // Again and again at once: each time later, and told.
    process.kill(apiNow ?? 0, 'SIGKILL');
    await until(async () => ![undefined, apiNow].includes(await findPart('main')), 50);
    const restarted = await findPart('main');
    process.kill(restarted ?? 0, 'SIGKILL');
    await until(() => run.output().includes('一小时内第 3 次'), 50);
    expect(run.output()).toMatch(
      /API 意外结束（信号 SIGKILL），0\.5 秒后[\s\S]*API 意外结束（信号 SIGKILL），1 秒后[\s\S]*API 意外结束（信号 SIGKILL），2 秒后/,
    );
    expect(run.output()).toMatch(/worker 意外结束（信号 SIGKILL），0\.5 秒后重新启动；一小时内第 1 次/);
    expect(run.output()).toMatch(/database 意外结束（.*），0\.5 秒后重新启动；一小时内第 1 次/);

    // In the middle of the wait for the next start.
    run.child.kill('SIGTERM');
    await run.exit;
    expect(await parts()).toEqual([]);
    expect(await postmaster()).toBeUndefined();
    expect(run.output()).not.toContain('一小时内第 4 次');
  });

  test('names every unusable variable', async () => {
    const run = start({ PORT: 'http', DATABASE_URL: 'mysql://x' });
    expect(await run.exit).toEqual([1, null]);
    expect(run.output()).toMatch(/PORT[\s\S]*DATABASE_URL/);
  });
});

async function readLogs(): Promise<string> {
  const folder = join(dataDir, 'logs');
  const texts = (await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8'));
  return (await Promise.all(texts)).join('');
}

interface Run {
  readonly child: ChildProcess;
  readonly pid: number;
  /** what was printed when the screen with the addresses is complete */
  readonly ready: Promise<string>;
  readonly exit: Promise<unknown[]>;
  output(): string;
}

function start(env: NodeJS.ProcessEnv = {}, by: 'node' | 'npm' = 'node'): Run {
  const { DATABASE_URL: _url, ...inherited } = process.env;
  const [command, args] = by === 'npm' ? ['npm', ['start']] : [process.execPath, [MANDATE, 'start']];
  const child = spawn(command, args, {
    // From anywhere: the program finds its own folder. Only npm has to be there.
    cwd: by === 'npm' ? PROJECT_DIR : '/',
    env: { ...inherited, PORT: String(port), MANDATE_DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const exit = once(child, 'exit');
  const ready = new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (output.includes('Ctrl-C')) resolve(output);
      });
    }
    child.once('exit', () => reject(new Error(`ended before it was ready:\n${output}`)));
  });
  ready.catch(() => undefined); // where the test waits for the exit
  return { child, pid: child.pid ?? 0, ready, exit, output: () => output };
}

async function statusOf(path: string): Promise<number> {
  return (await fetch(`http://127.0.0.1:${port}${path}`)).status;
}

async function postmaster(): ReturnType<typeof findPostmaster> {
  const folder = join(dataDir, 'database');
  const pointer = await readFile(join(folder, 'location.json'), 'utf8').catch(() => undefined);
  const cluster =
    pointer === undefined ? join(folder, 'cluster') : (JSON.parse(pointer) as { cluster: string }).cluster;
  return findPostmaster(cluster);
}

async function health(): Promise<string> {
  return (await fetch(`http://127.0.0.1:${port}/api/health/ready`)).text();
}

async function findPart(name: string): Promise<number | undefined> {
  return (await parts(name))[0];
}

/** Front, API and worker on the data folder of this test, or one of them. */
async function parts(part = '(front|main|worker)'): Promise<number[]> {
  const found: number[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const [command, env] = await Promise.all(
      ['cmdline', 'environ'].map((file) => readFile(`/proc/${name}/${file}`, 'utf8').catch(() => '')),
    );
    if (!new RegExp(`bootstrap/${part}\\.ts`).test(command ?? '')) continue;
    if (env?.split('\0').includes(`MANDATE_DATA_DIR=${dataDir}`)) found.push(Number(name));
  }
  return found;
}

function isAlive(pid: number | undefined): boolean {
  try {
    process.kill(pid ?? 0, 0);
    return true;
  } catch {
    return false;
  }
}
