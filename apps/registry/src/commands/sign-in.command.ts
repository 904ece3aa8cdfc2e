import type { Command } from 'commander';
import { UsageError } from './usage-error.ts';

export function registerSignIn(program: Command): void {
  program
    .command('sign-in <login>')
    .description('登录：之后 8 小时内，本机上的 --as 不再问密码；密码从终端或标准输入的一行读取')
    .action(async (login: string) => {
      const { askPassword, canAsk, readLines } = await import('./read-password.ts');
      const [password = ''] = canAsk() ? [await askPassword(login)] : await readLines(1);
      if (password === '') throw new UsageError('没有读到密码：请在终端里输入，或经标准输入给出一行。');
      await withSessions(async (auth, sessions) => {
        const { token, account } = await auth.signIn(login, password);
        await sessions.save(account.login, token);
        console.log(`已登录：${account.login}（${account.displayName}）。`);
      });
    });
  program
    .command('sign-out <login>')
    .description('退出登录：结束本机上保存的会话')
    .action(async (login: string) =>
      withSessions(async (auth, sessions) => {
        await auth.signOut(await sessions.find(login));
        await sessions.forget(login);
        console.log(`已退出：${login}。`);
      }),
    );
}

async function withSessions(
  work: (
    auth: import('../auth/auth.service.ts').AuthService,
    sessions: import('./saved-sessions.ts').SavedSessions,
  ) => Promise<void>,
): Promise<void> {
  const [{ withApp }, { AuthService }, { Config }, { SavedSessions }] = await Promise.all([
    import('../bootstrap/with-app.ts'),
    import('../auth/auth.service.ts'),
    import('../config/config.ts'),
    import('./saved-sessions.ts'),
  ]);
  await withApp((app) => work(app.get(AuthService), new SavedSessions(app.get(Config))));
}
