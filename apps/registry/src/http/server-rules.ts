import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config/config.ts';
import type { Logger } from '../telemetry/logger.ts';
import { isLoopback } from './metrics-access.ts';
import { securityHeaders } from './security-headers.ts';

/** What others leave at a request for its line in the log. */
export interface RequestNotes {
  /** who is signed in; on signing in, who has */
  account?: { readonly id: string };
  /** code of the problem that it was answered with */
  problemCode?: string;
  /** whether its line is written */
  logged?: boolean;
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

/** Request Timeout: the client did not send what it began. */
const NOT_SENT = 408;
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Asked every few seconds by what watches on this machine. */
const ROUTINE = /^\/(api\/health\/\w+|metrics)$/;
const SIGN_IN = 'POST /api/session';

/**
 * What holds for every answer of a server of ours, registered before any route: headers for browsers, and one line in the
 * log. The line has the client’s address: 网络安全法 art. 21 asks for a log by which an attack is found out; it has no
 * address of what was read, no name of an account, nothing of a body.
 */
export function registerServerRules(server: FastifyInstance, rules: ServerRules): void {
  const { config, logger } = rules;
  const log = (request: FastifyRequest, reply: FastifyReply, aborted?: { status: number }): void => {
    const notes = notesOf(request);
    if (notes.logged === true) return;
    notes.logged = true;
    const answered = describe(request, reply, aborted?.status ?? reply.statusCode);
    logger[isRoutine(answered, request.ip) ? 'debug' : 'info']({
      ...answered,
      id: request.id,
      account: notes.account?.id,
      address: request.ip,
      ...(aborted !== undefined && { aborted: true }),
    });
    rules.observe?.(answered);
  };
  server.addHook('onRequest', (request, reply, done) => {
    void reply.headers(securityHeaders(request.url, config.publicUrl));
    // Of a client that went while it sent, nothing will be answered; of one that went later, the handler still ends.
    reply.raw.once('close', () => {
      if (!request.raw.complete && !reply.raw.writableEnded) log(request, reply, { status: NOT_SENT });
    });
    done();
  });
  server.addHook('onSend', (request, reply, payload, done) => {
    // What was done is logged with its outcome, though nobody is there to hear it: no response ends any more.
    if (reply.raw.destroyed) log(request, reply, { status: reply.statusCode });
    done(null, payload);
  });
  server.addHook('onResponse', (request, reply, done) => {
    const whole = reply.raw.writableFinished || !request.socket.destroyed;
    log(request, reply, whole ? undefined : { status: reply.statusCode });
    done();
  });
}

/** The place at a request where its notes are. */
export function notesOf(request: FastifyRequest): RequestNotes {
  // Guards and filters set these members on the request itself, as Nest’s ecosystem does.
  return request as FastifyRequest & RequestNotes;
}

function describe(request: FastifyRequest, reply: FastifyReply, status: number): AnsweredRequest {
  const { method } = request;
  const notes = notesOf(request);
  const route = request.routeOptions.url ?? 'none';
  return {
    event: eventOf(`${method} ${route}`, method, status, notes),
    method,
    route,
    status,
    durationMs: Math.round(reply.elapsedTime * 10) / 10,
    code: notes.problemCode,
  };
}

/** What would fill the files and tell nothing. From elsewhere, or with another answer, it is a line like every other. */
function isRoutine({ route, status }: AnsweredRequest, address: string): boolean {
  // A health that is bad says so itself, as often as it is asked.
  return ROUTINE.test(route) && (status < 300 || status === 503) && isLoopback(address);
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
