import type { FastifyReply } from 'fastify';

/** RFC 9457, as the API itself answers. */
export function sendProblem(
  reply: FastifyReply,
  problem: { readonly status: number; readonly code: string; readonly title: string },
): FastifyReply {
  return reply
    .code(problem.status)
    .header('cache-control', 'no-store')
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(JSON.stringify({ ...problem, instance: reply.request.id }));
}
