import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { chinaDay } from '@mandate/certificate';
import { parseRegistryFile, REGISTRY_PATH } from '@mandate/published';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { z } from 'zod';
import { Config } from '../config/config.ts';
import { pinData } from './file-tree.ts';
import { PublicationError } from './publication.errors.ts';
import { withPublishedLock } from './published-lock.ts';
import { type PublishedPaths, publishedPaths } from './published-paths.ts';
import { findPointer, type ReleasePointer, writePointer } from './release-pointer.ts';
import { SiteBuild } from './site-build.ts';

/** What is asked of the state that the site's build leaves. */
const BuiltStateSchema = z.object({ nextDay: z.string().optional() });

/** Published data files → pages. The data files must be there. */
@Injectable()
export class PagesService implements OnModuleDestroy {
  private readonly paths: PublishedPaths;
  private build: SiteBuild | undefined;

  constructor(private readonly config: Config) {
    this.paths = publishedPaths(config.dataDir);
  }

  /** No site build outlives its registry. */
  onModuleDestroy(): void {
    this.build?.stop();
  }

  /** Whether any pages are served, be they of an older state of the lists. */
  async isPublished(): Promise<boolean> {
    return (await findPointer(this.paths)) !== undefined;
  }

  /** Whether the pages served now say what the newest published state of the lists says of a day. */
  async isCurrent(day = chinaDay(new Date())): Promise<boolean> {
    const pointer = await findPointer(this.paths);
    if (pointer === undefined) return false;
    // A scheduled entry comes into force though nothing is published on that day.
    if (pointer.nextDay !== undefined && pointer.nextDay <= day) return false;
    const lists = await this.publishedLists(this.paths.root).catch(() => undefined);
    return lists !== undefined && lists.size === pointer.lists.size && lists.root === pointer.lists.root;
  }

  /**
   * Brings the pages to a pinned copy of the data files. Where the site is the one that made the pages which are served,
   * those that say something else now are replaced one by one, in an order in which no page leads to one that is not
   * there. Else all are built into a new folder and switched to in one step.
   * @param log receives the lines the build prints
   * @param day what is in force on it is what pages say
   * @throws PublicationError `pages-failed`; what was served before still is
   */
  async publishPages(
    log: (line: string) => void = () => undefined,
    day = chinaDay(new Date()),
  ): Promise<ReleasePointer> {
    return withPublishedLock(this.paths.pagesLock, async () => {
      await this.removeOthers();
      try {
        return await this.buildPinned(day, log);
      } finally {
        await this.removeOthers();
      }
    });
  }

  private async buildPinned(day: string, log: (line: string) => void): Promise<ReleasePointer> {
    await this.publishedLists(this.paths.root);
    const pinned = join(this.paths.exports, randomBytes(8).toString('hex'));
    // Only while the names are taken over must no file be replaced.
    await withPublishedLock(this.paths.dataLock, () => pinData(this.paths.root, pinned));
    const lists = await this.publishedLists(pinned);
    const before = await findPointer(this.paths);
    if (before !== undefined && (await this.run(pinned, before.release, day, log)) === 'built') {
      return this.point({ release: before.release, lists, previous: before.previous });
    }
    const release = `${lists.size}-${randomBytes(4).toString('hex')}`;
    await this.run(pinned, release, day, log);
    return this.point({ release, lists, previous: before?.release });
  }

  private async point(value: {
    release: string;
    lists: ReleasePointer['lists'];
    previous: string | undefined;
  }): Promise<ReleasePointer> {
    const { release, lists, previous } = value;
    const nextDay = await this.nextDay(release);
    const pointer: ReleasePointer = {
      release,
      lists,
      ...(previous === undefined ? {} : { previous }),
      ...(nextDay === undefined ? {} : { nextDay }),
    };
    await writePointer(this.paths, pointer);
    return pointer;
  }

  private async nextDay(release: string): Promise<string | undefined> {
    const path = join(this.paths.pageStates, release, 'pages.json');
    return BuiltStateSchema.parse(JSON.parse(await readFile(path, 'utf8'))).nextDay;
  }

  private async run(
    publishedDir: string,
    release: string,
    day: string,
    log: (line: string) => void,
  ): Promise<'built' | 'stale'> {
    this.build = new SiteBuild({
      publishedDir,
      outDir: join(this.paths.pages, release),
      stateDir: join(this.paths.pageStates, release),
      cacheDir: this.paths.siteCache,
      day,
      publicUrl: this.config.publicUrl,
      log,
    });
    try {
      return await this.build.finished;
    } finally {
      this.build = undefined;
    }
  }

  /** Everything but the release that is served and the one before: unfinished ones too, and pins of dead processes. */
  private async removeOthers(): Promise<void> {
    const pointer = await findPointer(this.paths);
    await rm(this.paths.exports, { recursive: true, force: true });
    await mkdir(this.paths.exports, { recursive: true });
    await mkdir(this.paths.pages, { recursive: true });
    await mkdir(this.paths.pageStates, { recursive: true });
    for (const found of await readdir(this.paths.pages, { withFileTypes: true })) {
      if (!found.isDirectory() || found.name === pointer?.release || found.name === pointer?.previous)
        continue;
      await rm(join(this.paths.pages, found.name), { recursive: true, force: true });
    }
    for (const name of await readdir(this.paths.pageStates)) {
      if (name === pointer?.release) continue;
      await rm(join(this.paths.pageStates, name), { recursive: true, force: true });
    }
  }

  private async publishedLists(root: string): Promise<ReleasePointer['lists']> {
    try {
      const { lists } = parseRegistryFile(await readFile(join(root, REGISTRY_PATH))).logs;
      return { size: lists.size, root: lists.root };
    } catch (cause) {
      throw new PublicationError(
        'pages-failed',
        '还没有已发布的数据文件，不能生成网页。请先运行 npx mandate publish --data-only。',
        { cause },
      );
    }
  }
}
