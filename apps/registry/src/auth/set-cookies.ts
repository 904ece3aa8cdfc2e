import type { FastifyReply } from 'fastify';
import type { Config } from '../config/config.ts';
import { deviceCookie, sessionCookie } from './session-cookie.ts';
import { SESSION_SECONDS } from './sessions.service.ts';

/** @param cookies without a token the session ends; without a device the browser keeps the one it has */
export function setSignInCookies(
  reply: FastifyReply,
  config: Config,
  { token, device }: { readonly token: string | undefined; readonly device?: string | undefined },
): void {
  const secure = config.publicUrl.startsWith('https:');
  void reply.header('set-cookie', [
    sessionCookie(token, { secure, seconds: SESSION_SECONDS }),
    ...(device === undefined ? [] : [deviceCookie(device, { secure })]),
  ]);
}
