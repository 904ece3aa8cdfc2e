import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Account } from '../auth/access.ts';
import { AuthError } from '../auth/auth.errors.ts';
import { AuthService } from '../auth/auth.service.ts';
import { withApp } from '../bootstrap/with-app.ts';
import { Config } from '../config/config.ts';
import { LogService } from '../log/log.service.ts';
import { askPassword, canAsk } from './read-password.ts';
import { SavedSessions } from './saved-sessions.ts';

/**
 * Runs one command for the account named, whose roles and organ hold as they do over HTTP.
 * @throws AuthError, RegistryLogError `behind-published`
 */
export async function withActor<T>(
  login: string,
  work: (app: INestApplicationContext, actor: Account) => Promise<T>,
): Promise<T> {
  return withApp(async (app) => {
    // Whatever it is that this command writes: not into a database that has lost what was published.
    await app.get(LogService).requireCurrent(app.get(DataSource).manager);
    return work(app, await actorOf(app, login));
  });
}

/**
 * The account, once whoever runs the command has shown that it is his: by the session saved at `sign-in`, or by the
 * password. A demo's own accounts are for everybody to try.
 * @throws AuthError `account-not-found` | `not-signed-in` | `wrong-credentials` | `locked`
 */
export async function actorOf(app: INestApplicationContext, login: string): Promise<Account> {
  const config = app.get(Config);
  const auth = app.get(AuthService);
  const account = await auth.getAccount(login);
  if (account.demo && config.demo) return account;
  const token = await new SavedSessions(config).find(account.login);
  const known = token === undefined ? undefined : await findAccount(auth, token);
  if (known?.id === account.id) return known;
  if (!canAsk()) {
    throw new AuthError(
      'not-signed-in',
      `账号 ${account.login} 还没有在这台机器上登录，或登录已过期。请先运行：npx mandate sign-in ${account.login}`,
    );
  }
  const opened = await auth.signIn(account.login, await askPassword(account.login));
  await auth.signOut(opened.token);
  return opened.account;
}

async function findAccount(auth: AuthService, token: string): Promise<Account | undefined> {
  try {
    return await auth.accountOf(token);
  } catch (error) {
    if (error instanceof AuthError && error.code === 'not-signed-in') return undefined;
    throw error;
  }
}
