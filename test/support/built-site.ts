import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writePublishedFolder } from './published-folder.ts';
import { ACTS } from './sample-acts.ts';
import { serveFolders, type StaticServer } from './static-server.ts';

const BUILD = fileURLToPath(new URL('../../site/builder/build.ts', import.meta.url));
/** One compilation for all suites. */
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/mandate-site', import.meta.url));
export const PUBLIC_URL = 'https://registry.example';

export interface BuildOutcome {
  readonly code: number | null;
  readonly output: string;
}

/** The build as the registry starts it: a process of its own that sees nothing but its variables. */
export function runBuild(
  variables: Readonly<Record<string, string>>,
  {
    cwd = tmpdir(),
    stopWhen,
    signal = 'SIGTERM',
  }: { cwd?: string; stopWhen?: () => boolean; signal?: 'SIGTERM' | 'SIGKILL' } = {},
): Promise<BuildOutcome> {
  const env = { PATH: process.env['PATH'] ?? '', TMPDIR: tmpdir(), MANDATE_CACHE_DIR: CACHE, ...variables };
  const child = spawn(process.execPath, [BUILD], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const watch = setInterval(() => {
    if (stopWhen?.() === true) child.kill(signal);
  }, 5);
  return new Promise<BuildOutcome>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  }).finally(() => clearInterval(watch));
}

export interface BuiltSite extends StaticServer {
  /** the published files, to tamper with */
  readonly published: string;
  readonly pages: string;
  /** paths of all pages of the sitemap */
  readonly addresses: readonly string[];
}

/** Publishes into a folder of its own, builds the pages and serves both, as a plain web server would. */
export async function buildSite(
  publish: (dir: string) => Promise<void> = (dir) =>
    writePublishedFolder(dir, ACTS, { publicUrl: PUBLIC_URL }),
): Promise<BuiltSite> {
  const folder = mkdtempSync(join(tmpdir(), 'mandate-test-site-'));
  const [published, pages] = [join(folder, 'published'), join(folder, 'pages')];
  await publish(published);
  const { code, output } = await runBuild({
    MANDATE_PUBLISHED_DIR: published,
    MANDATE_PUBLIC_URL: PUBLIC_URL,
    MANDATE_OUT_DIR: pages,
  });
  if (code !== 0) {
    rmSync(folder, { recursive: true, force: true });
    throw new Error(output);
  }
  const server = await serveFolders(pages, published);
  const addresses = await sitemapAddresses(server.origin);
  return {
    origin: server.origin,
    requested: server.requested,
    published,
    pages,
    addresses,
    close: async () => {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Paths of all pages, as a search engine finds them: from the index through its parts. */
export async function sitemapAddresses(origin: string): Promise<string[]> {
  const locations = async (path: string): Promise<string[]> => {
    const text = await (await fetch(`${origin}${path}`)).text();
    return [...text.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, url = '']) => url.slice(PUBLIC_URL.length));
  };
  const parts = await locations('/sitemap.xml');
  return (await Promise.all(parts.map(locations))).flat().sort();
}
