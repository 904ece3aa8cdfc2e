// npm run bench api [items] [requests]
// Requests a second of the registry's API beside a bare Fastify + pg handler that sends the bytes of the very same query, each in
// a process of its own on the same database, asked in turns by the same client. Ratios of medians, and of processor time
// a request: on two cores client, server and database share what there is.
import 'reflect-metadata';
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SELF = fileURLToPath(import.meta.url);
/** Both servers may have ten connections to the database. */
const CONNECTIONS = 8;
const ROUNDS = 5;

type Message = { readonly port: number } | { readonly cpuMs: number };

if (process.argv[2] === 'serve') await serve(process.argv[3] === 'bare');
else await main(Number(process.argv[2] ?? 20_000), Number(process.argv[3] ?? 5_000));

/** @param requests of a round */
async function main(items: number, requests: number): Promise<void> {
  const { NestFactory } = await import('@nestjs/core');
  const { DataSource } = await import('typeorm');
  const { AppModule } = await import('../../apps/registry/src/bootstrap/app.module.ts');
  const { loadConfig } = await import('../../apps/registry/src/config/config.ts');
  const { runMigrations } = await import('../../apps/registry/src/database/migrate.ts');
  const { ListsService } = await import('../../apps/registry/src/lists/lists.service.ts');
  const { LogService } = await import('../../apps/registry/src/log/log.service.ts');
  const { openEmbeddedDatabase } = await import('../../apps/registry/src/runtime/embedded-postgres.ts');
  const { largeItem, largeKey, largeOrgans } = await import('../support/large-registry.ts');

  const folder = mkdtempSync(join(tmpdir(), 'mandate-bench-api-'));
  const database = await openEmbeddedDatabase({ dataDir: join(folder, 'db'), throwaway: true });
  const env = {
    ...process.env,
    MANDATE_DATA_DIR: join(folder, 'data'),
    MANDATE_PUBLIC_URL: 'https://registry.example',
    DATABASE_URL: database.appUrl,
    MANDATE_DEMO: 'on',
  };
  try {
    await runMigrations(database.ownerUrl, database.appUrl);
    const organs = largeOrgans({ items, versions: 2, organs: 20 });
    const app = await NestFactory.createApplicationContext(
      AppModule.register(loadConfig(env), { kind: 'http' }),
      {
        logger: ['error'],
      },
    );
    for (const version of [0, 1]) {
      for (const one of organs) {
        const changes = Array.from({ length: one.items }, (_, i) => ({
          register: 'authority-item' as const,
          key: largeKey(one, i + 1),
          value: largeItem(one, i + 1, version),
          effectiveDate: '2026-01-01',
          reason: '示例',
        }));
        const organ = {
          register: 'organ' as const,
          key: one.organ.key,
          value: one.organ,
          effectiveDate: '2026-01-01',
          reason: '示例',
        };
        await app.get(DataSource).transaction((tx) => app.get(ListsService).put(tx, [organ, ...changes]));
      }
    }
    await app.get(LogService).sequence('lists');
    await app.close();

    const servers = { ours: await start(env, 'ours'), bare: await start(env, 'bare') };
    try {
      const number = (n: number): string =>
        String(1 + ((n * 7919) % (organs[1]?.items ?? 1))).padStart(5, '0');
      const key = organs[1]?.organ.key ?? '';
      const cases: Record<string, (n: number) => string> = {
        item: (n) => `/api/items/${key}/${number(n)}`,
        'page of 100 records': (n) => `/api/items?organ=${key}&limit=100&cursor=${key}.${number(n)}`,
      };
      for (const [name, address] of Object.entries(cases)) {
        const runs = { ours: [] as Run[], bare: [] as Run[] };
        for (let round = 0; round <= ROUNDS; round += 1) {
          for (const who of ['ours', 'bare'] as const) {
            const run = await measure(servers[who], address, requests);
            if (round > 0) runs[who].push(run); // the first warms up
          }
        }
        const [ours, bare] = [median(runs.ours), median(runs.bare)];
        console.log(
          `${name}: ${ours.rate.toFixed(0)}/s, bare Fastify + pg ${bare.rate.toFixed(0)}/s, ratio ${(ours.rate / bare.rate).toFixed(2)}; ` +
            `processor ${ours.cpu.toFixed(3)} ms against ${bare.cpu.toFixed(3)} ms a request, ratio ${(bare.cpu / ours.cpu).toFixed(2)}`,
        );
      }
    } finally {
      for (const { child } of Object.values(servers)) child.kill('SIGTERM');
    }
  } finally {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Server {
  readonly child: ChildProcess;
  readonly port: number;
}

interface Run {
  /** requests a second */
  readonly rate: number;
  /** milliseconds of the server's processor a request */
  readonly cpu: number;
}

async function start(env: NodeJS.ProcessEnv, who: string): Promise<Server> {
  const child = fork(SELF, ['serve', who], { env, execArgv: process.execArgv });
  const message = await answerOf(child);
  if (!('port' in message)) throw new Error('no port');
  return { child, port: message.port };
}

function answerOf(child: ChildProcess): Promise<Message> {
  return new Promise((resolve, reject) => {
    const failed = (code: number | null): void => reject(new Error(`server ended with ${String(code)}`));
    child.once('exit', failed);
    child.once('message', (message) => {
      child.off('exit', failed);
      // Only `serve` below writes to this channel.
      resolve(message as Message);
    });
  });
}

async function cpuOf({ child }: Server): Promise<number> {
  child.send('cpu');
  const message = await answerOf(child);
  return 'cpuMs' in message ? message.cpuMs : 0;
}

async function measure(server: Server, address: (n: number) => string, requests: number): Promise<Run> {
  const cpu = await cpuOf(server);
  const started = performance.now();
  const lanes = Array.from({ length: CONNECTIONS }, (_, lane) =>
    ask(server.port, address, lane, requests / CONNECTIONS),
  );
  await Promise.all(lanes);
  const seconds = (performance.now() - started) / 1000;
  return { rate: requests / seconds, cpu: ((await cpuOf(server)) - cpu) / requests };
}

/** One connection that asks as soon as it is answered. As little of HTTP as that takes: the client shares the processor. */
function ask(port: number, address: (n: number) => string, lane: number, requests: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let count = 0;
    let missing = 0;
    const send = (): void => {
      socket.write(
        `GET ${address(count * CONNECTIONS + lane)} HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n\r\n`,
      );
    };
    socket.on('error', reject);
    socket.on('connect', send);
    socket.on('data', (data) => {
      if (missing === 0) {
        const end = data.indexOf('\r\n\r\n');
        const head = data.toString('latin1', 0, end);
        const length = /content-length: (\d+)/i.exec(head)?.[1];
        if (!head.startsWith('HTTP/1.1 200') || length === undefined) {
          reject(new Error(head));
          socket.destroy();
          return;
        }
        missing = Number(length) - (data.length - end - 4);
      } else missing -= data.length;
      if (missing > 0) return;
      count += 1;
      if (count < requests) send();
      else socket.end(resolve);
    });
  });
}

