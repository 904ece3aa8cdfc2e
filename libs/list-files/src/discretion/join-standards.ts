import { type AuthorityItem, type DiscretionStandard, withoutBlanks } from '@mandate/lists';
import { citationsIn, lawWords } from './citations.ts';

/** A penalty of an organ as it is listed. */
export interface ListedPenalty {
  readonly key: string;
  readonly item: Pick<AuthorityItem, 'name' | 'basisText' | 'bases' | 'levels' | 'subItems'>;
}

/** Which penalty a standard is of. */
export type JoinedStandard =
  | { readonly is: 'joined'; readonly key: string; readonly doubt?: string }
  /** several may be meant, or one that says something else: a person decides */
  | { readonly is: 'unclear'; readonly message: string }
  | { readonly is: 'none'; readonly near?: string };

/** Of a name and an article that agree, how alike the names must be; and without an article. */
const ALIKE_WITH_BASIS = 0.5;
const ALIKE_ALONE = 0.85;
/** How much liker the first must be than the second. */
const LEAD = 0.15;
const SHORT = 40;

interface Known {
  readonly key: string;
  readonly name: string;
  readonly words: string;
  readonly cited: ReadonlySet<string>;
  readonly laws: ReadonlySet<string>;
  readonly pairs: ReadonlySet<string>;
}

/** Standards → the listed penalty of each: the same name, else the same article of the same act and a name like it. */
export function joinStandards(
  standards: readonly DiscretionStandard[],
  penalties: readonly ListedPenalty[],
): JoinedStandard[] {
  const known = penalties.map(toKnown);
  const byWords = new Map<string, Known[]>();
  for (const one of known) byWords.set(one.words, [...(byWords.get(one.words) ?? []), one]);
  const places = placesOf(known);
  return standards.map((standard) =>
    join(standard, known, places, byWords.get(conductWords(standard.conduct)) ?? []),
  );
}

function join(
  { conduct, basis = '' }: DiscretionStandard,
  known: readonly Known[],
  places: ReadonlyMap<string, readonly number[]>,
  named: readonly Known[],
): JoinedStandard {
  const cited = citationsIn(basis);
  const laws = lawsOf(cited, basis);
  const agree = (one: Known): boolean => overlaps(one.cited, cited);
  const [only, ...more] = named;
  if (only && more.length === 0) {
    const differs = laws.size > 0 && only.laws.size > 0 && !overlaps(only.laws, laws);
    const doubt = `名称与“${short(only.name)}”相同，但处罚依据不是同一部法律法规，请核对。`;
    return { is: 'joined', key: only.key, ...(differs && { doubt }) };
  }
  if (only) {
    const agreeing = named.filter(agree);
    const [one, ...others] = agreeing;
    return one && others.length === 0
      ? { is: 'joined', key: one.key }
      : unclear(named, '名称相同的行政处罚有几项');
  }
  const ranked = likenesses(pairsIn(conductWords(conduct)), known, places)
    .map((likeness, n) => ({ one: known[n], likeness }))
    .flatMap(({ one, likeness }) => (one ? [{ one, likeness, agrees: agree(one) }] : []))
    .filter(({ likeness, agrees }) => agrees || likeness > 0)
    .toSorted((a, b) => b.likeness - a.likeness);
  const agreeing = ranked.filter(({ agrees, likeness: alike }) => agrees && alike >= ALIKE_WITH_BASIS);
  // Where several penalties rest on one article, only the name tells them apart: 伪造 is not 变造.
  const contested = ranked.filter(({ agrees }) => agrees).length > 1;
  const able = ranked.filter(({ likeness: alike, agrees, one }) =>
    agrees && !contested
      ? alike >= ALIKE_WITH_BASIS
      : alike >= ALIKE_ALONE && (agrees || laws.size === 0 || overlaps(one.laws, laws)),
  );
  const [first, second] = able;
  if (!first && agreeing.length > 0)
    return unclear(
      agreeing.map(({ one }) => one),
      '处罚依据的条款相同、文字不够相近',
    );
  if (!first) {
    const near = ranked[0] && ranked[0].likeness >= 0.3 ? ranked[0].one.name : undefined;
    return { is: 'none', ...(near !== undefined && { near: short(near) }) };
  }
  if (second && first.likeness - second.likeness < LEAD)
    return unclear([first.one, second.one], '依据和文字相近的行政处罚不止一项');
  const how = first.agrees ? '处罚依据的条款相同、文字相近' : '文字相近';
  return { is: 'joined', key: first.one.key, doubt: `按${how}对上“${short(first.one.name)}”，请核对。` };
}

