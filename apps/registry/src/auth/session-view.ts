import type { OpenSessions } from './auth.dto.ts';
import type { Session } from './session.entity.ts';

/** @param current id of the session that asks */
export function openSessions(sessions: readonly Session[], current?: string): OpenSessions {
  return {
    sessions: sessions.map(({ id, createdAt, usedAt, expiresAt, network, way }) => ({
      id,
      startedAt: createdAt.toISOString(),
      usedAt: usedAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
      network,
      way,
      current: id === current,
    })),
  };
}
