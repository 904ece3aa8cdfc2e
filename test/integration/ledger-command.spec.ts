import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { Command } from 'commander';
import { DataSource } from 'typeorm';
import { KeyUseService } from '../../apps/registry/src/auditing/key-use.service.ts';
import { withActor } from '../../apps/registry/src/commands/actor.ts';
import { registerCommands } from '../../apps/registry/src/commands/register-commands.ts';
import { ChainService } from '../../apps/registry/src/ledger/chain.service.ts';
import { LogService } from '../../apps/registry/src/log/log.service.ts';
import { signInForCommands } from '../support/command-sessions.ts';
import { DraftDesk, PASSWORD } from '../support/drafts.ts';
import { prepareFoodPermit } from '../support/food-permit.ts';
import { openTestRegistry, type TestRegistry } from '../support/registry.ts';

let registry: TestRegistry;

beforeAll(async () => {
  registry = await openTestRegistry();
  await prepareFoodPermit(registry.app);
  await DraftDesk.open(registry.app);
  Object.assign(process.env, {
    DATABASE_URL: registry.config.databaseUrl,
    MANDATE_DATA_DIR: registry.dataDir,
    MANDATE_PUBLIC_URL: registry.config.publicUrl,
    MANDATE_DEMO: 'on',
  });
  process.env['MANDATE_SESSIONS_DIR'] = await signInForCommands(registry, {
    auditor: PASSWORD,
    keeper: PASSWORD,
    editor: PASSWORD,
  });
});
afterAll(async () => {
  for (const name of [
    'MANDATE_SESSIONS_DIR',
    'DATABASE_URL',
    'MANDATE_DATA_DIR',
    'MANDATE_PUBLIC_URL',
    'MANDATE_DEMO',
  ])
    // A name of the list above.
    Reflect.deleteProperty(process.env, name);
  process.exitCode = undefined;
  await registry.close();
});

/** What `mandate …` prints. */
async function mandate(...args: string[]): Promise<string> {
  const printed: string[] = [];
  const log = jest
    .spyOn(console, 'log')
    .mockImplementation((line: unknown) => void printed.push(String(line)));
  try {
    const program = new Command('mandate').exitOverride().configureOutput({ writeErr: () => undefined });
    await registerCommands(program, args);
    await program.parseAsync(args, { from: 'user' });
  } finally {
    log.mockRestore();
  }
  return printed.join('\n');
}

interface Row {
  readonly action: string;
  readonly login: string | null;
  readonly way: string | null;
  readonly host_user: string | null;
  readonly detail: unknown;
}
const acts = (action: string): Promise<Row[]> =>
  registry.app
    .get(DataSource)
    .query<Row[]>('SELECT action, login, way, host_user, detail FROM act WHERE action = $1 ORDER BY id', [
      action,
    ]);

describe('mandate ledger', () => {
  test('lists for the auditor, and that is an act of the command line with the user of the machine', async () => {
    const { acts: shown } = JSON.parse(
      await mandate('ledger', 'list', '--as', 'auditor', '--action', 'key.created', '--json'),
    ) as { acts: { action: string }[] };
    expect(new Set(shown.map(({ action }) => action))).toEqual(new Set(['key.created']));
    expect((await acts('ledger.read')).at(-1)).toMatchObject({
      login: 'auditor',
      way: 'command-line',
      host_user: userInfo().username,
    });
  });

  test.each(['keeper', 'editor'])('is refused to %s', async (login) => {
    await expect(mandate('ledger', 'list', '--as', login)).rejects.toMatchObject({ code: 'missing-role' });
    await expect(mandate('ledger', 'verify', '--as', login)).rejects.toMatchObject({ code: 'missing-role' });
  });

  test('writes all that matches into one file of CSV', async () => {
    const file = join(registry.dataDir, '台账.csv');
    expect(await mandate('ledger', 'list', '--as', 'auditor', '--out', file)).toContain('已写入');
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\r\n');
    const [{ n }] = await registry.app
      .get(DataSource)
      .query<[{ n: string }]>('SELECT count(*) AS n FROM act_link');
    expect(lines[0]).toMatch(/^\ufeff序号,/);
    expect(lines).toHaveLength(Number(n) + 1);
    expect((await acts('ledger.exported')).at(-1)).toMatchObject({ login: 'auditor' });
  });

  test('verifies, and says with 1 that something was changed', async () => {
    const { hash, acts: number } = JSON.parse(
      await mandate('ledger', 'verify', '--as', 'auditor', '--json'),
    ) as {
      hash: string;
      acts: number;
    };
    expect(process.exitCode).toBeUndefined();
    const head = `${number.toString()}:${hash}`;
    expect(await mandate('ledger', 'verify', '--as', 'auditor', '--head', head)).toContain('全部相符');
    const wrong = `${number.toString()}:${'0'.repeat(64)}`;
    expect(await mandate('ledger', 'verify', '--as', 'auditor', '--head', wrong)).toContain('不相符');
    expect(process.exitCode).toBe(1);
    process.exitCode = undefined;
  });
});

describe('a command', () => {
  test('for an account that leaves no act is a fault', async () => {
    await expect(withActor('keeper', () => Promise.resolve())).rejects.toMatchObject({ code: 'unrecorded' });
  });

  test('with --as acts through the one door that asks for an act; what only reads says so', () => {
    const folder = 'apps/registry/src/commands';
    const sources = readdirSync(folder)
      .filter((file) => file.endsWith('.ts'))
      .map((file) => [file, readFileSync(join(folder, file), 'utf8')] as const);
    const past = sources.filter(([, text]) => /\bactorOf\b/.test(text) && !/\brecordedFor\b/.test(text));
    expect(past.map(([file]) => file)).toEqual([]);
    const excused = sources.filter(([file, text]) => file !== 'actor.ts' && /\bunrecorded:/.test(text));
    expect(excused.map(([file]) => file)).toEqual(['account-care.command.ts', 'draft-desk.ts']);
  });

  test('that publishes stands in the ledger', async () => {
    await mandate('publish', '--data-only');
    expect((await acts('publication.published')).at(-1)).toMatchObject({
      login: null,
      way: 'command-line',
      host_user: userInfo().username,
    });
  });
});

describe('the keys of the registry', () => {
  test('have their signatures counted, once', async () => {
    const { app } = registry;
    await app.get(KeyUseService).record();
    const before = (await acts('key.used')).length;
    await app.get(LogService).sequence('lists');
    await app.get(KeyUseService).record();
    expect(await acts('key.used')).toHaveLength(before);
    await app
      .get(DataSource)
      .transaction((tx) => app.get(LogService).append(tx, 'certificates', [{ leaf: Buffer.from('{}') }]));
    await app.get(LogService).sequence('certificates');
    await app.get(KeyUseService).record();
    expect((await acts('key.used')).at(-1)).toMatchObject({ login: null, detail: { 'log-certificates': 1 } });
  });

  test('are counted at the end of a command too', async () => {
    const all = await acts('key.used');
    expect(all.some(({ way }) => way === 'command-line')).toBe(true);
    await registry.app.get(ChainService).chain();
  });
});
