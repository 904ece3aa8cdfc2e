import type { FastifyRequest } from 'fastify';

const SESSION = 'mandate_session';
const DEVICE = 'mandate_device';
const DEVICE_SECONDS = 180 * 86_400;

interface CookieOptions {
  readonly secure: boolean;
  readonly seconds: number;
}

/** The value of Set-Cookie for a new session; without a token it ends the one there is. */
export function sessionCookie(token: string | undefined, options: CookieOptions): string {
  return cookie(SESSION, token, options);
}

/** By which a browser is known at its next sign-in, so that strangers' guesses do not delay it. It signs nobody in. */
export function deviceCookie(token: string, { secure }: Pick<CookieOptions, 'secure'>): string {
  return cookie(DEVICE, token, { secure, seconds: DEVICE_SECONDS });
}

function cookie(name: string, value: string | undefined, { secure, seconds }: CookieOptions): string {
  const parts = [
    `${name}=${value ?? ''}`,
    'Path=/api',
    'HttpOnly',
    'SameSite=Strict',
    `Max-Age=${value === undefined ? 0 : seconds}`,
  ];
  return (secure ? [...parts, 'Secure'] : parts).join('; ');
}

/** The session token of a request, from its cookie or, for programs, from `Authorization: Bearer`. */
export function sessionToken(request: FastifyRequest): string | undefined {
  const bearer = /^Bearer ([A-Za-z0-9_-]{20,100})$/.exec(request.headers.authorization ?? '')?.[1];
  return bearer ?? valueOf(request, SESSION);
}

export function deviceToken(request: FastifyRequest): string | undefined {
  return valueOf(request, DEVICE);
}

function valueOf(request: FastifyRequest, name: string): string | undefined {
  for (const pair of (request.headers.cookie ?? '').split(/; */)) {
    const value = new RegExp(`^${name}=([A-Za-z0-9_-]{20,100})$`).exec(pair)?.[1];
    if (value !== undefined) return value;
  }
  return undefined;
}
