import { PassThrough } from 'node:stream';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import replyFrom from '@fastify/reply-from';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sealHeaders } from '../http/front-request.ts';
import { notesOf } from '../http/server-rules.ts';
import type { ApiPlace } from './api-place.ts';
import { sendProblem } from './problem.ts';
import { registerHealth, sendHealthWithoutApi } from './health.ts';

/** A large import is read and compared before anything is answered. */
const ANSWER_TIMEOUT_MS = 600_000;
const CONNECT_TIMEOUT_MS = 5_000;
/** The request never got there: it can be sent again, whatever it is. */
const NOT_REACHED = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT'];
const HOP_BY_HOP = ['connection', 'keep-alive'];
/** RFC 9110 §7.6.1: between the client and the front alone; undici refuses some of them. */
const OF_THIS_HOP = new Set(
  'connection keep-alive proxy-connection proxy-authenticate proxy-authorization te trailer upgrade expect'.split(
    ' ',
  ),
);

/** Sends everything below /api on to the API, body and answer as streams: the front holds neither, and judges neither. */
export async function registerApiProxy(
  server: FastifyInstance,
  place: ApiPlace,
  secret: string | undefined,
): Promise<void> {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', (_request, payload, done) => done(null, detach(payload)));
  await server.register(replyFrom, {
    // Not the package's default, which believes every certificate.
    undici: {
      connections: 256,
      headersTimeout: ANSWER_TIMEOUT_MS,
      bodyTimeout: ANSWER_TIMEOUT_MS,
      connect: { timeout: CONNECT_TIMEOUT_MS, rejectUnauthorized: true },
    },
    disableRequestLogging: true,
    destroyAgent: true,
  });
  registerHealth(server);
  // The checks of health by their own names: who watches this machine asks them again and again.
  for (const url of ['/api', '/api/*', '/api/health/ready', '/api/health/startup'])
    server.all(url, (request, reply) => sendOn(request, reply, place, secret));
}

function sendOn(
  request: FastifyRequest,
  reply: FastifyReply,
  place: ApiPlace,
  secret: string | undefined,
): FastifyReply {
  // Another spelling of an address (a whole one, a backslash, which URLs take for a slash) would pass by the rules of whoever
  // stands in front of us.
  if (!/^\/api(?:[/?]|$)/.test(request.url) || request.url.includes('\\'))
    return sendProblem(reply, { status: 400, code: 'http-400', title: '网址有误，不能处理。' });
  const { url } = place;
  if (url === undefined) return sendUnavailable(reply);
  const { id, ip: address, protocol, headers: sent } = request;
  return reply.from(undefined, {
    getUpstream: () => url,
    // By itself the package would ask ten times again where the answer is a 503.
    retryDelay: () => null,
    rewriteRequestHeaders: (_request, headers) => ({
      ...sealHeaders(withoutHop(headers), { id, address, protocol }, secret),
      // A form of our own site is known by the address that the browser sees.
      ...(sent.host === undefined ? {} : { host: sent.host }),
    }),
    // One line a request: the API has written it, with the account, under the same id.
    onResponse: (_request, answered, response) => {
      notesOf(request).logged = true;
      void answered.send(response.stream);
    },
    rewriteHeaders: (headers) =>
      Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.includes(name))),
    onError: (_reply, { error }) => void sendFailure(request, reply, error),
  });
}

/** Also without `Expect: 100-continue`, which Node answered before anybody here saw the request. */
function withoutHop(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !OF_THIS_HOP.has(name)));
}

/**
 * The request's body, read by whoever sends it on. An API that answers before it has read everything (401, 413) drops its end,
 * and the client must still get the answer; a client that goes away must not leave half a request as if it were whole.
 */
function detach(payload: IncomingMessage): PassThrough {
  const body = new PassThrough();
  payload.once('close', () => {
    if (!payload.complete) body.destroy(new Error('the client went away'));
  });
  // Unpiped first: the pipe itself would pause it for good, and the connection would never be free again.
  body.once('close', () => payload.unpipe(body).resume());
  // Nobody else listens where the other side has stopped reading.
  body.on('error', () => undefined);
  return payload.pipe(body);
}

function sendFailure(request: FastifyRequest, reply: FastifyReply, error: Error): FastifyReply {
  if (isSafe(request) || NOT_REACHED.includes(codeOf(error.cause) ?? '')) return sendUnavailable(reply);
  // It may have been done before the answer was lost.
  return sendProblem(reply, {
    status: 502,
    code: 'answer-lost',
    title: '答复中断，不知道是否已经办成。请先查看结果，没有办成再提交一次。',
  });
}

function sendUnavailable(reply: FastifyReply): FastifyReply {
  if (sendHealthWithoutApi(reply)) return reply;
  return sendProblem(reply.header('retry-after', '5'), {
    status: 503,
    code: 'api-unavailable',
    title: '接口暂时不可用，请稍后再试；公开的网页和数据文件仍可查阅。',
  });
}

function isSafe({ method }: FastifyRequest): boolean {
  return ['GET', 'HEAD', 'OPTIONS'].includes(method);
}

function codeOf(cause: unknown): string | undefined {
  const has = typeof cause === 'object' && cause !== null && 'code' in cause;
  return has && typeof cause.code === 'string' ? cause.code : undefined;
}
