import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { PROJECT_DIR } from '../../apps/registry/src/config/config.ts';
import { findServerAccount, runAs } from '../../apps/registry/src/runtime/server-account.ts';
import { prepareBinaries } from '../../apps/registry/src/runtime/server-binaries.ts';
import { ensureServer, stopServer } from '../../apps/registry/src/runtime/server.ts';

// docs/operations/install.md, word by word, against a PostgreSQL of somebody else's with two roles. Blocks marked `host` need
// a machine of their own (accounts, services) and are left out.

interface Block {
  readonly language: string;
  readonly text: string;
}

const MANDATE = join(PROJECT_DIR, 'apps/registry/bin/mandate.js');

let temp: string;
let port: number;
let stop: () => Promise<void>;
let blocks: readonly Block[];

beforeAll(async () => {
  temp = await mkdtemp(join(await realpath(tmpdir()), 'mandate-install-'));
  await chmod(temp, 0o755);
  const document = String(await readFile(join(PROJECT_DIR, 'docs/operations/install.md')));
  blocks = [...document.matchAll(/^```(\w+)( host)?\n(.*?)^```$/gms)].flatMap(
    ([, language = '', host, text = '']) => (host === undefined ? [{ language, text }] : []),
  );

  const folder = join(temp, 'server');
  await mkdir(folder, { mode: 0o755 });
  const account = await findServerAccount(folder);
  const log = (): void => undefined;
  const binaries = await prepareBinaries(account, folder, log);
  const home = join(folder, 'home');
  await mkdir(home);
  // As root the server is another user.
  await chmod(home, 0o777);
  const cluster = join(home, 'cluster');
  const { code, output } = await runAs(account, binaries.initdb, [
    ...['-D', cluster, '-U', 'postgres', '-A', 'scram-sha-256', '--no-sync', '--no-instructions'],
    ...['--pwfile', await passwordFile(home)],
  ]);
  if (code !== 0) throw new Error(output);
  const logFile = join(folder, 'server.log');
  ({ port } = await ensureServer({ cluster, account, binaries, logFile, throwaway: true, log }));
  stop = () => stopServer(cluster, account, binaries);
});
afterAll(async () => {
  await stop();
  await rm(temp, { recursive: true, force: true });
});

async function passwordFile(folder: string): Promise<string> {
  const file = join(folder, 'password');
  await writeFile(file, 'superuser-password\n', { mode: 0o644 });
  return file;
}

/** Other passwords, addresses and folders than the document's; all else is as it stands there. */
function here(text: string): string {
  return (
    text
      // Backwards: a password that holds the login is refused.
      .replaceAll(
        /\b([A-Z]+)-PASSWORD\b/g,
        (_, whose: string) => `${[...whose.toLowerCase()].reverse().join('')}-password-of-the-test`,
      )
      .replaceAll('db.example', `127.0.0.1:${port}`)
      .replaceAll('/srv/mandate/data', join(temp, 'data'))
      .replaceAll('docs/examples', join(PROJECT_DIR, 'docs/examples'))
      .replaceAll('npx mandate', `"${process.execPath}" "${MANDATE}"`)
      .replaceAll('| node -p', `| "${process.execPath}" -p`)
  );
}

test('the commands of install.md work in their order, and end with a sound registry', async () => {
  expect(new Set(blocks.map(({ language }) => language))).toEqual(new Set(['sql', 'env', 'sh']));
  let env: NodeJS.ProcessEnv = {
    PATH: process.env['PATH'],
    HOME: temp,
    MANDATE_SESSIONS_DIR: join(temp, 'sessions'),
  };
  let last = '';
  for (const { language, text } of blocks) {
    if (language === 'sql') await asSuperuser(here(text));
    else if (language === 'env') env = { ...env, ...variablesIn(here(text)) };
    else last = await inShell(here(text), env);
  }
  expect(last).toContain('wang');
  expect(last).toContain('全部相符');
});

async function asSuperuser(sql: string): Promise<void> {
  const client = new pg.Client(`postgres://postgres:superuser-password@127.0.0.1:${port}/postgres`);
  await client.connect();
  try {
    // CREATE DATABASE stands alone.
    for (const statement of sql.split(/;\n/)) if (statement.trim() !== '') await client.query(statement);
  } finally {
    await client.end();
  }
}

function variablesIn(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name, value]));
}

/** Stops at the first command that fails, also within a pipe. */
async function inShell(commands: string, env: NodeJS.ProcessEnv): Promise<string> {
  const { stdout } = await promisify(execFile)('bash', ['-eo', 'pipefail', '-c', commands], {
    env,
    cwd: temp,
  });
  return stdout;
}
