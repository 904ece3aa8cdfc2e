import { join } from 'node:path';
import { publishedRoot } from '../files/published-root.ts';

/** Where a registry keeps what it publishes, below its data folder. */
export interface PublishedPaths {
  /** `log/` and `data/`, as they are served */
  readonly root: string;
  /** one folder for each built release of the pages */
  readonly pages: string;
  /** names the release that is served */
  readonly pointer: string;
  /** files on their way to `root`; the same file system, so that a rename moves them */
  readonly incoming: string;
  /** second names of the files of `root` while a backup copies them */
  readonly backup: string;
  /** pinned exports that pages are built from */
  readonly exports: string;
  /** one folder for each release: what its pages were made of, so that the next build renders only what has changed */
  readonly pageStates: string;
  /** the site, compiled */
  readonly siteCache: string;
  /** in which form the records in `root` were written: see `RECORDS_FORMAT` */
  readonly format: string;
  /** the worker's sign of life */
  readonly pulse: string;
  readonly dataLock: string;
  readonly pagesLock: string;
}

export function publishedPaths(dataDir: string): PublishedPaths {
  const published = join(dataDir, 'published');
  return {
    root: publishedRoot(dataDir),
    pages: join(published, 'pages'),
    pointer: join(published, 'pages', 'current.json'),
    incoming: join(published, 'incoming'),
    backup: join(published, 'backup'),
    exports: join(published, 'exports'),
    pageStates: join(published, 'page-states'),
    siteCache: join(published, 'site-cache'),
    format: join(published, 'records-format'),
    pulse: join(published, 'worker.json'),
    dataLock: join(published, 'data.lock'),
    pagesLock: join(published, 'pages.lock'),
  };
}