function median(runs: readonly Run[]): Run {
  const middle = (values: readonly number[]): number =>
    [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  return { rate: middle(runs.map(({ rate }) => rate)), cpu: middle(runs.map(({ cpu }) => cpu)) };
}

async function serve(bare: boolean): Promise<void> {
  const port = await (bare ? serveBare() : serveOurs());
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.({ cpuMs: (user + system) / 1000 } satisfies Message);
  });
  process.send?.({ port } satisfies Message);
}

async function serveOurs(): Promise<number> {
  const { createApp } = await import('../../apps/registry/src/bootstrap/create-app.ts');
  const { loadConfig } = await import('../../apps/registry/src/config/config.ts');
  const app = await createApp(loadConfig());
  await app.listen(0, '127.0.0.1');
  return Number(new URL(await app.getUrl()).port);
}

/** The least that can be done: the same statements, rows into JSON, no checks, no entity tags. */
async function serveBare(): Promise<number> {
  const { default: Fastify } = await import('fastify');
  const { default: pg } = await import('pg');
  const { findStatement, pageStatement } =
    await import('../../apps/registry/src/lists/list-versions.repository.ts');
  const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 10 });
  const server = Fastify();
  server.get<{ Params: { organ: string; number: string } }>(
    '/api/items/:organ/:number',
    async (request, reply) => {
      const { organ, number } = request.params;
      const { rows } = await pool.query<{ key: string; index: string; leaf: Buffer; bytes: Buffer }>(
        findStatement('authority-item', `${organ}.${number}`, {}),
      );
      const [row] = rows;
      if (row === undefined) return reply.code(404).send();
      return reply
        .type('application/json; charset=utf-8')
        .send(
          `{"key":"${row.key}","index":${row.index},"entry":${row.leaf.toString()},"item":${row.bytes.toString()}}`,
        );
    },
  );
  server.get<{ Querystring: { organ: string; limit: string; cursor: string } }>(
    '/api/items',
    async (request) => {
      const { organ, limit, cursor } = request.query;
      // The organ is looked up there too, so that one that is not there is not an empty list.
      await pool.query(findStatement('organ', organ, {}));
      const { text, values } = pageStatement(
        'authority-item',
        {},
        { owner: organ },
        { after: cursor, limit: Number(limit) + 1 },
      );
      const { rows } = await pool.query<{ key: string }>(
        `SELECT v.key, v.name, v.category, v.section, v.state, v.effective_date::text AS "effectiveDate", l.index::float8 AS index
       FROM (${text}) v LEFT JOIN log_leaf l ON l.entry_id = v.entry_id ORDER BY v.key`,
        values,
      );
      const items = rows.slice(0, Number(limit));
      return {
        items: items.map((row) => ({ ...row, organ })),
        next: rows.length > items.length ? items.at(-1)?.key : undefined,
      };
    },
  );
  return Number(new URL(await server.listen({ port: 0, host: '127.0.0.1' })).port);
}
