import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { mayOutliveRun, type Server } from '../support/lasting-database.ts';
import { templateName } from '../support/template.ts';
import { until } from '../support/waiting.ts';

const HOLDER = fileURLToPath(new URL('../support/hold-lasting-database.mjs', import.meta.url));
/** So long that between two runs it never ends by itself, however slowly the second one starts. */
const LONG_MS = 600_000;
const SHORT_MS = 1_500;

let temp: string;
beforeAll(async () => {
  temp = await mkdtemp(join(await realpath(tmpdir()), 'mandate 明权 '));
  await chmod(temp, 0o755);
});
afterAll(async () => {
  // Under a server that ends because of it.
  await rm(temp, { recursive: true, force: true, maxRetries: 20 });
});

describe('the test database that outlives the run', () => {
  const folder = (): string => join(temp, '一 checkout', 'database');

  test('is one server for runs at once and one after the other', async () => {
    const [first, second] = await Promise.all([run(folder()), run(folder())]);
    expect(second.server).toEqual(first.server);
    await ask(first.server, 'CREATE DATABASE template_good');
    await first.leave();
    await second.leave();
    const third = await run(folder());
    expect(third.server).toEqual(first.server);
    expect(await databases(third.server)).toEqual(['template_good']);
    await third.leave();
  });

  test('is swept of what a killed run left by the next one that is alone', async () => {
    const killed = await run(folder());
    for (const name of ['test_0', 'unfinished_0', 'template_old']) {
      await ask(killed.server, `CREATE DATABASE ${name}`);
    }
    const beside = await run(folder());
    expect(await databases(beside.server)).toContain('test_0');
    await beside.leave();
    await killed.kill();
    const next = await run(folder());
    expect(await databases(next.server)).toEqual(['template_good']);
    await next.leave();
  });

  test('stays as long as a run is there, then ends by itself and leaves no cluster', async () => {
    const brief = join(temp, '二 checkout', 'database');
    const last = await run(brief, SHORT_MS);
    await ask(last.server, 'CREATE DATABASE template_good');
    // Longer than it would wait without a run.
    await sleep(SHORT_MS * 2);
    expect(await databases(last.server)).toEqual(['template_good']);
    await last.leave();
    await until(() => !existsSync(join(brief, 'server.json')) && !existsSync(join(brief, 'database')), 100);
    await expect(ask(last.server, 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    const again = await run(brief, SHORT_MS);
    expect(await databases(again.server)).toEqual([]);
    await again.leave();
  });

  test('goes with the folder it lies in, also where the cluster has to lie elsewhere', async () => {
    // Only its owner may enter: as root the server’s own user cannot.
    const closed = join(temp, '只有我');
    await mkdir(closed, { mode: 0o700 });
    const inside = join(closed, 'database');
    const { server, leave } = await run(inside);
    const pointer = await readFile(join(inside, 'database', 'location.json'), 'utf8').catch(() => undefined);
    const cluster =
      pointer === undefined ? join(inside, 'database') : (JSON.parse(pointer) as { cluster: string }).cluster;
    expect(existsSync(cluster)).toBe(true);
    await leave();
    await rm(closed, { recursive: true, force: true });
    await until(async () => {
      const still = await ask(server, 'SELECT 1').then(
        () => true,
        () => false,
      );
      return !still && !existsSync(pointer === undefined ? closed : dirname(cluster));
    }, 100);
    expect(await readdir(temp)).not.toContain('只有我');
  });
});

test('other migrations, or other rights, make another template', async () => {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const migrations = join(temp, 'migrations');
  const runner = join(temp, 'migrate.ts');
  await cp(join(root, 'migrations'), migrations, { recursive: true });
  await cp(join(root, 'apps/registry/src/database/migrate.ts'), runner);
  const name = templateName();
  expect(templateName(migrations, runner)).toBe(name);
  const [first = ''] = await readdir(migrations);
  await writeFile(join(migrations, first), `${await readFile(join(migrations, first), 'utf8')} `);
  const changed = templateName(migrations, runner);
  expect(changed).not.toBe(name);
  await writeFile(runner, `${await readFile(runner, 'utf8')} `);
  expect([name, changed]).not.toContain(templateName(migrations, runner));
});

test('a run in CI has a database of its own', async () => {
  expect(mayOutliveRun({ CI: 'true' })).toBe(false);
  expect(mayOutliveRun({})).toBe(true);
  const script = `
    const { default: setup } = await import('./test/support/global-setup.mjs');
    const { default: teardown } = await import('./test/support/global-teardown.mjs');
    await setup();
    console.log(process.env.MANDATE_TEST_RUN_DIR, process.env.MANDATE_TEST_DATABASE);
    await teardown();`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { ...process.env, CI: 'true', MANDATE_TEST_DATABASE: 'lasting' },
  });
  expect(stdout).toMatch(/mandate-test-run-\w+ undefined\n$/);
});

interface Run {
  readonly server: Server;
  leave(): Promise<void>;
  kill(): Promise<void>;
}

async function run(folder: string, idleMs = LONG_MS): Promise<Run> {
  const child: ChildProcess = spawn(process.execPath, [HOLDER, folder, String(idleMs)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  if (child.stdout === null) throw new Error('no output');
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return {
    server: JSON.parse(line) as Server,
    leave: async () => {
      child.stdin?.end();
      expect(await exit).toEqual([0, null]);
    },
    kill: async () => {
      child.kill('SIGKILL');
      await exit;
    },
  };
}

async function databases(server: Server): Promise<unknown[]> {
  const rows = await ask(
    server,
    `SELECT datname FROM pg_database WHERE datname ~ '^(test|unfinished|template)_' ORDER BY 1`,
  );
  return rows.map(({ datname }) => datname);
}

async function ask({ ownerUrl }: Server, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
