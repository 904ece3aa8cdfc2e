// Pages from published files. See README.md for the variables and what is promised.
import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildPages } from './build/pages.ts';
import { indexItems } from './build/search-index.ts';
import { writeSitemap } from './build/sitemap.ts';
import { PublishedError } from './src/published/errors.ts';
import { getOrgans } from './src/published/organs.ts';
import { getRegistry } from './src/published/registry.ts';
import { getSettings, type Settings } from './src/published/settings.ts';

async function build({ outDir, publicUrl }: Settings): Promise<void> {
  if (existsSync(outDir) && readdirSync(outDir).length > 0) {
    throw new PublishedError('settings', `MANDATE_OUT_DIR is not empty: ${outDir}`);
  }
  // Before the minutes of work: an export that lacks its first files has no pages.
  getRegistry();
  getOrgans();
  mkdirSync(outDir, { recursive: true });
  const started = Date.now();
  // Side by side: the indexer is another process. It writes last, because Astro begins by emptying the folder.
  const [index, pages] = await Promise.all([
    indexItems(),
    buildPages(outDir, publicUrl).then((addresses) => ({ addresses, done: Date.now() })),
  ]);
  // formats.md §7: codes say HTTPS://HOST/V/#… in upper case, and paths are case-sensitive.
  cpSync(join(outDir, 'v'), join(outDir, 'V'), { recursive: true, force: true });
  writeSitemap(outDir, publicUrl, pages.addresses);
  await index.write(outDir);
  const seconds = (to: number): string => ((to - started) / 1000).toFixed(1);
  console.log(
    `${pages.addresses.length} pages in ${seconds(pages.done)} s, with ${index.records} items indexed in ${seconds(Date.now())} s`,
  );
}

try {
  await build(getSettings());
} catch (error) {
  console.error(`site: ${error instanceof Error ? error.message : String(error)}`);
  // Not just the exit code: the other half of the work would go on.
  process.exit(1);
}
