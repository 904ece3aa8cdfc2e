// Pages from published files. See ../README.md for the variables and what is promised.
import { buildPages } from './build-pages.ts';
import { StaleFolderError } from './stale-folder.ts';
import { getSettings } from '../src/published/settings.ts';

// The registry may stop a build: what it leaves must not fill the temporary folder.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => process.exit(1));
try {
  const started = Date.now();
  const { files, rendered, added, changed, removed, search } = await buildPages(getSettings());
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const peak = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(
    `${files} pages, ${rendered} rendered, in ${seconds} s: ` +
      `${added} added, ${changed} changed, ${removed} removed; ${search} items in the search; peak ${peak} MiB`,
  );
} catch (error) {
  console.error(`site: ${error instanceof Error ? error.message : String(error)}`);
  // Not just the exit code: threads would go on.
  process.exit(error instanceof StaleFolderError ? 2 : 1);
}