function unclear(candidates: readonly Known[], why: string): JoinedStandard {
  const names = candidates.slice(0, 5).map(({ name, key }) => `“${short(name)}”（${key}）`);
  return { is: 'unclear', message: `${why}：${names.join('、')}，没有对上，请在草稿里指明。` };
}

function toKnown({ key, item }: ListedPenalty): Known {
  const parts = [item, ...item.levels, ...item.subItems];
  const texts = parts.flatMap(({ basisText, bases = [] }) => [
    basisText ?? '',
    ...bases.map(({ text }) => text),
  ]);
  const cited = new Set(texts.flatMap((text) => [...citationsIn(text)]));
  for (const { title, articles } of parts.flatMap(({ bases = [] }) => bases))
    if (title !== undefined)
      for (const one of citationsIn(`《${title}》${articles.join('、')}`)) cited.add(one);
  const words = conductWords(item.name);
  const titles = parts.flatMap(({ bases = [] }) =>
    bases.flatMap(({ title }) => (title === undefined ? [] : [lawWords(title)])),
  );
  return {
    key,
    name: item.name,
    words,
    cited,
    laws: new Set([...lawsOf(cited, ''), ...titles]),
    pairs: pairsIn(words),
  };
}

function lawsOf(cited: ReadonlySet<string>, text: string): Set<string> {
  const named = [...text.matchAll(/《([^《》]{2,100})》/gu)].map(([, title = '']) => lawWords(title));
  return new Set([...[...cited].map((one) => one.slice(0, one.lastIndexOf(' '))), ...named]);
}

function overlaps(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const one of a) if (b.has(one)) return true;
  return false;
}

/** What every penalty is called, taken off: 对…行为的行政处罚. */
function conductWords(name: string): string {
  return withoutBlanks(name.normalize('NFKC'))
    .replace(/^[\d.、()]+/u, '')
    .replace(/^对/u, '')
    .replace(/(?:的)?(?:行政)?(?:处罚|罚款)$/u, '')
    .replace(/(?:等)?(?:违法)?行为$/u, '')
    .replace(/的$/u, '')
    .replace(/[\p{P}]/gu, '');
}

function pairsIn(words: string): Set<string> {
  const chars = [...words];
  return new Set(chars.slice(1).map((char, n) => `${chars[n] ?? ''}${char}`));
}

/** In which names each pair stands: thousands of standards are held against thousands of names. */
function placesOf(known: readonly Known[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  known.forEach(({ pairs }, n) => {
    for (const pair of pairs) {
      const at = places.get(pair);
      if (at) at.push(n);
      else places.set(pair, [n]);
    }
  });
  return places;
}

/** How alike each name is to these pairs, from 0 to 1. */
function likenesses(
  pairs: ReadonlySet<string>,
  known: readonly Known[],
  places: ReadonlyMap<string, readonly number[]>,
): number[] {
  const common = new Array<number>(known.length).fill(0);
  for (const pair of pairs) for (const n of places.get(pair) ?? []) common[n] = (common[n] ?? 0) + 1;
  return known.map((one, n) => (2 * (common[n] ?? 0)) / Math.max(1, pairs.size + one.pairs.size));
}

function short(name: string): string {
  return name.length > SHORT ? `${name.slice(0, SHORT)}…` : name;
}
