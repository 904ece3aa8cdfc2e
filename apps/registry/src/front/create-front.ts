import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Config } from '../config/config.ts';
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
  });
  // What both servers need (headers of security, limits, access log) is registered here: `registerX(server, config)`.
  server.setErrorHandler((error, _request, reply) => {
    const status = statusOf(error);
    if (status === 500) console.error(error);
    return sendProblem(reply, {
      status,
      code: status === 500 ? 'internal' : `http-${status}`,
      title: status === 500 ? '系统出错，请稍后再试；如仍出错，请把编号告诉管理员。' : '请求的格式有误。',
    });
  });
  await registerApiProxy(server, place, config.frontSecret);
  await registerStaticFiles(server, config);
  return server;
}

function statusOf(error: unknown): number {
  const has = typeof error === 'object' && error !== null && 'statusCode' in error;
  const status = has ? error.statusCode : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}
