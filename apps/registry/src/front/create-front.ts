import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import type { Config } from '../config/config.ts';
import { registerUnreadBodies } from '../http/unread-bodies.ts';
import type { ApiPlace } from './api-place.ts';
import { registerApiProxy } from './api-proxy.ts';
import { sendProblem } from './problem.ts';
import { registerStaticFiles } from './static-files.ts';

/**
 * What the public talks to, not yet listening: the published files and pages from the disk, and everything below /api from
 * the API, wherever that is now. It loads neither the database nor Nest, and needs neither to serve a page.
 */
export async function createFront(config: Config, place: ApiPlace): Promise<FastifyInstance> {
  const server = Fastify({
    // One id for a request, from here on: one that a client sends could forge lines in the log.
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    trustProxy: false,
    forceCloseConnections: 'idle',
    // What is refused before it has an address: a broken escape in the path.
    frameworkErrors: (error, _request, reply) => void sendError(reply, error),
  });
  // What both servers need (headers of security, limits, access log) is registered here: `registerX(server, config)`.
  registerUnreadBodies(server);
  server.setErrorHandler((error, _request, reply) => sendError(reply, error));
  server.setNotFoundHandler((_request, reply) =>
    sendProblem(reply, { status: 404, code: 'http-404', title: '没有这个地址。' }),
  );
  await registerApiProxy(server, place, config.frontSecret);
  await registerStaticFiles(server, config);
  return server;
}

function sendError(reply: FastifyReply, error: unknown): FastifyReply {
  const status = statusOf(error);
  if (status === 500) console.error(error);
  return sendProblem(reply, {
    status,
    code: status === 500 ? 'internal' : `http-${status}`,
    title: status === 500 ? '系统出错，请稍后再试；如仍出错，请把编号告诉管理员。' : '请求的格式有误。',
  });
}

function statusOf(error: unknown): number {
  const has = typeof error === 'object' && error !== null && 'statusCode' in error;
  const status = has ? error.statusCode : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}
