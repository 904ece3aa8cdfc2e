import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { childEnvironment } from '../config/child-environment.ts';
import { PROJECT_DIR } from '../config/config.ts';
import { PublicationError } from './publication.errors.ts';

export interface SiteBuildOptions {
  /** folder with `log/` and `data/` */
  readonly publishedDir: string;
  /** absent or empty; complete only when the build has succeeded */
  readonly outDir: string;
  readonly publicUrl: string;
  readonly log: (line: string) => void;
}

/** The site's own build (site/README.md) in a process of its own: it sees three variables and the pinned files. */
export class SiteBuild {
  /** Rejects with PublicationError `pages-failed`. */
  readonly finished: Promise<void>;
  readonly #child: ChildProcess;

  constructor({ publishedDir, outDir, publicUrl, log }: SiteBuildOptions) {
    const child = spawn(process.execPath, [join(PROJECT_DIR, 'site', 'build.ts')], {
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
      child.once('close', (code, signal) => (code === 0 ? resolve() : fail(signal ?? `退出码 ${code}`)));
    });
  }

  stop(): void {
    this.#child.kill('SIGTERM');
  }
}
