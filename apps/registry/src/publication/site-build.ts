import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { childEnvironment } from '../config/child-environment.ts';
import { PROJECT_DIR } from '../config/config.ts';
import { PublicationError } from './publication.errors.ts';

export interface SiteBuildOptions {
  /** folder with `log/` and `data/` */
  readonly publishedDir: string;
  /** absent or empty, and complete only when the build has succeeded; or the pages that `stateDir` tells of */
  readonly outDir: string;
  readonly stateDir: string;
  readonly cacheDir: string;
  /** `YYYY-MM-DD`: what is in force on it is what pages say */
  readonly day: string;
  readonly publicUrl: string;
  readonly log: (line: string) => void;
}

/** What site/builder/build.ts ends with for pages of another version. */
const STALE = 2;

/** The site's own build (site/README.md) in a process of its own: it sees its variables and the pinned files. */
export class SiteBuild {
  /**
   * `stale` when the pages in the folder were made by another version of the site: nothing was touched, they have to be
   * built into a new folder. Rejects with PublicationError `pages-failed`.
   */
  readonly finished: Promise<'built' | 'stale'>;
  readonly #child: ChildProcess;

  constructor({ publishedDir, outDir, stateDir, cacheDir, day, publicUrl, log }: SiteBuildOptions) {
    const child = spawn(process.execPath, [join(PROJECT_DIR, 'site', 'builder', 'build.ts')], {
      cwd: PROJECT_DIR,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      env: childEnvironment({
        // The pages must not depend on where and how they are built.
        TZ: 'Asia/Shanghai',
        LC_ALL: 'C.UTF-8',
        NODE_ENV: 'production',
        ASTRO_TELEMETRY_DISABLED: '1',
        MANDATE_PUBLISHED_DIR: publishedDir,
        MANDATE_PUBLIC_URL: publicUrl,
        MANDATE_OUT_DIR: outDir,
        MANDATE_STATE_DIR: stateDir,
        MANDATE_CACHE_DIR: cacheDir,
        MANDATE_DAY: day,
      }),
    });
    this.#child = child;
    const lines: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        for (const line of text.split('\n').filter((one) => one.trim() !== '')) {
          lines.push(line);
          if (lines.length > 20) lines.shift();
          log(line);
        }
      });
    }
    this.finished = new Promise((resolve, reject) => {
      const fail = (reason: string): void =>
        reject(
          new PublicationError(
            'pages-failed',
            `网页生成失败（${reason}），仍提供上一次的网页。\n${lines.join('\n')}`,
          ),
        );
      child.once('error', (error) => fail(error.message));
      child.once('close', (code, signal) => {
        if (code === 0) resolve('built');
        else if (code === STALE) resolve('stale');
        else fail(signal ?? `退出码 ${code}`);
      });
    });
  }

  stop(): void {
    this.#child.kill('SIGTERM');
  }
}
