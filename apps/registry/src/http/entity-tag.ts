import { hash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';

/**
 * Gives every answer to a read below /api a strong ETag of its bytes, and answers 304 where the client has them
 * (RFC 9110 §13.1.2). What somebody signed in reads stays out of shared caches.
 */
export function registerEntityTags(server: FastifyInstance): void {
  server.addHook('onSend', (request, reply, payload, done) => {
    const tagged =
      (typeof payload === 'string' || Buffer.isBuffer(payload)) &&
      reply.statusCode === 200 &&
      (request.method === 'GET' || request.method === 'HEAD') &&
      request.url.startsWith('/api/');
    if (!tagged) {
      done(null, payload);
      return;
    }
    const tag = `"${hash('sha256', payload, 'base64url').slice(0, 27)}"`;
    void reply.header('etag', tag);
    if (!reply.hasHeader('cache-control')) {
      void reply.header(
        'cache-control',
        request.headers.cookie === undefined ? 'no-cache' : 'private, no-cache',
      );
    }
    if (!isKnown(request.headers['if-none-match'], tag)) {
      done(null, payload);
      return;
    }
    void reply.code(304).removeHeader('content-length');
    done(null, null);
  });
}

/** `If-None-Match` compares weakly: a `W/` that a proxy put before our tag does not matter. */
function isKnown(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((one) => {
    const known = one.trim();
    return known === '*' || known === tag || known === `W/${tag}`;
  });
}
