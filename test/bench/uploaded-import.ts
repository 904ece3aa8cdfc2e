import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { TYPESCRIPT_ARGS } from '../../apps/registry/src/runtime/child-process.ts';

const MAIN = fileURLToPath(new URL('../../apps/registry/src/bootstrap/main.ts', import.meta.url));

/** Peaks of resident memory since each process began, in MiB. */
export interface UploadPeaks {
  readonly seconds: number;
  readonly items: number;
  readonly apiMib: number;
  readonly readingMib: number;
}

/**
 * A file sent to the server itself, to a submitted draft, as an official sends it.
 * @param editor an account of the registry that may write the list
 */
export async function uploadToServer(
  path: string,
  env: NodeJS.ProcessEnv,
  editor: { readonly login: string; readonly password: string },
): Promise<UploadPeaks> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port.toString()}`;
  const api = fork(MAIN, [], {
    // A busy machine takes its time.
    env: {
      ...env,
      PORT: port.toString(),
      MANDATE_LOG_LEVEL: 'error',
      MANDATE_READING_SECONDS: '600',
      MANDATE_REQUEST_SECONDS: '300',
    },
    execArgv: TYPESCRIPT_ARGS,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  let readingMib = 0;
  const watch = setInterval(() => {
    readingMib = Math.max(readingMib, ...childrenOf(api.pid).map(peakMib));
  }, 50);
  try {
    await listening(api);
    const start = performance.now();
    const cookie = await signIn(origin, editor);
    const query = 'file=list.xlsx&submit=true';
    const answer = await fetch(`${origin}/api/imports?${query}`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/octet-stream' },
      body: await readFile(path),
    });
    const text = await answer.text();
    if (answer.status !== 201) throw new Error(`${answer.status.toString()}: ${text.slice(0, 1_000)}`);
    const seconds = (performance.now() - start) / 1_000;
    // What POST /api/imports answers.
    const { changes } = JSON.parse(text) as { changes: { new: number } };
    return { seconds, items: changes.new, apiMib: peakMib(api.pid), readingMib };
  } finally {
    clearInterval(watch);
    const ended = once(api, 'exit');
    api.kill('SIGTERM');
    await ended;
  }
}

async function signIn(
  origin: string,
  { login, password }: { readonly login: string; readonly password: string },
): Promise<string> {
  const answer = await fetch(`${origin}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password }),
  });
  if (!answer.ok) throw new Error(`${answer.status.toString()}: ${await answer.text()}`);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

async function listening(api: ChildProcess): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    api.once('message', () => resolve());
    api.once('exit', (code) => reject(new Error(`the server ended with ${String(code)}`)));
  });
}

/** 0 where the system does not say, or the process has ended. */
function peakMib(pid: number | undefined): number {
  const status = readOf(pid, 'status');
  return Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1_024;
}

function childrenOf(pid: number | undefined): number[] {
  try {
    return readdirSync(`/proc/${String(pid)}/task`).flatMap((thread) =>
      readOf(pid, `task/${thread}/children`)
        .split(' ')
        .flatMap((child) => (child.trim() === '' ? [] : [Number(child)])),
    );
  } catch {
    return [];
  }
}

function readOf(pid: number | undefined, file: string): string {
  try {
    return readFileSync(`/proc/${String(pid)}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
