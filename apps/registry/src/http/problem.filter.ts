import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { databaseErrorOf } from '../database/failures.ts';
import { RequestError } from './http.errors.ts';
import { httpProblem, problemStatus } from './problem-status.ts';
import { notesOf } from './server-rules.ts';

/** Every failure as RFC 9457 problem+json with the request's id; what is not known is a bare 500 and a line in the log. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    // A query that a limit cut off, or whose connection was lost: no fault of the request, and none of its handler.
    const error = databaseErrorOf(thrown) ?? thrown;
    const problem = { ...this.describe(error, request), instance: request.id };
    notesOf(request).problemCode = problem.code;
    const reply = http.getResponse<FastifyReply>();
    const retryAfter = retryAfterOf(error);
    if (retryAfter !== undefined) void reply.header('retry-after', retryAfter.toString());
    void reply
      .status(problem.status)
      .header('content-type', 'application/problem+json; charset=utf-8')
      .send(JSON.stringify(problem));
  }

  private describe(error: unknown, request: FastifyRequest): { status: number; code: string; title: string } {
    const known = problemStatus(error);
    if (known !== undefined) {
      return { ...extensionOf(error), status: known.status, code: known.code, title: known.title };
    }
    // Nest's and Fastify's own refusals (404, 413, 415, malformed JSON) carry their status.
    const status = error instanceof HttpException ? error.getStatus() : clientErrorStatus(error);
    if (status !== undefined && status < 500) return httpProblem(status);
    // Whoever left while sending is answered to nobody, and is no fault of ours.
    if (request.raw.destroyed && !request.raw.complete) return httpProblem(408);
    this.logger.error(error, request.id);
    return { status: 500, code: 'internal', title: '系统出错，请稍后再试；如仍出错，请把编号告诉管理员。' };
  }
}

/** RFC 9457 §3.2: what a program needs besides the words, e.g. both versions of what two people changed. */
function extensionOf(error: unknown): object {
  if (error instanceof RequestError) return { fields: error.fields };
  const has = error instanceof Error && 'extension' in error;
  return has && typeof error.extension === 'object' && error.extension !== null ? error.extension : {};
}

/** RFC 9110 §10.2.3, in seconds, where an error says it. */
function retryAfterOf(error: unknown): number | undefined {
  const has = error instanceof Error && 'retryAfterSeconds' in error;
  return has && typeof error.retryAfterSeconds === 'number' ? error.retryAfterSeconds : undefined;
}

function clientErrorStatus(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('statusCode' in error)) return undefined;
  const { statusCode } = error;
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500 ? statusCode : undefined;
}
