import type { FastifyReply, FastifyRequest } from 'fastify';
import { httpProblem } from './problem-status.ts';

/** Longer than any part of an address that a schema takes, so that the schema refuses it, with its name. */
export const MOST_PARAMETER_CHARACTERS = 2_000;

/**
 * What Fastify's router refuses before there is a handler, or a filter that could put it into words: an address that is no
 * UTF-8 (`/api/items/%ff`), a part too long. Its own answers would repeat the address.
 */
export function answerRouterRefusal(
  error: { readonly statusCode?: number | undefined },
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const problem = { ...httpProblem(error.statusCode ?? 400), instance: request.id };
  void reply
    .status(problem.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(JSON.stringify(problem));
}
