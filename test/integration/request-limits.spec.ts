import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { IMPORT_LIMITS } from '@mandate/list-files';
import { createTestServer, type TestServer } from '../support/application.ts';
import { DraftDesk, PASSWORD } from '../support/drafts.ts';
import { ACTS } from '../support/sample-acts.ts';
import { putActs } from '../support/list-changes.ts';
import { until } from '../support/waiting.ts';

let server: TestServer;
let port: number;
let cookie: string;

beforeAll(async () => {
  server = await createTestServer({ MANDATE_REQUEST_SECONDS: '2' });
  await putActs(server.app, ACTS.slice(0, 3));
  await DraftDesk.open(server.app);
  await server.app.listen(0, '127.0.0.1');
  port = Number(new URL(await server.app.getUrl()).port);
  cookie = await signIn(port);
});
afterAll(() => server.close());

/** Signs the editor in on the server at the port. @returns the cookie of the session */
async function signIn(at: number): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${at.toString()}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login: 'editor', password: PASSWORD }),
  });
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

/** Sends the beginning and then a byte now and then, until the server ends it. @returns what it answered */
async function drip(beginning: string): Promise<string> {
  const socket: Socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  let answer = '';
  socket.setEncoding('utf8').on('data', (part: string) => (answer += part));
  socket.on('error', () => undefined);
  const ended = once(socket, 'close');
  socket.write(beginning);
  const dripping = setInterval(() => {
    if (socket.writable) socket.write('a');
  }, 200);
  await ended;
  clearInterval(dripping);
  return answer;
}

async function written(): Promise<string> {
  const folder = join(server.config.dataDir, 'logs');
  const texts = (await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8'));
  return (await Promise.all(texts)).join('');
}

const HEAD = `host: 127.0.0.1\r\n`;

describe('a connection is ended that', () => {
  test.each([
    ['says nothing', ''],
    ['never ends its headers', `GET / HTTP/1.1\r\n${HEAD}x: `],
    [
      'never ends its body',
      `POST /api/session HTTP/1.1\r\n${HEAD}content-type: application/json\r\ncontent-length: 5000\r\n\r\n{`,
    ],
    [
      'never ends a body in chunks',
      `POST /api/session HTTP/1.1\r\n${HEAD}content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nfff\r\n{`,
    ],
  ])('%s, however it drips', async (_name, beginning) => {
    const answer = await drip(beginning);
    // Nothing but that it took too long.
    expect(answer).toMatch(/^(HTTP\/1\.1 (408|400) [\s\S]*)?$/);
  });

  test('never ends its upload, as somebody signed in', async () => {
    const answer = await drip(
      `POST /api/imports?file=a.csv HTTP/1.1\r\n${HEAD}cookie: ${cookie}\r\ncontent-type: text/csv\r\ncontent-length: 50000\r\n\r\na`,
    );
    expect(answer).not.toContain(' 500 ');
    // Its line comes when the handler has given up.
    await until(async () => (await written()).includes('"route":"/api/imports"'), 50);
    const text = await written();
    expect(text).toMatch(/"route":"\/api\/imports","status":4\d\d.*"aborted":true/);
    // No fault of ours: nobody is to be called for it.
    expect(text).not.toContain('"level":"error"');
    expect((await fetch(`http://127.0.0.1:${port.toString()}/api/health/live`)).status).toBe(200);
  });
});

test('an upload of the largest size passes, in pieces', async () => {
  // With the time a server gives: the two seconds of the tests above end a slow machine's upload too, and rightly.
  const patient = await createTestServer();
  try {
    await DraftDesk.open(patient.app);
    await patient.app.listen(0, '127.0.0.1');
    const its = Number(new URL(await patient.app.getUrl()).port);
    const bytes = IMPORT_LIMITS.uploadBytes;
    const socket = connect(its, '127.0.0.1');
    await once(socket, 'connect');
    let answer = '';
    socket.setEncoding('utf8').on('data', (part: string) => (answer += part));
    const ended = once(socket, 'close');
    socket.write(
      `POST /api/imports?file=a.xlsx HTTP/1.1\r\n${HEAD}cookie: ${await signIn(its)}\r\nconnection: close\r\ncontent-type: application/octet-stream\r\ncontent-length: ${bytes.toString()}\r\n\r\n`,
    );
    const piece = Buffer.alloc(bytes / 8);
    for (let i = 0; i < 8; i += 1) {
      socket.write(piece);
      await sleep(50);
    }
    await ended;
    // Read whole, and found to be no workbook.
    expect(answer).toMatch(/^HTTP\/1\.1 422 /);
  } finally {
    await patient.close();
  }
});

test('a whole request on a connection that was idle before is answered', async () => {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const ask = async () => {
    socket.write(`GET /api/health/live HTTP/1.1\r\n${HEAD}\r\n`);
    const [part] = (await once(socket, 'data')) as [Buffer];
    return part.toString().split('\r\n', 1)[0];
  };
  expect(await ask()).toBe('HTTP/1.1 200 OK');
  // Longer than a request may take: it is the connection that waits.
  await sleep(3_500);
  expect(await ask()).toBe('HTTP/1.1 200 OK');
  socket.destroy();
});
