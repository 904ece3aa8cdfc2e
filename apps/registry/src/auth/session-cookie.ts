import type { FastifyRequest } from 'fastify';

const NAME = 'mandate_session';

/** The value of Set-Cookie for a new session; without a token it ends the one there is. */
export function sessionCookie(
  token: string | undefined,
  options: { secure: boolean; seconds: number },
): string {
  const parts = [
    `${NAME}=${token ?? ''}`,
    'Path=/api',
    'HttpOnly',
    'SameSite=Strict',
    `Max-Age=${token === undefined ? 0 : options.seconds}`,
  ];
  return (options.secure ? [...parts, 'Secure'] : parts).join('; ');
}

/** The session token of a request, from its cookie or, for programs, from `Authorization: Bearer`. */
export function sessionToken(request: FastifyRequest): string | undefined {
  const bearer = /^Bearer ([A-Za-z0-9_-]{20,100})$/.exec(request.headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return bearer;
  for (const pair of (request.headers.cookie ?? '').split(/; */)) {
    const value = new RegExp(`^${NAME}=([A-Za-z0-9_-]{20,100})$`).exec(pair)?.[1];
    if (value !== undefined) return value;
  }
  return undefined;
}
