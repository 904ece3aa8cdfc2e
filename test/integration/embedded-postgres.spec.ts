import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import {
  openEmbeddedDatabase,
  removeEmbeddedDatabase,
} from '../../apps/registry/src/runtime/embedded-postgres.ts';
import { findPostmaster, parsePostmasterPid } from '../../apps/registry/src/runtime/postmaster.ts';

const HOLDER = fileURLToPath(new URL('../support/hold-database.mjs', import.meta.url));

let temp: string;
let dataDir: string;

beforeAll(async () => {
  temp = await mkdtemp(join(await realpath(tmpdir()), 'mandate 明权 '));
  await chmod(temp, 0o755);
  dataDir = join(temp, '数据 data');
});
afterAll(async () => {
  await removeEmbeddedDatabase(dataDir);
  await rm(temp, { recursive: true, force: true });
});

describe('the embedded database', () => {
  test('is one server for two processes that start at once, and stays until the last has gone', async () => {
    const [first, second] = await Promise.all([hold(), hold()]);
    expect(second.appUrl).toBe(first.appUrl);
    await first.leave();
    expect(await ask(second.ownerUrl, 'CREATE TABLE kept AS SELECT 1 AS i')).toEqual([]);
    await second.leave();
    expect(await running()).toBeUndefined();
  });

  test('listens on this machine only, off the usual port, and knows only its two roles', async () => {
    const holder = await hold();
    const { port } = new URL(holder.appUrl);
    expect(port).not.toBe('5432');
    expect(await ask(holder.appUrl, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    expect(await ask(holder.appUrl, 'SHOW fsync')).toEqual([{ fsync: 'on' }]);
    expect(
      await ask(
        holder.appUrl,
        `SELECT rolname, rolsuper, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolcanlogin AND rolname LIKE 'mandate%' ORDER BY 1`,
      ),
    ).toEqual([
      { rolname: 'mandate_app', rolsuper: false, rolcreaterole: false, rolcreatedb: false },
      { rolname: 'mandate_owner', rolsuper: false, rolcreaterole: false, rolcreatedb: false },
    ]);
    for (const user of ['postgres', 'mandate_app']) {
      const wrong = `postgres://${user}:wrong@127.0.0.1:${port}/mandate`;
      await expect(ask(wrong, 'SELECT 1')).rejects.toMatchObject({
        code: user === 'postgres' ? '28000' : '28P01',
      });
    }
    const { mode } = await stat(join(dataDir, 'database', 'credentials.json'));
    expect(mode & 0o077).toBe(0);
    await holder.leave();
  });

  test('sorts by code point on every host', async () => {
    const holder = await hold();
    expect(
      await ask(
        holder.appUrl,
        `SELECT string_agg(x, '' ORDER BY x) AS s FROM unnest(ARRAY['食', 'b', '一', 'B']) x`,
      ),
    ).toEqual([{ s: 'Bb一食' }]);
    await holder.leave();
  });

  test('outlives a user that was killed, and is ended by the next', async () => {
    const killed = await hold();
    await killed.kill();
    expect(await running()).toBeDefined();
    const next = await hold();
    expect(next.appUrl).toBe(killed.appUrl);
    await next.leave();
    expect(await running()).toBeUndefined();
  });

  test('recovers what was committed when everything was killed', async () => {
    const killed = await hold();
    await ask(killed.ownerUrl, 'INSERT INTO kept VALUES (2)');
    const server = await running();
    await killed.kill();
    process.kill(server?.pid ?? 0, 'SIGKILL');
    const next = await hold();
    expect(await ask(next.ownerUrl, 'SELECT i FROM kept ORDER BY i')).toEqual([{ i: 1 }, { i: 2 }]);
    await next.leave();
  });

  test('starts where a stale postmaster.pid names a process that is another program by now', async () => {
    const cluster = await clusterFolder();
    await writeFile(
      join(cluster, 'postmaster.pid'),
      `${process.pid}\n${cluster}\n1700000000\n54321\n\n127.0.0.1\n\nready   \n`,
    );
    const holder = await hold();
    expect(new URL(holder.appUrl).port).not.toBe('54321');
    await holder.leave();
  });

  test('makes new passwords where the file with them was lost', async () => {
    await rm(join(dataDir, 'database', 'credentials.json'));
    const holder = await hold();
    expect(await ask(holder.appUrl, 'SELECT current_user AS role')).toEqual([{ role: 'mandate_app' }]);
    await holder.leave();
  });

  test('gives up the server of an interrupted command', async () => {
    const holder = await hold();
    holder.child.kill('SIGINT');
    const [, signal] = (await once(holder.child, 'exit')) as [number | null, string | null];
    expect(signal).toBe('SIGINT');
    expect(await running()).toBeUndefined();
  });

  test('refuses a cluster of another PostgreSQL and says what to do', async () => {
    const file = join(await clusterFolder(), 'PG_VERSION');
    await writeFile(file, '17\n');
    await expect(openEmbeddedDatabase({ dataDir })).rejects.toMatchObject({
      code: 'cluster-version',
      message: expect.stringContaining('MANDATE_DATA_DIR'),
    });
    await writeFile(file, '18\n');
  });

  test('says which folder cannot be used', async () => {
    const file = join(temp, 'a file');
    await writeFile(file, '');
    await expect(openEmbeddedDatabase({ dataDir: join(file, 'data') })).rejects.toMatchObject({
      code: 'data-folder-unusable',
      message: expect.stringContaining(file),
    });
  });

  const asRoot = process.getuid?.() === 0 ? test : test.skip;
  asRoot('works as root in a folder that only root may enter', async () => {
    const closed = join(temp, '只有 root');
    await mkdir(closed, { mode: 0o700 });
    const holder = await hold(closed);
    const { cluster } = JSON.parse(await readFile(join(closed, 'database', 'location.json'), 'utf8')) as {
      cluster: string;
    };
    expect(await ask(holder.appUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await holder.leave();
    await removeEmbeddedDatabase(closed);
    await expect(stat(cluster)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('postmaster.pid', () => {
  test.each([
    ['', undefined],
    ['x\n', undefined],
    ['-1\n/d\n1\n2\n', undefined],
    ['12', { pid: 12, ready: false }],
  ])('%j is read without harm', (text, expected) => {
    const parsed = parsePostmasterPid(text);
    if (expected === undefined) expect(parsed).toBeUndefined();
    else expect(parsed).toMatchObject(expected);
  });
});

interface Holder {
  readonly child: ChildProcess;
  readonly ownerUrl: string;
  readonly appUrl: string;
  leave(): Promise<void>;
  kill(): Promise<void>;
}

async function hold(folder = dataDir): Promise<Holder> {
  const child = spawn(process.execPath, [HOLDER, folder], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const said = JSON.parse(line) as { ownerUrl?: string; appUrl?: string };
  if (said.ownerUrl === undefined || said.appUrl === undefined) throw new Error(line);
  const exit = once(child, 'exit');
  return {
    child,
    ownerUrl: said.ownerUrl,
    appUrl: said.appUrl,
    leave: async () => {
      child.stdin.end();
      expect(await exit).toEqual([0, null]);
    },
    kill: async () => {
      child.kill('SIGKILL');
      await exit;
    },
  };
}

async function clusterFolder(): Promise<string> {
  const folder = join(dataDir, 'database');
  const pointer = await readFile(join(folder, 'location.json'), 'utf8').catch(() => undefined);
  return pointer === undefined
    ? join(folder, 'cluster')
    : (JSON.parse(pointer) as { cluster: string }).cluster;
}

async function running(): ReturnType<typeof findPostmaster> {
  return findPostmaster(await clusterFolder());
}

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
