import { join } from 'node:path';

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
    root: join(published, 'root'),
    pages: join(published, 'pages'),
    pointer: join(published, 'pages', 'current.json'),
    incoming: join(published, 'incoming'),
    exports: join(published, 'exports'),
    pageStates: join(published, 'page-states'),
    siteCache: join(published, 'site-cache'),
    format: join(published, 'records-format'),
    pulse: join(published, 'worker.json'),
    dataLock: join(published, 'data.lock'),
    pagesLock: join(published, 'pages.lock'),
  };
}
