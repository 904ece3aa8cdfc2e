import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { FastifyBaseLogger, FastifyHttpOptions, FastifyReply, FastifyServerOptions } from 'fastify';
import { LogController } from 'fastify';
import type { Config } from '../config/config.ts';
import type { Logger } from '../telemetry/logger.ts';
import { answerRouterRefusal, MOST_PARAMETER_CHARACTERS } from './router-refusals.ts';
import { answerUnreadable } from './unreadable-request.ts';
import { securityHeaders } from './security-headers.ts';

export const BODY_LIMIT = 1024 * 1024;
/** Lines and fields of a request; the longest honest ones are filters of a list, far below. */
const HEADER_BYTES = 16 * 1024;
/** Headers come in one packet; who takes longer holds a connection on purpose. */
const HEADER_SECONDS = 10;
/** Longer than a proxy keeps a connection to us (nginx: 60 s): of two that close at once, a request is lost. */
const KEEP_ALIVE_MS = 72_000;
/** A connection on which nothing moves, in either direction. Longer than any answer takes to begin. */
const IDLE_MS = 120_000;
/** As many as nginx sends by one. */
const REQUESTS_OF_A_CONNECTION = 1_000;

type Settings = Pick<Config, 'publicUrl' | 'requestSeconds' | 'trustedProxies'>;

/**
 * How a Fastify server of ours is made, the API's and the front's: limits, ids of requests, log, whose X-Forwarded-* is
 * believed.
 *
 * A request must have arrived whole within `requestSeconds`, whatever its pace: a limit by progress is held by one byte a
 * second. 64 MiB in 120 s are 4.5 Mbit/s; behind nginx or Caddy the proxy waits for slow lines, not we.
 * @param behind addresses of a process of ours that stands in front, believed too
 */
export function serverOptions(
  config: Settings,
  logger: Logger,
  behind: readonly string[] = [],
): Omit<FastifyHttpOptions<Server>, 'logger'> & {
  readonly loggerInstance: FastifyBaseLogger;
} {
  const requestMs = config.requestSeconds * 1_000;
  return {
    // Ids of our own making: one that a client sends could forge lines in the log.
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    loggerInstance: logger,
    // One line a request, our own: theirs repeats the address with what stands in it.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'id' }),
    trustProxy: trust(config.trustedProxies, behind),
    bodyLimit: BODY_LIMIT,
    routerOptions: { maxParamLength: MOST_PARAMETER_CHARACTERS },
    requestTimeout: requestMs,
    connectionTimeout: Math.max(IDLE_MS, requestMs),
    keepAliveTimeout: KEEP_ALIVE_MS,
    maxRequestsPerSocket: REQUESTS_OF_A_CONNECTION,
    http: {
      maxHeaderSize: HEADER_BYTES,
      headersTimeout: Math.min(HEADER_SECONDS * 1_000, requestMs),
      // How often Node looks for what has run out; its own half minute would double the limit.
      connectionsCheckingInterval: Math.min(1_000, requestMs / 4),
    },
    clientErrorHandler: (error, socket) => {
      answerUnreadable(error, socket, { logger, headers: securityHeaders('/api', config.publicUrl) });
    },
    // Before any hook, so that it brings the headers itself.
    frameworkErrors: (error, request, reply) => {
      // Fastify types this reply by a schema that no route has given it.
      const plain = reply as unknown as FastifyReply;
      void plain.headers(securityHeaders(request.url, config.publicUrl));
      answerRouterRefusal(error, request, plain);
    },
  };
}

function trust(
  proxies: Settings['trustedProxies'],
  behind: readonly string[],
): NonNullable<FastifyServerOptions['trustProxy']> {
  if (typeof proxies === 'number') {
    const hops = proxies + (behind.length > 0 ? 1 : 0);
    return (_address, hop) => hop < hops;
  }
  const all = [...behind, ...(proxies ?? [])];
  return all.length > 0 && all;
}
