import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../support/free-port.ts';
import { damage } from './damage.ts';

/** p99 of others while damaged files are read, against without */
export const MOST_TIMES = 3;
const EDITOR = { login: 'editor', password: 'long enough for us' };
/** as many as are read at once, and one that waits */
const UPLOADERS = 3;
const READERS = 4;
/** more than are read in a round */
const FILES = 300;
/** a person does not ask a thousand times a second: the server shall not be busy with the asking alone */
const PAUSE_MS = 10;
const ANSWERS = new Set([200, 201, 413, 422, 503]);

export interface Latency {
  readonly quiet: readonly number[];
  readonly busy: readonly number[];
  /** answers to damaged files, by status and code */
  readonly answers: Readonly<Record<string, number>>;
}

/**
 * A real registry, each of its parts a process: its API is asked for the organs, in turns while it is quiet and while
 * damaged files are sent to it.
 */
export async function measureLatency(
  samples: readonly Uint8Array[],
  { seed, rounds, roundMs }: { readonly seed: number; readonly rounds: number; readonly roundMs: number },
): Promise<Latency> {
  const server = await startServer();
  try {
    const cookie = await signIn(server.url);
    const answers: Record<string, number> = {};
    const latency = { quiet: [] as number[], busy: [] as number[], answers };
    await read(server.url, roundMs); // warms up
    for (let round = 0; round < rounds; round += 1) {
      // Made beforehand: who asks shall not be busy with anything else.
      const files = Array.from({ length: FILES }, (_, n) => {
        const next = seed + round * FILES + n;
        return damage(samples[next % samples.length] ?? new Uint8Array(), next);
      });
      latency.quiet.push(...(await read(server.url, roundMs)));
      const done = { now: false };
      const upload = async (): Promise<void> => {
        for (let file = files.pop(); file && !done.now; file = files.pop()) {
          const said = await send(server.url, cookie, file);
          answers[said] = (answers[said] ?? 0) + 1;
        }
      };
      const uploads = Array.from({ length: UPLOADERS }, upload);
      latency.busy.push(...(await read(server.url, roundMs)));
      done.now = true;
      await Promise.all(uploads);
    }
    return latency;
  } finally {
    await server.close();
  }
}

export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

async function read(url: string, forMs: number): Promise<number[]> {
  const times: number[] = [];
  const until = performance.now() + forMs;
  const reader = async (): Promise<void> => {
    while (performance.now() < until) {
      const begun = performance.now();
      const answer = await fetch(`${url}/api/organs`);
      await answer.arrayBuffer();
      if (answer.status !== 200) throw new Error(`/api/organs: ${answer.status.toString()}`);
      times.push(performance.now() - begun);
      await sleep(PAUSE_MS);
    }
  };
  await Promise.all(Array.from({ length: READERS }, reader));
  return times;
}

async function send(url: string, cookie: string, bytes: Uint8Array): Promise<string> {
  const answer = await fetch(
    `${url}/api/imports?file=a.xls&dryRun=true&organ=${encodeURIComponent('示例市示例局')}`,
    {
      method: 'POST',
      headers: { 'content-type': 'application/vnd.ms-excel', cookie, origin: url },
      body: Uint8Array.from(bytes),
    },
  );
  // Every refusal of the API is problem+json.
  const { code = 'read' } = (await answer.json()) as { code?: string };
  if (!ANSWERS.has(answer.status)) throw new Error(`${answer.status.toString()} ${code}`);
  return `${answer.status.toString()} ${code}`;
}

async function signIn(url: string): Promise<string> {
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify(EDITOR),
  });
  const [cookie = ''] = answer.headers.getSetCookie();
  if (!answer.ok) throw new Error(`sign-in: ${await answer.text()}`);
  return cookie.split(';', 1)[0] ?? '';
}

async function startServer(): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const { NestFactory } = await import('@nestjs/core');
  const { AppModule } = await import('../../apps/registry/src/bootstrap/app.module.ts');
  const { AuthService } = await import('../../apps/registry/src/auth/auth.service.ts');
  const { loadConfig } = await import('../../apps/registry/src/config/config.ts');
  const { runMigrations } = await import('../../apps/registry/src/database/migrate.ts');
  const { openEmbeddedDatabase } = await import('../../apps/registry/src/runtime/embedded-postgres.ts');
  const folder = mkdtempSync(join(tmpdir(), 'mandate-fuzz-'));
  const database = await openEmbeddedDatabase({ dataDir: join(folder, 'db'), throwaway: true });
  let child: ChildProcess | undefined;
  const close = async (): Promise<void> => {
    const ended = child && new Promise((resolve) => child?.once('exit', resolve));
    child?.kill('SIGTERM');
    await ended;
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await runMigrations(database.ownerUrl, database.appUrl);
    const port = (await freePort()).toString();
    const url = `http://127.0.0.1:${port}`;
    const env = {
      ...process.env,
      MANDATE_DATA_DIR: join(folder, 'data'),
      MANDATE_PUBLIC_URL: url,
      MANDATE_DEMO: 'on',
      DATABASE_URL: database.appUrl,
      PORT: port,
    };
    const app = await NestFactory.createApplicationContext(
      AppModule.register(loadConfig(env), { kind: 'start' }),
      {
        logger: ['error'],
      },
    );
    await app
      .get(AuthService)
      .createAccount({ ...EDITOR, displayName: '编辑', organ: null, roles: ['editor'], demo: false });
    await app.close();
    const main = fileURLToPath(new URL('../../apps/registry/src/bootstrap/main.ts', import.meta.url));
    child = fork(main, { env, execArgv: process.execArgv, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    while (
      !(await fetch(`${url}/api/health/live`).then(
        ({ ok }) => ok,
        () => false,
      ))
    )
      await sleep(50);
    return { url, close };
  } catch (error) {
    await close();
    throw error;
  }
}
