import { queryTerms, type Term } from './pairs.ts';

export interface Query {
  readonly text: string;
  /** full name of an organ, empty for all */
  readonly organ: string;
  /** name of a category, empty for all */
  readonly category: string;
}

export interface FoundItem {
  readonly address: string;
  readonly name: string;
  readonly organ: string;
  readonly category: string;
  readonly state: string;
}

export interface Found {
  readonly total: number;
  read(from: number, to: number): Promise<FoundItem[]>;
}

/** The part of Pagefind's own interface that is used here. */
interface Pagefind {
  createInstance(options: { language: string }): PagefindInstance;
}
interface PagefindInstance {
  search(text: string | null, options: { filters: Record<string, string> }): Promise<{ results: Result[] }>;
}
interface Result {
  readonly id: string;
  readonly score: number;
  data(): Promise<{ url: string; meta: Record<string, string> }>;
}

let instance: Promise<PagefindInstance> | undefined;

/**
 * Items that hold every term, best first.
 * @throws whatever the browser says when the index cannot be had; a later call tries anew
 */
export async function searchItems({ text, organ, category }: Query): Promise<Found> {
  instance ??= load();
  instance.catch(() => (instance = undefined));
  const pagefind = await instance;
  const filters = {
    ...(organ === '' ? {} : { organ }),
    ...(category === '' ? {} : { category }),
  };
  const search = async (words: string | null): Promise<Result[]> =>
    (await pagefind.search(words, { filters })).results;
  const terms = queryTerms(text);
  const results =
    terms.length === 0
      ? await search(null)
      : inAll(await Promise.all(terms.map((term) => search(spellTerm(term)))));
  return {
    total: results.length,
    read: async (from, to) => {
      const data = await Promise.all(results.slice(from, to).map((result) => result.data()));
      return data.map(({ url, meta }) => ({
        address: url,
        name: meta['title'] ?? '',
        organ: meta['organ'] ?? '',
        category: meta['category'] ?? '',
        state: meta['state'] ?? '',
      }));
    },
  };
}

/** Quotes ask Pagefind for just these words, side by side. */
function spellTerm({ words, exact }: Term): string {
  return exact ? `"${words}"` : words;
}

/** Pagefind alone would drop a word that is nowhere and show the rest. */
function inAll(lists: readonly Result[][]): Result[] {
  const [first = [], ...others] = lists;
  const scores = others.map((list) => new Map(list.map(({ id, score }) => [id, score])));
  return first
    .flatMap((result) => {
      const more = scores.map((known) => known.get(result.id));
      if (more.includes(undefined)) return [];
      return [{ result, score: more.reduce<number>((sum, one) => sum + (one ?? 0), result.score) }];
    })
    .sort((a, b) => b.score - a.score)
    .map(({ result }) => result);
}

async function load(): Promise<PagefindInstance> {
  // Not a module of ours: Pagefind writes it beside its index after the pages are built.
  const address = '/pagefind/pagefind.js';
  // A dynamic import has no type; the interface above says what is used of it.
  const pagefind = (await import(/* @vite-ignore */ address)) as Pagefind;
  return pagefind.createInstance({ language: 'und' });
}
