import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Config } from '../config/config.ts';
import { pinTree, syncTree } from './file-tree.ts';
import { PublicationError } from './publication.errors.ts';
import { withPublishedLock } from './published-lock.ts';
import { type PublishedPaths, publishedPaths } from './published-paths.ts';
import { findPointer, type ReleasePointer, writePointer } from './release-pointer.ts';
import { RegistryFileSchema } from './records.ts';
import { SiteBuild } from './site-build.ts';

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

  /** Whether the pages served now were built from the newest published state of the lists. */
  async isCurrent(): Promise<boolean> {
    const pointer = await findPointer(this.paths);
    if (pointer === undefined) return false;
    const lists = await this.publishedLists(this.paths.root).catch(() => undefined);
    return lists !== undefined && lists.size === pointer.lists.size && lists.root === pointer.lists.root;
  }

  /**
   * Builds the pages from a pinned copy of the data files and switches to them in one step. Until then, and whatever
   * goes wrong, the release before is served.
   * @param log receives the lines the build prints
   * @throws PublicationError `pages-failed`
   */
  async publishPages(log: (line: string) => void = () => undefined): Promise<ReleasePointer> {
    return withPublishedLock(this.paths.pagesLock, async () => {
      await this.removeOthers();
      try {
        return await this.buildRelease(log);
      } finally {
        await this.removeOthers();
      }
    });
  }

  private async buildRelease(log: (line: string) => void): Promise<ReleasePointer> {
    await this.publishedLists(this.paths.root);
    const pinned = join(this.paths.exports, randomBytes(8).toString('hex'));
    // Only while the names are taken over must no file be replaced.
    await withPublishedLock(this.paths.dataLock, () => pinTree(this.paths.root, pinned));
    const lists = await this.publishedLists(pinned);
    const release = `${lists.size}-${randomBytes(4).toString('hex')}`;
    const output = join(this.paths.pages, release);
    await this.run(pinned, output, log);
    await syncTree(output);
    const before = await findPointer(this.paths);
    const pointer: ReleasePointer = {
      release,
      lists,
      ...(before === undefined ? {} : { previous: before.release }),
    };
    await writePointer(this.paths, pointer);
    return pointer;
  }

  private async run(publishedDir: string, outDir: string, log: (line: string) => void): Promise<void> {
    this.build = new SiteBuild({ publishedDir, outDir, publicUrl: this.config.publicUrl, log });
    try {
      await this.build.finished;
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
    for (const found of await readdir(this.paths.pages, { withFileTypes: true })) {
      if (!found.isDirectory() || found.name === pointer?.release || found.name === pointer?.previous)
        continue;
      await rm(join(this.paths.pages, found.name), { recursive: true, force: true });
    }
  }

  private async publishedLists(root: string): Promise<ReleasePointer['lists']> {
    try {
      const { lists } = RegistryFileSchema.parse(
        JSON.parse(await readFile(join(root, 'data/registry.json'), 'utf8')),
      ).logs;
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
