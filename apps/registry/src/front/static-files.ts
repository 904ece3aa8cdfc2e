import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import { DATA_FOLDER, findLogOfPath, isImmutable, LOG_FOLDER } from '@mandate/published';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config/config.ts';
import { type PublishedPaths, publishedPaths } from '../publication/published-paths.ts';
import { findPointer, type ReleasePointer } from '../publication/release-pointer.ts';

const YEAR = 'public, max-age=31536000, immutable';

/** Serves the published files: `/log` and `/data` from the data root, everything else from the release of the pages. */
export async function registerStaticFiles(server: FastifyInstance, config: Config): Promise<void> {
  const paths = publishedPaths(config.dataDir);
  await mkdir(paths.root, { recursive: true });
  await server.register(fastifyStatic, { root: paths.root, serve: false });
  server.get(`/${LOG_FOLDER}/*`, (request, reply) => sendData(request, reply, paths));
  server.get(`/${DATA_FOLDER}/*`, (request, reply) => sendData(request, reply, paths));
  server.get('/*', (request, reply) => sendPage(request, reply, paths));
}

async function sendData(
  request: FastifyRequest,
  reply: FastifyReply,
  { root }: PublishedPaths,
): Promise<FastifyReply> {
  const path = findPath(request);
  // A verifier on another site, or in a file on a desk, reads the same files as everyone.
  void reply.header('access-control-allow-origin', '*');
  if (path === undefined || !(await isFile(join(root, path)))) {
    // Never to be kept: the tile that is asked for too early is there a second later.
    return reply.code(404).header('cache-control', 'no-store').type('text/plain').send('not found\n');
  }
  void reply.headers({
    'content-type': dataType(path),
    'cache-control': findLogOfPath(path) !== undefined && isImmutable(path) ? YEAR : 'no-cache',
  });
  return reply.sendFile(path, root, {
    cacheControl: false,
    contentType: false,
    dotfiles: 'deny',
    index: false,
  });
}

function dataType(path: string): string {
  if (path.endsWith('.json')) return 'application/json; charset=utf-8';
  return path.endsWith('/checkpoint') ? 'text/plain; charset=utf-8' : 'application/octet-stream';
}

async function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  paths: PublishedPaths,
): Promise<FastifyReply> {
  const path = findPath(request);
  // Nest answers what is missing below /api.
  if (path !== undefined && /^api(\/|$)/.test(path)) {
    reply.callNotFound();
    return reply;
  }
  const pointer = await findPointer(paths);
  if (pointer === undefined) return sendNotBuilt(reply);
  const found = path === undefined ? undefined : await findFile(path, pointer, paths);
  if (path === undefined || found === undefined)
    return sendMissing(reply, join(paths.pages, pointer.release));
  if (found === 'folder') return reply.redirect(`/${encodeURI(path)}/`, 301);
  void reply.header('cache-control', path.startsWith('_astro/') ? YEAR : 'public, max-age=60');
  return reply.sendFile(found.file, found.release, { cacheControl: false, dotfiles: 'deny', index: false });
}

/** A page of the release before, still open in a browser, may ask for files that only its own release had. */
async function findFile(
  path: string,
  { release, previous }: ReleasePointer,
  { pages }: PublishedPaths,
): Promise<{ file: string; release: string } | 'folder' | undefined> {
  const current = join(pages, release);
  if (path === '' || path.endsWith('/')) {
    const file = `${path}index.html`;
    return (await isFile(join(current, file))) ? { file, release: current } : undefined;
  }
  if (await isFile(join(current, path))) return { file: path, release: current };
  if (await isFile(join(current, path, 'index.html'))) return 'folder';
  if (previous === undefined || !/^(_astro|search\/index)\//.test(path)) return undefined;
  const older = join(pages, previous);
  return (await isFile(join(older, path))) ? { file: path, release: older } : undefined;
}

async function sendMissing(reply: FastifyReply, release: string): Promise<FastifyReply> {
  const page = await readFile(join(release, '404.html')).catch(() => '没有这个页面。');
  return reply.code(404).header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(page);
}

function sendNotBuilt(reply: FastifyReply): FastifyReply {
  return reply
    .code(503)
    .header('retry-after', '10')
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(
      '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>网页正在生成</title>' +
        '<p>网页正在生成，请稍后刷新。管理员可运行 <code>npx mandate publish</code> 立即生成。',
    );
}

/** The path below the root, decoded; undefined for one that could lead out of it or to a hidden file. */
function findPath(request: FastifyRequest): string | undefined {
  let path: string;
  try {
    path = decodeURIComponent(request.url.split(/[?#]/, 1)[0] ?? '').slice(1);
  } catch {
    return undefined; // a broken escape
  }
  const parts = path.split('/');
  const plain = parts.every((part, i) => !part.startsWith('.') && (part !== '' || i === parts.length - 1));
  return plain && !/[\0\\]/.test(path) ? path : undefined;
}

async function isFile(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() ?? false;
}
