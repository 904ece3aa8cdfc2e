import { type INestApplicationContext, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Account } from '../auth/access.ts';
import { AuthError } from '../auth/auth.errors.ts';
import { AuthService } from '../auth/auth.service.ts';
import { SessionsService } from '../auth/sessions.service.ts';
import { withApp } from '../bootstrap/with-app.ts';
import { Config } from '../config/config.ts';
import { inActFlow } from '../ledger/act-flow.ts';
import { requireRecorded } from '../ledger/unrecorded.ts';
import { LogService } from '../log/log.service.ts';
import { askPassword, canAsk } from './read-password.ts';
import { SavedSessions } from './saved-sessions.ts';

/**
/**
 * Runs one command for the account named, whose roles and organ hold as they do over HTTP. What it does stands in the
 * ledger, or it says why there is nothing to stand there.
 * @throws AuthError, RegistryLogError `behind-published`
 */
export async function withActor<T>(
  login: string,
  work: (app: INestApplicationContext, actor: Account) => Promise<T>,
  { unrecorded }: { readonly unrecorded?: string } = {},
): Promise<T> {
  return withApp(async (app) => {
    // Whatever it is that this command writes: not into a database that has lost what was published.
    await app.get(LogService).requireCurrent(app.get(DataSource).manager);
    const actor = await actorOf(app, login);
    return unrecorded === undefined ? recordedFor(() => work(app, actor)) : work(app, actor);
  });
}

/** Work that leaves an act in the ledger when it went well. @throws UnrecordedError under test, where it leaves none */
export async function recordedFor<T>(work: () => Promise<T>): Promise<T> {
  const { result, recorded } = inActFlow(work);
  const done = await result;
  requireRecorded(recorded(), process.argv.slice(2, 4).join(' '), new Logger('ledger'));
  return done;
}

/**
 * The account, once whoever runs the command has shown that it is his: by the session saved at `sign-in`, or by the
 * password. A demo's own accounts are for everybody to try.
 * @throws AuthError `account-not-found` | `not-signed-in` | `wrong-credentials` | `locked`
 */
export async function actorOf(app: INestApplicationContext, login: string): Promise<Account> {
  const config = app.get(Config);
  const auth = app.get(AuthService);
  const sessions = app.get(SessionsService);
  const account = await auth.getAccount(login);
  if (account.disabledAt !== null)
    throw new AuthError('not-signed-in', `账号 ${account.login} 已停用，不能用来办理。`);
  if (account.demo && config.demo) return account;
  const token = await new SavedSessions(config).find(account.login);
  const known = (await sessions.find(token))?.account;
  if (known?.id === account.id) return known;
  if (!canAsk()) {
    throw new AuthError(
      'not-signed-in',
      `账号 ${account.login} 还没有在这台机器上登录，或登录已过期。请先运行：npx mandate sign-in ${account.login}`,
    );
  }
  const opened = await auth.signIn(account.login, await askPassword(account.login));
  await sessions.end(opened.token);
  return opened.account;
}
