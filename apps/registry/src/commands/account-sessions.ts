import type { INestApplicationContext } from '@nestjs/common';
import { type Account, requireRegistry } from '../auth/access.ts';
import { AuthService } from '../auth/auth.service.ts';
import { SessionsService } from '../auth/sessions.service.ts';

/** @param login of whom; the actor's own where it is left out @throws AuthError `missing-role` | `account-not-found` */
export async function sessionsOf(app: INestApplicationContext, actor: Account, login = actor.login) {
  const account = await app.get(AuthService).getAccount(login);
  if (account.id !== actor.id) requireRegistry(actor, 'editor', 'reviewer', 'auditor');
  return app.get(SessionsService).list(actor, account);
}

/** @returns how many ended @throws AuthError `missing-role` | `account-not-found` | `session-not-found` */
export async function revokeSessions(
  app: INestApplicationContext,
  actor: Account,
  { login, session }: { readonly login: string; readonly session: string | undefined },
): Promise<number> {
  const account = await app.get(AuthService).getAccount(login);
  if (account.id !== actor.id) requireRegistry(actor, 'editor', 'reviewer');
  const sessions = app.get(SessionsService);
  if (session === undefined) return sessions.revokeAll(actor, account);
  await sessions.revoke(actor, account, session);
  return 1;
}
