import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RequestError } from './http.errors.ts';
import { problemStatus } from './problem-status.ts';

/** Every failure as RFC 9457 problem+json with the request's id; what is not known is a bare 500 and a line in the log. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const problem = { ...this.describe(error, request), instance: request.id };
    const reply = http.getResponse<FastifyReply>().status(problem.status);
    const seconds = retryAfterOf(error);
    if (seconds !== undefined) void reply.header('retry-after', seconds.toString());
    void reply
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
    if (status !== undefined && status < 500)
      return { status, code: `http-${status}`, title: httpTitle(status) };
    this.logger.error(
      `${request.method} ${request.url} ${request.id}`,
      error instanceof Error ? error.stack : String(error),
    );
    return { status: 500, code: 'internal', title: '系统出错，请稍后再试；如仍出错，请把编号告诉管理员。' };
  }
}

/** RFC 9457 §3.2: what a program needs besides the words, e.g. both versions of what two people changed. */
function extensionOf(error: unknown): object {
  if (error instanceof RequestError) return { fields: error.fields };
  const has = error instanceof Error && 'extension' in error;
  return has && typeof error.extension === 'object' && error.extension !== null ? error.extension : {};
}

/** RFC 9110 §10.2.3: when it is worth asking again, in whole seconds. */
function retryAfterOf(error: unknown): number | undefined {
  const has = error instanceof Error && 'retryAfterSeconds' in error;
  return has && typeof error.retryAfterSeconds === 'number' ? error.retryAfterSeconds : undefined;
}

function clientErrorStatus(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('statusCode' in error)) return undefined;
  const { statusCode } = error;
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500 ? statusCode : undefined;
}

function httpTitle(status: number): string {
  const titles: Record<number, string> = {
    400: '请求的格式有误。',
    403: '无权访问。',
    404: '没有这个地址。',
    405: '不支持这种请求方法。',
    406: '这里只有 application/json；列表另有 text/csv。',
    413: '请求内容过大。',
    415: '不支持这种内容类型。',
  };
  return titles[status] ?? '请求不能处理。';
}
