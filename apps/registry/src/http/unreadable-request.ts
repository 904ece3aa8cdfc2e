import type { Socket } from 'node:net';
import { STATUS_CODES } from 'node:http';
import type { Logger } from '../telemetry/logger.ts';

const KINDS: Readonly<Record<string, { status: number; title: string }>> = {
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, title: '请求没有在时限内送完，连接已断开。' },
  HPE_HEADER_OVERFLOW: { status: 431, title: '请求的网址或头部过长。' },
};
const OTHER = { status: 400, title: '请求的格式有误。' };

/** What no route ever sees: headers that are none, too long or too slow, a body that does not come. */
export function answerUnreadable(
  error: Error & { code?: string },
  socket: Socket,
  { logger, headers }: { logger: Logger; headers: Readonly<Record<string, string>> },
): void {
  // A connection that was reset has nobody to answer.
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const { status, title } = KINDS[error.code ?? ''] ?? OTHER;
  // Of what was sent nothing is said: it may be anything.
  logger.info({
    event: 'unreadable-request',
    status,
    address: socket.remoteAddress,
    code: error.code ?? 'unknown',
  });
  if (socket.writable) {
    const body = JSON.stringify({ status, code: `http-${status.toString()}`, title });
    const lines = [
      `HTTP/1.1 ${status.toString()} ${STATUS_CODES[status] ?? ''}`,
      'content-type: application/problem+json; charset=utf-8',
      `content-length: ${Buffer.byteLength(body).toString()}`,
      'cache-control: no-store',
      'connection: close',
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ];
    socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`);
  }
  socket.destroySoon();
}
