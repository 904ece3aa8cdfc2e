import { CATEGORIES, CATEGORY_CODES } from '@mandate/codes';
import { shardOf } from '../codec/shards.ts';
import type { IndexFiles, Lists } from './index-files.ts';
import { improve, noRanks, RANK, type Ranks } from './ranks.ts';
import { initialsTerms, spelledTerms, spokenTerms } from '../words/readings.ts';
import { characterTerm, codesOf, exactTerm, NAME_LISTS, ONLY_LIST, pairTerms } from '../words/terms.ts';

/** Terms looked up for one part of a query: enough to tell a name, and never more files than a page should load. */
const MOST_TERMS = 12;
const LATIN = /^[a-z]+$/;

/** Where one part of a query — a run of letters without a blank — is said. */
export interface PartMatches {
  readonly ranks: Ranks;
  /** terms of the part that a document has, of `terms` */
  readonly hits: Uint8Array;
  readonly terms: readonly number[];
}

/** Names, sub-items, bases, organs, categories and codes that hold the part. @throws SearchIndexError */
export async function matchPart(index: IndexFiles, run: string, signal: AbortSignal): Promise<PartMatches> {
  const codes = codesOf(run);
  const terms = codes.length === 1 ? codes.map(characterTerm) : some(pairTerms(run));
  const [lists, exact] = await Promise.all([
    index.lists('names', terms, signal),
    index.lists('exact', [exactTerm(run)], signal),
  ]);
  const { ranks, hits } = inLists(index, lists);
  matchAttributes(index, run, ranks);
  const whole = exact.at(0)?.at(ONLY_LIST);
  whole?.forEach((document) => (ranks[document] = RANK.exact));
  return { ranks, hits, terms };
}

/** Adds the documents that say the rest of the part in their text. @throws SearchIndexError */
export async function matchText(
  index: IndexFiles,
  { ranks, hits, terms }: PartMatches,
  run: string,
  signal: AbortSignal,
): Promise<void> {
  if (codesOf(run).length < 2) return;
  // A document's text lacks the terms that its name has: both together make the part.
  const all = hits.slice();
  for (const lists of await index.lists('text', terms, signal)) {
    lists[ONLY_LIST]?.forEach((document) => (all[document] = (all[document] ?? 0) + 1));
  }
  for (let document = 0; document < all.length; document += 1) {
    if (all[document] === terms.length && ranks[document] === RANK.none) ranks[document] = RANK.text;
  }
}

/** Names that sound like it: homophones, pinyin, initials of pinyin. @throws SearchIndexError */
export async function matchSound(index: IndexFiles, run: string, signal: AbortSignal): Promise<Ranks> {
  const ranks = noRanks(index.manifest.documents);
  const readings = await index.readings(signal);
  const spoken = spokenTerms(readings, run);
  const spelled = LATIN.test(run) ? spelledTerms(readings, run) : [];
  const ways = spoken ? [spoken] : spelled.length > 0 || !LATIN.test(run) ? spelled : [initialsTerms(run)];
  for (const way of ways) {
    if (way.length === 0) continue;
    const found = inLists(index, await index.lists('readings', some(way), signal)).ranks;
    improve(ranks, found, RANK.sound - RANK.start);
  }
  return ranks;
}

/** Names that hold most of it: a character wrong, missing, too many or in another place. @throws SearchIndexError */
export async function matchNear(
  index: IndexFiles,
  { hits, terms }: PartMatches,
  run: string,
  signal: AbortSignal,
): Promise<Ranks> {
  const ranks = noRanks(index.manifest.documents);
  const characters = some(codesOf(run).map(characterTerm));
  if (characters.length < 3) return ranks;
  const wrong = characters.length <= 6 ? 1 : 2;
  const held = new Uint8Array(ranks.length);
  for (const lists of await index.lists('names', characters, signal)) {
    for (const list of NAME_LISTS.name)
      lists[list]?.forEach((document) => (held[document] = (held[document] ?? 0) + 1));
  }
  // A wrong character takes two pairs with it, two that changed places three; one pair at least must stay.
  const fewest = Math.max(1, terms.length - 3 * wrong);
  for (let document = 0; document < held.length; document += 1) {
    const [lacking, pairs] = [characters.length - (held[document] ?? 0), hits[document] ?? 0];
    if (lacking > wrong || pairs < fewest) continue;
    ranks[document] = RANK.near + Math.min(99, lacking + terms.length - pairs);
  }
  return ranks;
}

/** Ranks of the documents that have all terms. */
function inLists(index: IndexFiles, lists: readonly Lists[]): { ranks: Ranks; hits: Uint8Array } {
  const { documents } = index.manifest;
  const hits = new Uint8Array(documents);
  const worst = new Uint8Array(documents);
  for (const places of lists) {
    for (let list = 1; list < places.length; list += 1) {
      places[list]?.forEach((document) => {
        hits[document] = (hits[document] ?? 0) + 1;
        if ((worst[document] ?? 0) < list) worst[document] = list;
      });
    }
  }
  const ranks = noRanks(documents);
  for (let document = 0; document < documents; document += 1) {
    if (hits[document] === lists.length && lists.length > 0) ranks[document] = rankOf(worst[document] ?? 0);
  }
  lists[0]?.[NAME_LISTS.start]?.forEach((document) => {
    const rank = ranks[document] ?? RANK.none;
    if (rank >= RANK.name && rank < RANK.part) ranks[document] = rank - RANK.name + RANK.start;
  });
  return { ranks, hits };
}

function rankOf(list: number): number {
  if (list === NAME_LISTS.part) return RANK.part;
  return list === NAME_LISTS.basis ? RANK.basis : RANK.name + list - 1;
}

/** Who names an organ or a whole category wants what is theirs. */
function matchAttributes({ manifest, columns }: IndexFiles, run: string, ranks: Ranks): void {
  const category = CATEGORY_CODES.findIndex((code) => CATEGORIES[code] === run) + 1;
  const organs = new Set(
    run.length < 3
      ? []
      : manifest.sources.flatMap(([, name], number) => (name.toLowerCase().includes(run) ? [number] : [])),
  );
  if (category === 0 && organs.size === 0) return;
  for (let document = 0; document < ranks.length; document += 1) {
    const own =
      (category !== 0 && columns.category[document] === category) ||
      (organs.size > 0 && organs.has(columns.source[document] ?? -1));
    if (own && (ranks[document] ?? 0) > RANK.attribute) ranks[document] = RANK.attribute;
  }
}

/**
 * At most so many different ones: the first, which tells beginnings, and others picked by a hash, so that a question that
 * grows keeps those it has and loads little more.
 */
function some(terms: readonly number[]): number[] {
  const [first, ...others] = new Set(terms);
  if (first === undefined || others.length < MOST_TERMS) return [...new Set(terms)];
  return [first, ...others.sort((a, b) => shardOf(a, 30) - shardOf(b, 30)).slice(0, MOST_TERMS - 1)];
}
