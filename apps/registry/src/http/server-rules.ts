import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config/config.ts';
import type { Logger } from '../telemetry/logger.ts';
import { securityHeaders } from './security-headers.ts';

/** What others leave at a request for its line in the log. */
export interface RequestNotes {
  /** who is signed in; on signing in, who has */
  account?: { readonly id: string };
  /** code of the problem that it was answered with */
  problemCode?: string;
}

/** One request, as it is logged and counted. */
export interface AnsweredRequest {
  /** `sign-in`, `sign-in-refused`, `act` for what somebody signed in has changed, `request` for the rest */
  readonly event: 'sign-in' | 'sign-in-refused' | 'act' | 'request';
  readonly method: string;
  /** the pattern, never what was asked for: that may hold a certificate’s identifier, a name */
  readonly route: string;
  readonly status: number;
  readonly durationMs: number;
  readonly code: string | undefined;
}

export interface ServerRules {
  readonly config: Pick<Config, 'publicUrl'>;
  readonly logger: Logger;
  /** called once for each request */
  readonly observe?: (request: AnsweredRequest) => void;
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
const SIGN_IN = 'POST /api/session';

/**
 * What holds for every answer of a server of ours, registered before any route: headers for browsers, and one line in the
 * log. The line has the client’s address: 网络安全法 art. 21 asks for a log by which an attack is found out; it has no
 * address of what was read, no name of an account, nothing of a body.
 */
export function registerServerRules(server: FastifyInstance, rules: ServerRules): void {
  const { config, logger } = rules;
  server.addHook('onRequest', (request, reply, done) => {
    void reply.headers(securityHeaders(request.url, config.publicUrl));
    done();
  });
  server.addHook('onResponse', (request, reply, done) => {
    const notes = notesOf(request);
    const answered = describe(request, reply, notes);
    logger.info({
      ...answered,
      id: request.id,
      account: notes.account?.id,
      address: request.ip,
      // The client went before its answer was whole.
      ...(!reply.raw.writableFinished && { aborted: true }),
    });
    rules.observe?.(answered);
    done();
  });
}

/** The place at a request where its notes are. */
export function notesOf(request: FastifyRequest): RequestNotes {
  // Guards and filters set these members on the request itself, as Nest’s ecosystem does.
  return request as FastifyRequest & RequestNotes;
}

function describe(request: FastifyRequest, reply: FastifyReply, notes: RequestNotes): AnsweredRequest {
  const { method } = request;
  const route = request.routeOptions.url ?? 'none';
  const status = reply.statusCode;
  return {
    event: eventOf(`${method} ${route}`, method, status, notes),
    method,
    route,
    status,
    durationMs: Math.round(reply.elapsedTime * 10) / 10,
    code: notes.problemCode,
  };
}

function eventOf(
  call: string,
  method: string,
  status: number,
  notes: RequestNotes,
): AnsweredRequest['event'] {
  if (call === SIGN_IN) return status < 300 ? 'sign-in' : 'sign-in-refused';
  const changed = status < 300 && !SAFE_METHODS.has(method) && notes.account !== undefined;
  return changed ? 'act' : 'request';
}
