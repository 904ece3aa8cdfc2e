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
  /** places of the matching words in the page */
  readonly words: readonly number[];
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
      : inAll(await Promise.all(terms.map((term) => searchTerm(search, term))));
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

type Search = (words: string) => Promise<Result[]>;

interface Match {
  readonly result: Result;
  /** 0 where the name begins with the term, more the later it comes; NOT_IN_NAME when it is elsewhere */
  readonly place: number;
}
const NOT_IN_NAME = 10_000;

async function searchTerm(search: Search, { words, nameWords, exact }: Term): Promise<Match[]> {
  // Quotes ask Pagefind for just these words, side by side.
  const spell = (text: string): string => (exact ? `"${text}"` : text);
  const [all, inNames] = await Promise.all([search(spell(words)), search(spell(nameWords))]);
  // A page begins with its name, so the place in the page is the place in the name.
  const places = new Map(inNames.map(({ id, words: [first = 0] }) => [id, first]));
  return all.map((result) => ({ result, place: places.get(result.id) ?? NOT_IN_NAME }));
}

/**
 * The results that every term found, names first. Pagefind alone would drop a term that is nowhere and show the rest.
 * Equal ones keep the order of the lists.
 */
function inAll([first = [], ...others]: readonly Match[][]): Result[] {
  const places = others.map((list) => new Map(list.map(({ result, place }) => [result.id, place])));
  return first
    .flatMap(({ result, place }) => {
      const more = places.map((known) => known.get(result.id));
      if (more.includes(undefined)) return [];
      return [{ result, place: more.reduce<number>((sum, one) => sum + (one ?? 0), place) }];
    })
    .sort((a, b) => a.place - b.place)
    .map(({ result }) => result);
}

async function load(): Promise<PagefindInstance> {
  // Not a module of ours: Pagefind writes it beside its index after the pages are built.
  const address = '/pagefind/pagefind.js';
  // A dynamic import has no type; the interface above says what is used of it.
  const pagefind = (await import(/* @vite-ignore */ address)) as Pagefind;
  return pagefind.createInstance({ language: 'und' });
}
