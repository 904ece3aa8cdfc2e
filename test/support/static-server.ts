import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { securityHeaders } from '../../apps/registry/src/http/security-headers.ts';
import { extname, join, normalize } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.xml': 'application/xml',
  '.txt': 'text/plain; charset=utf-8',
};

export interface Requested {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, unknown>>;
  /** length of the body */
  readonly bodyBytes: number;
}

export interface StaticServer {
  readonly origin: string;
  /** every request so far, as the server saw it */
  readonly requested: readonly Requested[];
  close(): Promise<void>;
}

/**
 * Plain files of several folders under one root, the first that has one wins: any web server, on a free port. It sends the
 * headers that ours sends: what a page may do is held by them.
 */
export async function serveFolders(...folders: readonly string[]): Promise<StaticServer> {
  const requested: Requested[] = [];
  const server = createServer((request, response) => {
    let bodyBytes = 0;
    request.on('data', (part: Buffer) => (bodyBytes += part.length));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      requested.push({ method, url, headers, bodyBytes });
    });
    for (const [name, value] of Object.entries(securityHeaders(request.url ?? '/', 'http://127.0.0.1')))
      response.setHeader(name, value);
    const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://x').pathname));
    const file = folders
      .map((folder) => join(folder, path.endsWith('/') ? `${path}index.html` : path))
      .find((candidate) => statSync(candidate, { throwIfNoEntry: false })?.isFile());
    if (file === undefined) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('not found');
      return;
    }
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // listen on a TCP port: never a pipe's string.
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    requested,
    close: () =>
      new Promise((resolve, reject) => {
        server.closeAllConnections();
        server.close((error) => (error ? reject(error) : resolve()));
      }),
  };
}
