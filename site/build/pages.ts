import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type AstroIntegration } from 'astro';

const SITE_DIR = fileURLToPath(new URL('..', import.meta.url));
const PROJECT_DIR = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Renders all pages into `outDir`.
 * Astro writes generated types and caches below its root, and takes a page for its own only below its root. So the
 * sources are copied into a work folder: the project stays as it was, and two builds do not meet.
 * @returns addresses of the pages, sorted, each `/…/`
 */
export async function buildPages(outDir: string, publicUrl: string): Promise<string[]> {
  process.env['ASTRO_TELEMETRY_DISABLED'] = '1';
  const cwd = process.cwd();
  let work: string | undefined;
  // The registry may stop a build: what it leaves must not fill the temporary folder.
  const clean = (): void => {
    process.chdir(cwd);
    if (work !== undefined) rmSync(work, { recursive: true, force: true });
    work = undefined;
  };
  process.on('exit', clean);
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => process.exit(1));
  try {
    work = mkdtempSync(join(tmpdir(), 'mandate-site-'));
    // An output folder outside the current one makes Astro put its intermediate code into the current one.
    process.chdir(work);
    const root = join(work, 'site');
    cpSync(join(SITE_DIR, 'src'), join(root, 'src'), { recursive: true });
    cpSync(join(SITE_DIR, 'public'), join(root, 'public'), { recursive: true });
    linkModules(PROJECT_DIR, work);
    linkModules(SITE_DIR, root);
    const addresses: string[] = [];
    await build({
      root,
      outDir,
      cacheDir: join(work, 'cache'),
      configFile: false,
      logLevel: 'error',
      site: publicUrl,
      trailingSlash: 'always',
      // Pages wait for the disk, not for each other.
      build: { format: 'directory', inlineStylesheets: 'never', concurrency: 8 },
      devToolbar: { enabled: false },
      integrations: [collectAddresses(addresses)],
      vite: {
        cacheDir: join(work, 'vite'),
        // The rendering code runs from the output folder, where no package can be found: all of it is bundled.
        environments: {
          prerender: { resolve: { noExternal: true } },
          ssr: { resolve: { noExternal: true } },
        },
        // A script of its own each: the content security policy forbids inline ones.
        build: { assetsInlineLimit: 0 },
        worker: { format: 'es' },
      },
    });
    return addresses.sort();
  } finally {
    process.off('exit', clean);
    clean();
  }
}

function linkModules(from: string, to: string): void {
  const modules = join(from, 'node_modules');
  // A junction needs no privilege on Windows; elsewhere the type is ignored.
  if (existsSync(modules)) symlinkSync(modules, join(to, 'node_modules'), 'junction');
}

function collectAddresses(addresses: string[]): AstroIntegration {
  return {
    name: 'addresses',
    hooks: {
      'astro:build:done': ({ pages }) => {
        for (const { pathname } of pages) addresses.push(`/${pathname}`);
      },
    },
  };
}
