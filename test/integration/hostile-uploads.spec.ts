import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AuthService } from '../../apps/registry/src/auth/auth.service.ts';
import { FileReaderService } from '../../apps/registry/src/imports/file-reader.service.ts';
import { damage } from '../fuzz/damage.ts';
import { ownSamples } from '../fuzz/samples.ts';
import { createTestServer, type TestServer } from '../support/application.ts';
import { describeWithSharedData } from '../support/shared-data.ts';
import { until } from '../support/waiting.ts';
import { itemRow, listRows, makeWorkbook } from '../support/workbook.ts';

const MANDATE = fileURLToPath(new URL('../../apps/registry/bin/mandate.js', import.meta.url));
/** Damaged in such a way that the reader of workbooks never returns (`npm run fuzz` finds more). */
const ENDLESS_SEED = 25;
const ENDED = expect.stringMatching(/^reading-too-(long|large)$/) as unknown;

let server: TestServer;
let folder: string;
let endless: Uint8Array;
let cookie: string;

beforeAll(async () => {
  server = await createTestServer({ MANDATE_READING_SECONDS: '6' });
  folder = await mkdtemp(join(tmpdir(), 'mandate-hostile-'));
  const [, whole = new Uint8Array()] = await ownSamples('xls');
  endless = damage(whole, ENDLESS_SEED);
  const auth = server.app.get(AuthService);
  const account = { login: 'editor', password: 'long enough for us' };
  await auth.createAccount({ ...account, displayName: '编辑', organ: null, roles: ['editor'], demo: false });
  const { token } = await auth.signIn(account.login, account.password);
  cookie = `mandate_session=${token}`;
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

async function send(bytes: Uint8Array): Promise<{ status: number; code: unknown; title: unknown }> {
  const response = await server.app.inject({
    method: 'POST',
    url: '/api/imports',
    query: { file: 'a.xls', dryRun: 'true' },
    headers: { 'content-type': 'application/vnd.ms-excel', cookie },
    payload: Buffer.from(bytes),
  });
  const { code, title } = response.json<{ code?: string; title?: string }>();
  return { status: response.statusCode, code, title };
}

const list = (): Uint8Array =>
  makeWorkbook([{ rows: listRows([itemRow(1, '甲许可')], '示例市测试局2026年权责清单') }], 'biff8');

/** The limit is short for the sake of what never ends; on a busy machine it may end an honest file too. */
async function untilRead(bytes: Uint8Array): Promise<void> {
  let answer = await send(bytes);
  while (answer.code === 'reading-too-long') answer = await send(bytes);
  expect(answer).toMatchObject({ status: 200 });
}

/** How often others are answered while this goes on. */
async function answersDuring(work: Promise<unknown>): Promise<number> {
  const ended = { yet: false };
  void work.finally(() => (ended.yet = true));
  let answers = 0;
  while (!ended.yet) {
    for (const url of ['/api/health/live', '/api/organs'])
      expect((await server.app.inject({ url })).statusCode).toBe(200);
    answers += 1;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return answers;
}

/** `mandate …` with the database of this suite. */
function mandate(...args: string[]): Promise<{ code: number; out: string }> {
  const { dataDir, databaseUrl = '', publicUrl } = server.config;
  const env = {
    ...process.env,
    DATABASE_URL: databaseUrl,
    MANDATE_DATA_DIR: dataDir,
    MANDATE_PUBLIC_URL: publicUrl,
    MANDATE_READING_SECONDS: '6',
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [MANDATE, ...args], { env }, (error, out) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out }),
    );
  });
}

describe('a workbook that is never done with', () => {
  test('is refused in words that help, and nobody else notices', async () => {
    const sent = send(endless);
    // A server that stands still answers nobody until the end.
    expect(await answersDuring(sent)).toBeGreaterThan(10);
    expect(await sent).toEqual({
      status: 422,
      code: ENDED,
      title: expect.stringContaining('另存为 .xlsx') as unknown,
    });
    await untilRead(list());
  });

  test('whose reading is killed is not read, and the next one is', async () => {
    const reader = server.app.get(FileReaderService);
    const sent = send(endless);
    // The process that the last file was read by is kept for this one.
    await until(() => reader.processes.some(({ busy }) => busy));
    for (const { pid } of reader.processes) process.kill(pid ?? 0, 'SIGKILL');
    expect(await sent).toMatchObject({ status: 503, code: 'reading-lost' });
    await untilRead(list());
  });

  test('ends at the command line with the same words and exit code 1', async () => {
    const path = join(folder, 'endless.xls');
    await writeFile(path, endless);
    const { code, out } = await mandate('import', '--dry-run', path);
    expect(code).toBe(1);
    expect(out).toMatch(/读取文件(超过|所需内存超过)[\s\S]*另存为 \.xlsx/);
  });
});

test('a pipe named at the command line is not waited for', async () => {
  const pipe = join(folder, 'pipe.xls');
  execFileSync('mkfifo', [pipe]);
  const { code, out } = await mandate('import', '--dry-run', pipe, folder);
  expect(code).toBe(1);
  expect(out.match(/这不是文件/g)).toHaveLength(2);
});

describeWithSharedData('cases/damaged-workbook', 'the workbook that ended everything', (path) => {
  test('ends its own reading alone', async () => {
    const sent = send(await readFile(join(path, 'damaged.xls')));
    expect(await answersDuring(sent)).toBeGreaterThan(10);
    expect(await sent).toMatchObject({ status: 422, code: ENDED });
  });
});
