import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Config } from '../config/config.ts';
import { mayReadMetrics } from '../http/metrics-access.ts';
import type { Measures } from '../telemetry/measures.ts';
import type { ApiPlace } from './api-place.ts';
import { sendProblem } from './problem.ts';

const PATIENCE_MS = 20_000;

/**
 * `/metrics` are the API's, `/metrics/front` the front's own: one process a scrape, so that none hides behind another. Who may
 * read them is decided here, where the client is seen; for everybody else they are not there.
 */
export function registerMetrics(
  server: FastifyInstance,
  { config, place, measures }: { config: Config; place: ApiPlace; measures: Measures },
): void {
  server.get('/metrics', async (request, reply) => {
    if (!mayReadMetrics(request, config)) {
      reply.callNotFound();
      return reply;
    }
    const { authorization } = request.headers;
    const answer = await fetch(`${place.url ?? ''}/metrics`, {
      signal: AbortSignal.timeout(PATIENCE_MS),
      // Without a word of forwarding: the API takes it for a program of this machine, or holds the token against its own.
      headers: authorization === undefined ? {} : { authorization },
    }).catch(() => undefined);
    if (answer?.ok !== true)
      return sendProblem(reply.header('retry-after', '5'), {
        status: 503,
        code: 'api-unavailable',
        title: '接口暂时不可用，请稍后再试。',
      });
    return sendMeasures(reply, answer.headers.get('content-type') ?? 'text/plain', await answer.text());
  });
  server.get('/metrics/front', async (request, reply) => {
    if (!mayReadMetrics(request, config)) {
      reply.callNotFound();
      return reply;
    }
    return sendMeasures(reply, measures.registry.contentType, await measures.registry.metrics());
  });
}

function sendMeasures(reply: FastifyReply, type: string, text: string): FastifyReply {
  return reply.headers({ 'content-type': type, 'cache-control': 'no-store' }).send(text);
}
