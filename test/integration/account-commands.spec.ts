import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Command } from 'commander';
import { DataSource } from 'typeorm';
import { AuthService } from '../../apps/registry/src/auth/auth.service.ts';
import { registerCommands } from '../../apps/registry/src/commands/register-commands.ts';
import { LedgerService } from '../../apps/registry/src/ledger/ledger.service.ts';
import { signInForCommands } from '../support/command-sessions.ts';
import { openTestRegistry, type TestRegistry } from '../support/registry.ts';

const PASSWORD = 'a right password';
const NEXT = 'another one, chosen';

let registry: TestRegistry;

beforeAll(async () => {
  registry = await openTestRegistry();
  const auth = registry.app.get(AuthService);
  const people = {
    zhang: { organ: null, roles: ['editor'] },
    li: { organ: null, roles: ['reviewer'] },
    wang: { organ: 'o-abc', roles: ['issuer'] },
  } as const;
  for (const [login, person] of Object.entries(people))
    await auth.createAccount({ login, displayName: login, ...person, password: PASSWORD, demo: false });
  Object.assign(process.env, {
    DATABASE_URL: registry.config.databaseUrl,
    MANDATE_DATA_DIR: registry.dataDir,
    MANDATE_PUBLIC_URL: registry.config.publicUrl,
  });
  process.env['MANDATE_SESSIONS_DIR'] = await signInForCommands(registry, {
    zhang: PASSWORD,
    li: PASSWORD,
    wang: PASSWORD,
  });
});
afterAll(async () => {
  for (const name of ['DATABASE_URL', 'MANDATE_DATA_DIR', 'MANDATE_PUBLIC_URL', 'MANDATE_SESSIONS_DIR'])
    Reflect.deleteProperty(process.env, name);
  await registry.close();
});

/** What `mandate account …` prints. @param input lines on its standard input */
async function account(args: readonly string[], input: readonly string[] = []): Promise<string> {
  const printed: string[] = [];
  const log = jest
    .spyOn(console, 'log')
    .mockImplementation((line: unknown) => void printed.push(String(line)));
  // Lines to read are all of a terminal that the commands ask for here.
  const terminal = Readable.from([
    input.map((line) => `${line}\n`).join(''),
  ]) as unknown as typeof process.stdin;
  const stdin = jest.spyOn(process, 'stdin', 'get').mockReturnValue(terminal);
  try {
    const program = new Command('mandate').exitOverride().configureOutput({ writeErr: () => undefined });
    await registerCommands(program, ['account', ...args]);
    await program.parseAsync(['account', ...args], { from: 'user' });
  } finally {
    stdin.mockRestore();
    log.mockRestore();
  }
  return printed.join('\n');
}
const json = async <T>(...args: string[]): Promise<T> =>
  // Each command prints what its test asks for.
  JSON.parse(await account([...args, '--json'])) as T;
const signIn = (login: string, password: string) => registry.app.get(AuthService).signIn(login, password);

describe('mandate account', () => {
  test('changes one’s own password, and the session of this machine goes on', async () => {
    expect(await account(['password', '--as', 'wang'], [PASSWORD, NEXT])).toContain('已修改');
    await expect(signIn('wang', PASSWORD)).rejects.toMatchObject({ code: 'wrong-credentials' });
    expect(await account(['sessions', '--as', 'wang'])).toMatch(/console/);
    await expect(account(['password', '--as', 'wang'], ['not it', PASSWORD])).rejects.toMatchObject({
      code: 'wrong-password',
    });
    await expect(account(['password', '--as', 'wang'], [NEXT])).rejects.toMatchObject({ name: 'UsageError' });
    await account(['password', '--as', 'wang'], [NEXT, PASSWORD]);
    await signIn('wang', PASSWORD);
  });

  test('resets a password by two people and the two halves of a code', async () => {
    const { change, code } = await json<{ change: string; code: string }>('reset', 'wang', '--as', 'zhang');
    expect(await account(['list'])).toContain(`${change}  wang 重设密码`);
    const approved = await account(['approve', change, '--as', 'li']);
    expect(approved).toContain('旧密码已失效');
    const other = /启用码的后一半，请交给账号本人：(\w+)/.exec(approved)?.[1] ?? '';
    await expect(signIn('wang', PASSWORD)).rejects.toMatchObject({ code: 'wrong-credentials' });
    await expect(account(['sessions', '--as', 'wang'])).rejects.toMatchObject({ code: 'not-signed-in' });
    expect(await account(['activate', 'wang', code, other], [NEXT])).toContain('已启用');
    await signIn('wang', NEXT);
  });

  test('shows and ends sessions: one’s own, and for the registry others’', async () => {
    await signIn('wang', NEXT);
    const { sessions } = await json<{ sessions: { id: string }[] }>('sessions', 'wang', '--as', 'li');
    expect(sessions.length).toBeGreaterThan(1);
    expect(await account(['revoke', 'wang', sessions[0]?.id ?? '', '--as', 'li'])).toContain('1 个会话');
    expect(await account(['revoke', 'wang', '--as', 'zhang'])).toContain(`${sessions.length - 1} 个会话`);
    expect(await account(['sessions', 'wang', '--as', 'zhang'])).toBe('没有会话。');
    process.env['MANDATE_SESSIONS_DIR'] = await signInForCommands(registry, { wang: NEXT });
    for (const command of ['sessions', 'revoke'])
      await expect(account([command, 'li', '--as', 'wang'])).rejects.toMatchObject({ code: 'missing-role' });
  });

  test('disables at once, and enables by two', async () => {
    const gone = ['disable', 'wang', '--reason', '离职', '--as', 'li'];
    expect(await account(gone)).toContain('已停用');
    await expect(account(['sessions', '--as', 'wang'])).rejects.toMatchObject({ code: 'not-signed-in' });
    expect(await account(['list'])).toMatch(/^wang .*已停用$/m);
    const { change } = await json<{ change: string }>('enable', 'wang', '--as', 'zhang');
    expect(await account(['approve', change, '--as', 'li'])).toContain('可以重新登录');
    await signIn('wang', NEXT);
    const [latest] = await registry.app.get(LedgerService).list(registry.app.get(DataSource).manager, 1);
    expect(latest).toMatchObject({ action: 'session.started', detail: { network: 'console' } });
  });

  test('unlocks who was refused too often', async () => {
    for (let time = 0; time < 5; time += 1)
      await expect(signIn('wang', 'a guess')).rejects.toMatchObject({ code: 'wrong-credentials' });
    await expect(signIn('wang', NEXT)).rejects.toMatchObject({ code: 'locked' });
    await account(['unlock', 'wang', '--as', 'zhang']);
    await signIn('wang', NEXT);
  });
});

test('an account is guessed at in two processes no more often than in one', async () => {
  const other = (await registry.another()).get(AuthService);
  const guesses = [registry.app.get(AuthService), other].flatMap((one) =>
    Array.from({ length: 12 }, () => one.signIn('li', 'a guess')),
  );
  const codes = (await Promise.allSettled(guesses)).map((guess) =>
    // Only this application's own errors are thrown.
    guess.status === 'rejected' ? (guess.reason as { code: string }).code : 'in',
  );
  expect(codes.filter((code) => code === 'wrong-credentials')).toHaveLength(5);
  expect(codes.filter((code) => code === 'locked')).toHaveLength(19);
});
