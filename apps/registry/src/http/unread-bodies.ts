import type { FastifyInstance } from 'fastify';

/**
 * An answer that is given before the body was read (401, 413): what still comes is read and dropped. To close the connection
 * instead, as Fastify does, resets it, and whoever is still sending loses the answer that says why; to leave it unread lets the
 * next request on that connection, behind a front somebody else's, wait for it.
 */
export function registerUnreadBodies(server: FastifyInstance): void {
  server.addHook('onSend', (request, reply, payload, done) => {
    if (request.raw.destroyed) void reply.header('connection', 'close');
    else if (!request.raw.complete) {
      void reply.removeHeader('connection');
      request.raw.resume();
    }
    done(null, payload);
  });
}
