import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CATEGORIES } from '@mandate/codes';
import type { AuthorityItem } from '@mandate/lists';
import { close, createIndex } from 'pagefind';
import { PublishedError } from '../src/published/errors.ts';
import { getItems } from '../src/published/items.ts';
import { getOrgans } from '../src/published/organs.ts';
import { itemAddress } from '../src/published/summaries.ts';
import { levelTexts, partTexts, subItemTexts } from '../src/text/item-text.ts';
import { indexWords, nameWords } from '../src/scripts/search/pairs.ts';

/** A language without a word list: the words are cut by us, see pairs.ts. */
const LANGUAGE = 'und';
/** Beyond this a legal text repeats itself; names, titles and articles come first. */
const MAX_TEXT_CHARS = 4_000;
const STATES = { 'in-force': '在用', suspended: '暂停', cancelled: '取消' } as const;

/** Records on their way to the indexer at once; it is a process of its own. */
const BATCH = 64;

export interface SearchIndex {
  readonly records: number;
  /** Writes `pagefind/`. */
  write(outDir: string): Promise<void>;
}

/** Indexes all items, one organ in memory at a time. */
export async function indexItems(): Promise<SearchIndex> {
  const { index, errors } = await createIndex({ forceLanguage: LANGUAGE });
  if (!index) throw new PublishedError('missing-file', `search index: ${errors.join(', ')}`);
  let records = 0;
  for (const { key, organ } of getOrgans()) {
    const items = [...getItems(key).values()].flatMap(({ number, current: { item } }) =>
      item ? [{ url: itemAddress({ organ: key, number }), content: page(item, organ.name) }] : [],
    );
    for (let i = 0; i < items.length; i += BATCH) {
      const added = await Promise.all(items.slice(i, i + BATCH).map((item) => index.addHTMLFile(item)));
      const failed = added.flatMap((one) => one.errors);
      if (failed.length > 0) throw new PublishedError('malformed-file', failed.join(', '));
    }
    records += items.length;
  }
  return {
    records,
    write: async (outDir) => {
      const written = await index.writeFiles({ outputPath: join(outDir, 'pagefind') });
      if (written.errors.length > 0) throw new PublishedError('missing-file', written.errors.join(', '));
      dropInterface(join(outDir, 'pagefind'));
      await close();
    },
  };
}

/** Pagefind also writes ready-made search boxes, half a megabyte that no page of ours loads. */
function dropInterface(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (/^pagefind-(?:.*ui|highlight)\.(?:js|css)$/.test(name)) rmSync(join(folder, name));
  }
}

function page(item: AuthorityItem, organ: string): string {
  const category = CATEGORIES[item.category];
  const facts = { title: item.name, organ, category, state: STATES[item.state] };
  const meta = Object.entries(facts).map(([name, value]) => span('meta', `${name}:${value}`));
  return [
    `<!doctype html><html lang="${LANGUAGE}"><head></head><body data-pagefind-body>`,
    // First, and alone at the beginning: the search ranks by how early in the name a term comes.
    `<p>${nameWords(item.name)}</p>`,
    `<p>${indexWords([item.name, category, organ].join('\n'))}</p>`,
    `<p>${indexWords(body(item))}</p>`,
    ...meta,
    span('filter', `organ:${organ}`),
    span('filter', `category:${category}`),
    '</body></html>',
  ].join('');
}

function span(kind: string, value: string): string {
  return `<span data-pagefind-${kind}="${escape(value)}"></span>`;
}

function body(item: AuthorityItem): string {
  // Titles and articles first: they are what is asked for, and the text is cut at the end.
  const titles = item.bases.map(({ title, articles }) => [title, ...articles].join(' '));
  return [...titles, ...levelTexts(item.levels), ...partTexts(item), ...item.subItems.flatMap(subItemTexts)]
    .join(' ')
    .slice(0, MAX_TEXT_CHARS);
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
