import type { INestApplicationContext } from '@nestjs/common';
import { AuthService } from '../auth/auth.service.ts';
import { PasswordService } from '../auth/password.service.ts';
import { AT_THE_CONSOLE } from '../auth/sign-in-origin.ts';
import { SessionsService } from '../auth/sessions.service.ts';
import { Config } from '../config/config.ts';
import { SavedSessions } from './saved-sessions.ts';

/**
 * Whoever knows the current password is the account's owner: no sign-in is asked for besides. Where there is one on this
 * machine, it goes on.
 * @returns the login as it is kept
 */
export async function changePassword(
  app: INestApplicationContext,
  login: string,
  passwords: { readonly current: string; readonly next: string },
): Promise<string> {
  const account = await app.get(AuthService).getAccount(login);
  const saved = new SavedSessions(app.get(Config));
  const known = await app.get(SessionsService).find(await saved.find(account.login));
  const session = known?.account.id === account.id ? known.id : undefined;
  const from = { origin: AT_THE_CONSOLE, session };
  const { token } = await app.get(PasswordService).change(account, passwords, from);
  if (token === undefined) await saved.forget(account.login);
  else await saved.save(account.login, token);
  return account.login;
}
