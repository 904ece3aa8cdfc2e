import type { FastifyInstance, FastifyReply } from 'fastify';
import type { HealthAnswer } from '../http/health-answer.ts';
import { supervisorReport } from '../runtime/supervised.ts';
import { restartChecks } from '../runtime/supervisor-report.ts';

/**
 * Whether this process lives says this process: whoever asks would start it anew, and a registry whose API is down must not
 * lose its public pages for that. Whether it is ready says the API, and without one the front says that there is none.
 */
export function registerHealth(server: FastifyInstance): void {
  server.get('/api/health/live', (_request, reply) =>
    sendHealth(reply, { status: 'ok', checks: [{ name: 'front', status: 'ok', detail: '对外服务在运行' }] }),
  );
}

/** @returns false for a request that does not ask for the health */
export function sendHealthWithoutApi(reply: FastifyReply): boolean {
  if (!/^\/api\/health\/(ready|startup)(\?|$)/.test(reply.request.url)) return false;
  const api = {
    name: 'api',
    status: 'unavailable' as const,
    detail: '接口没有运行；公开的网页和数据文件仍可查阅',
  };
  void sendHealth(reply, {
    status: 'unavailable',
    checks: [api, ...restartChecks(supervisorReport(), Date.now())],
  });
  return true;
}

function sendHealth(reply: FastifyReply, answer: HealthAnswer): FastifyReply {
  const unavailable = answer.status === 'unavailable';
  if (unavailable) void reply.header('retry-after', '5');
  return reply
    .code(unavailable ? 503 : 200)
    .header('cache-control', 'no-store')
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(answer));
}
