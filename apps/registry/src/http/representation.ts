import { createParamDecorator, type ExecutionContext, NotAcceptableException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

const JSON_TYPE = 'application/json';
const CSV_TYPE = 'text/csv';
const JSON_HEADER = `${JSON_TYPE}; charset=utf-8`;
const CSV_HEADER = `${CSV_TYPE}; charset=utf-8; header=present`;

/** How one answer is sent: in the form that the client asked for by Accept. */
export interface Answer {
  json(bytes: Buffer): Buffer;
  /** @param next cursor of the page that follows, for the Link header (RFC 8288): CSV has no place for it */
  page(texts: { json: () => string; csv: () => string; next: string | undefined }): string;
}

/** @throws NotAcceptableException where the client takes neither JSON nor, from a list, CSV */
export const Answering = createParamDecorator((_data: unknown, context: ExecutionContext): Answer => {
  const http = context.switchToHttp();
  const request = http.getRequest<FastifyRequest>();
  const reply = http.getResponse<FastifyReply>();
  return {
    json(bytes) {
      void reply.header('content-type', JSON_HEADER);
      return bytes;
    },
    page({ json, csv, next }) {
      void reply.header('vary', 'accept');
      if (next !== undefined) void reply.header('link', `<${nextAddress(request.url, next)}>; rel="next"`);
      const type = preferred(request.headers.accept);
      void reply.header('content-type', type === JSON_TYPE ? JSON_HEADER : CSV_HEADER);
      return type === JSON_TYPE ? json() : csv();
    },
  };
});

/** Whether a list is sent as CSV. @throws NotAcceptableException as `Answer.page` */
export function prefersCsv(accept: string | undefined): boolean {
  return preferred(accept) === CSV_TYPE;
}

function nextAddress(url: string, next: string): string {
  const [path = '', query] = url.split('?', 2);
  const parameters = new URLSearchParams(query);
  parameters.set('cursor', next);
  return `${path}?${parameters.toString()}`;
}

/** JSON unless CSV is asked for with more weight (RFC 9110 §12.5.1). */
function preferred(accept: string | undefined): string {
  if (accept === undefined || accept.trim() === '') return JSON_TYPE;
  const [json, csv] = [weight(accept, JSON_TYPE), weight(accept, CSV_TYPE)];
  if (json === 0 && csv === 0) throw new NotAcceptableException();
  return csv > json ? CSV_TYPE : JSON_TYPE;
}

/** Of the ranges that hold the type, the most precise one counts. */
function weight(accept: string, type: string): number {
  const ranges = [type, `${type.split('/', 1)[0] ?? ''}/*`, '*/*'];
  let found: { precision: number; quality: number } | undefined;
  for (const part of accept.toLowerCase().split(',')) {
    const [range = '', ...parameters] = part.split(';').map((one) => one.trim());
    const precision = ranges.indexOf(range);
    if (precision < 0 || (found !== undefined && found.precision <= precision)) continue;
    const quality = Number(parameters.find((one) => one.startsWith('q='))?.slice(2) ?? 1);
    found = { precision, quality: Number.isNaN(quality) ? 0 : quality };
  }
  return found?.quality ?? 0;
}
