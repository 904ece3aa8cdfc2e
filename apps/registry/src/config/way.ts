import { userInfo } from 'node:os';

/** By which way an act came in: over HTTP, by the command line, or from the registry's own start and worker. */
export interface Way {
  readonly kind: 'http' | 'command-line' | 'start' | 'worker';
  /** who was logged in on the machine, where somebody was */
  readonly hostUser?: string | undefined;
}

/** Under which the way of a process is injected. */
export const WAY = Symbol('way');

export function commandLine(): Way {
  return { kind: 'command-line', hostUser: hostUser() };
}

function hostUser(): string {
  try {
    return userInfo().username;
  } catch {
    // A user id without an entry in the system's list of users, as in a container.
    return `uid ${process.getuid?.().toString() ?? '?'}`;
  }
}

/**
 * Settings of every connection of this process. Trails take them as the default of their columns: no row can forget them,
 * whoever writes it.
 */
export function waySettings({ kind, hostUser: user = '' }: Way): string {
  return `-c mandate.way=${kind} -c mandate.host_user=${user.replace(/[\\\s]/g, '\\$&')}`;
}
