import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
} from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type AstroIntegration } from 'astro';
import { isSource, PROJECT_DIR, SITE_DIR } from './folders.ts';

/** The site, compiled: any address of it can be rendered, no source is read any more. */
export interface CompiledSite {
  /** hash of all it was made of */
  readonly hash: string;
  /** module that exports `CompiledPages`, see renderer.ts */
  readonly entry: string;
  /** files that are served as they are: styles, scripts, pictures */
  readonly assets: string;
}

/** Longer than any build. */
const UNUSED_MS = 3_600_000;

/**
 * Compiles the site with Astro, or finds it compiled. Astro renders all pages of a build, or none and a server; what is
 * taken here is its server, so that pages can be rendered in several threads and one at a time.
 * @param cacheDir holds compiled sites; those of other sources go after an hour
 */
export async function compileSite(cacheDir: string, hash: string): Promise<CompiledSite> {
  const folder = join(cacheDir, `site-${hash}`);
  const site = { hash, entry: join(folder, 'server', 'entry.mjs'), assets: join(folder, 'client') };
  if (existsSync(site.entry)) {
    utimesSync(folder, new Date(), new Date());
    return site;
  }
  mkdirSync(cacheDir, { recursive: true });
  // Astro knows its files by their real paths.
  const work = mkdtempSync(join(realpathSync(cacheDir), 'work-'));
  // Stopped half-way, it must not fill the disk.
  const clean = (): void => rmSync(work, { recursive: true, force: true });
  process.on('exit', clean);
  try {
    await compileInto(work);
    try {
      renameSync(join(work, 'out'), folder);
    } catch (error) {
      // Another process was faster; same sources, same pages.
      if (!existsSync(site.entry)) throw error;
    }
    removeUnused(cacheDir);
    return site;
  } finally {
    process.off('exit', clean);
    clean();
  }
}

/**
 * Astro writes generated types and caches below its root, and takes a page for its own only below its root. So the
 * sources are copied: the project stays as it was, and two builds do not meet.
 */
async function compileInto(work: string): Promise<void> {
  process.env['ASTRO_TELEMETRY_DISABLED'] = '1';
  const cwd = process.cwd();
  try {
    // An output folder outside the current one makes Astro put its intermediate code into the current one.
    process.chdir(work);
    const root = join(work, 'site');
    // A spec among the pages would be a page to Astro.
    cpSync(join(SITE_DIR, 'src'), join(root, 'src'), { recursive: true, filter: isSource });
    cpSync(join(SITE_DIR, 'builder', 'renderer.ts'), join(root, 'builder', 'renderer.ts'));
    cpSync(join(SITE_DIR, 'public'), join(root, 'public'), { recursive: true });
    linkModules(PROJECT_DIR, work);
    linkModules(SITE_DIR, root);
    await build({
      root,
      outDir: join(work, 'out'),
      cacheDir: join(work, 'cache'),
      configFile: false,
      logLevel: 'silent',
      output: 'server',
      trailingSlash: 'always',
      build: { format: 'directory', inlineStylesheets: 'never' },
      devToolbar: { enabled: false },
      adapter: rendererAdapter(join(root, 'builder', 'renderer.ts')),
      vite: {
        cacheDir: join(work, 'vite'),
        logLevel: 'error',
        // The compiled code runs where no package can be found: all of it is bundled.
        environments: {
          prerender: { resolve: { noExternal: true } },
          ssr: { resolve: { noExternal: true } },
        },
        // A script of its own each: the content security policy forbids inline ones.
        build: { assetsInlineLimit: 0 },
        worker: { format: 'es' },
      },
    });
  } finally {
    process.chdir(cwd);
  }
}

/** Astro's word for what a server runs on: ours is renderer.ts, which serves nobody and renders what it is asked to. */
function rendererAdapter(entry: string): AstroIntegration {
  return {
    name: 'mandate-pages',
    hooks: {
      'astro:config:done': ({ setAdapter }) =>
        setAdapter({
          name: 'mandate-pages',
          entrypointResolution: 'auto',
          serverEntrypoint: pathToFileURL(entry),
          supportedAstroFeatures: { serverOutput: 'stable', sharpImageService: 'stable' },
        }),
    },
  };
}

function linkModules(from: string, to: string): void {
  const modules = join(from, 'node_modules');
  // A junction needs no privilege on Windows; elsewhere the type is ignored.
  if (existsSync(modules)) symlinkSync(modules, join(to, 'node_modules'), 'junction');
}

/** Other processes may still render with one that was compiled from older sources. */
function removeUnused(cacheDir: string): void {
  for (const name of readdirSync(cacheDir)) {
    const path = join(cacheDir, name);
    const used = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
    if (Date.now() - used > UNUSED_MS) rmSync(path, { recursive: true, force: true });
  }
}
