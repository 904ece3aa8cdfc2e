import { join } from 'node:path';

/** Folder of `log/` and `data/`, as they are served, below a data folder. */
export function publishedRoot(dataDir: string): string {
  return join(dataDir, 'published', 'root');
}
