import { join } from 'node:path';
import { AuthService } from '../../apps/registry/src/auth/auth.service.ts';
import { SavedSessions } from '../../apps/registry/src/commands/saved-sessions.ts';
import type { TestRegistry } from './registry.ts';

/**
 * Signs accounts in as `mandate sign-in` does, for commands that are given the returned folder as MANDATE_SESSIONS_DIR.
 * @param logins with their passwords
 */
export async function signInForCommands(
  registry: TestRegistry,
  logins: Readonly<Record<string, string>>,
): Promise<string> {
  const sessionsDir = join(registry.dataDir, 'sessions of officials');
  const sessions = new SavedSessions({ dataDir: registry.dataDir, sessionsDir });
  for (const [login, password] of Object.entries(logins)) {
    const { token } = await registry.app.get(AuthService).signIn(login, password);
    await sessions.save(login, token);
  }
  return sessionsDir;
}
