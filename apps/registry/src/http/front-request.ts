import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** Says that the front sent the request on: its value is the secret that front and API share. */
const SEAL = 'x-mandate-front';
const REQUEST_ID = 'x-request-id';
const ADDRESS = 'x-forwarded-for';
const PROTOCOL = 'x-forwarded-proto';
/** What speaks of a client: from anybody but the front it could be anything. */
const TOLD = [SEAL, REQUEST_ID, ADDRESS, PROTOCOL, 'x-forwarded-host', 'x-forwarded-port', 'forwarded'];

export interface FrontRequest {
  readonly id: string;
  /** the client's own address, as the front sees it */
  readonly address: string;
  readonly protocol: string;
}

/**
 * The headers with which the front sends a request on: what the client says of itself is replaced by what the front knows.
 * @param secret undefined: the API has to be told by other means whom it may believe
 */
export function sealHeaders(
  headers: IncomingHttpHeaders,
  { id, address, protocol }: FrontRequest,
  secret: string | undefined,
): IncomingHttpHeaders {
  const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => !TOLD.includes(name)));
  return {
    ...kept,
    [REQUEST_ID]: id,
    [ADDRESS]: address,
    [PROTOCOL]: protocol,
    ...(secret === undefined ? {} : { [SEAL]: secret }),
  };
}

/**
 * For the API behind a front: leaves the front's words on a request that carries the secret, and takes them away from every
 * other, so that `trustProxy` may believe what is still there.
 * @returns the id of the request: the front's, else one of our own, since one that a client sends could forge lines in the log
 */
export function openRequest(request: IncomingMessage, secret: string): string {
  const { headers } = request;
  const given = headers[SEAL];
  const id = headers[REQUEST_ID];
  const isFronts = typeof given === 'string' && isSame(given, secret);
  // Whoever prints headers must not print the secret.
  for (const name of isFronts ? [SEAL] : TOLD) Reflect.deleteProperty(headers, name);
  return isFronts && typeof id === 'string' ? id : randomUUID();
}

/** In a time that tells nothing of where two texts differ. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => createHash('sha256').update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}
