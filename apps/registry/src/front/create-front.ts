import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyReply } from 'fastify';
import type { Config } from '../config/config.ts';
import { serverOptions } from '../http/server-options.ts';
import { registerServerRules } from '../http/server-rules.ts';
import { registerUnreadBodies } from '../http/unread-bodies.ts';
import { createLog, type ProcessLog } from '../telemetry/logger.ts';
import { Measures } from '../telemetry/measures.ts';
import type { ApiPlace } from './api-place.ts';
import { registerApiProxy } from './api-proxy.ts';
import { registerMetrics } from './metrics.ts';
import { sendProblem } from './problem.ts';
import { registerStaticFiles } from './static-files.ts';

/**
 * What the public talks to, not yet listening: the published files and pages from the disk, and everything below /api from
 * the API, wherever that is now. It loads neither the database nor Nest, and needs neither to serve a page.
 */
export async function createFront(
  config: Config,
  place: ApiPlace,
  { logger, lostLines }: ProcessLog = createLog(config, 'front'),
): Promise<FastifyInstance> {
  const measures = new Measures('front', lostLines);
  // Whom the front believes about a client, the API believes through the front.
  const server = Fastify({ ...serverOptions(config, logger), forceCloseConnections: 'idle' });
  registerServerRules(server, { config, logger, observe: (request) => measures.observe(request) });
  registerUnreadBodies(server);
  server.setErrorHandler((error, request, reply) => sendError(reply, error, request.log));
  server.setNotFoundHandler((_request, reply) =>
    sendProblem(reply, { status: 404, code: 'http-404', title: '没有这个地址。' }),
  );
  await registerApiProxy(server, place, config.frontSecret);
  registerMetrics(server, { config, place, measures });
  await registerStaticFiles(server, config);
  return server;
}

function sendError(reply: FastifyReply, error: unknown, log: FastifyBaseLogger): FastifyReply {
  const status = statusOf(error);
  if (status === 500) log.error(error);
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
