import type { Command } from 'commander';
import { UsageError } from './usage-error.ts';

export function registerSignIn(program: Command): void {
  program
    .command('sign-in <login>')
    .description(
      '登录：之后 8 小时内，本机上的 --as 不再问密码，两小时不用则须重新登录；密码从终端或标准输入的一行读取',
    )
    .action(async (login: string) => {
      const { askPassword, canAsk, readLines } = await import('./read-password.ts');
      const [password = ''] = canAsk() ? [await askPassword(login)] : await readLines(1);
      if (password === '') throw new UsageError('没有读到密码：请在终端里输入，或经标准输入给出一行。');
      await withSessions(async ({ auth, saved }) => {
        const { token, account } = await auth.signIn(login, password);
        await saved.save(account.login, token);
        console.log(`已登录：${account.login}（${account.displayName}）。`);
      });
    });
  program
    .command('sign-out <login>')
    .description('退出登录：结束本机上保存的会话')
    .action(async (login: string) =>
      withSessions(async ({ sessions, saved }) => {
        await sessions.end(await saved.find(login));
        await saved.forget(login);
        console.log(`已退出：${login}。`);
      }),
    );
}

interface Services {
  readonly auth: import('../auth/auth.service.ts').AuthService;
  readonly sessions: import('../auth/sessions.service.ts').SessionsService;
  readonly saved: import('./saved-sessions.ts').SavedSessions;
}

async function withSessions(work: (services: Services) => Promise<void>): Promise<void> {
  const [{ withApp }, { AuthService }, { SessionsService }, { Config }, { SavedSessions }] =
    await Promise.all([
      import('../bootstrap/with-app.ts'),
      import('../auth/auth.service.ts'),
      import('../auth/sessions.service.ts'),
      import('../config/config.ts'),
      import('./saved-sessions.ts'),
    ]);
  await withApp((app) =>
    work({
      auth: app.get(AuthService),
      sessions: app.get(SessionsService),
      saved: new SavedSessions(app.get(Config)),
    }),
  );
}
