import { codesSay, likenessOf, nameLikeness, type Rarities, Rarity } from './power-likeness.ts';
import type { PowerFeatures } from './power-features.ts';
import { differsByASlip } from './slip-of-name.ts';

/** A found item that may be a listed one under another name. */
export interface PairProposal {
  /** index among the found ones */
  readonly found: number;
  /** what it may be, best first: indexes among the known ones, likeness 0 to 1 */
  readonly candidates: readonly { readonly known: number; readonly likeness: number }[];
  /**
   * `sure`: it is the first of them, and but for a slip of the pen nothing differs. `likely`: it is the first of them, if a
   * person says so. `open`: several are as alike, and nobody but a person knows which, or whether any.
   */
  readonly is: 'sure' | 'likely' | 'open';
  /** other found ones that are like its first candidate: one item may have become several */
  readonly rivals: readonly number[];
}

interface Edge {
  readonly found: number;
  readonly known: number;
  readonly likeness: number;
}

/** Entries of the index that are read for one found item, and candidates that are held against it. */
const MOST_READ = 2_000;
const MOST_COMPARED = 12;
const MOST_OFFERED = 3;
const MOST_BACKGROUND = 5_000;

/**
 * Which of the found items that no key and no name matched may be which of the listed ones that nothing in the files
 * matched. No listed item is taken twice. The cost grows with the number of items, not with its square.
 * @param all every item of the files and of the list, by which is seen what is common to all
 * @param onCompare called for each two that are held against each other
 */
export function pairItems(
  found: readonly PowerFeatures[],
  known: readonly PowerFeatures[],
  all: { readonly names: Iterable<ReadonlySet<string>>; readonly features: readonly PowerFeatures[] },
  onCompare: () => void = () => undefined,
): readonly PairProposal[] {
  if (found.length === 0 || known.length === 0) return [];
  const rarities = raritiesOf(all);
  const index = new Map<string, number[]>();
  known.forEach((features, n) => {
    for (const token of tokensOf(features)) {
      const places = index.get(token);
      if (places) places.push(n);
      else index.set(token, [n]);
    }
  });
  const edges: Edge[] = [];
  found.forEach((features, n) => {
    for (const candidate of candidatesOf(features, index)) {
      const other = known[candidate];
      if (other === undefined) continue;
      onCompare();
      const likeness = likenessOf(features, other, rarities);
      if (likeness > 0) edges.push({ found: n, known: candidate, likeness });
    }
  });
  return propose(edges, {
    isSure: sureJudge(found, known, { all: all.features, rarity: rarities.pairs }),
    isPart: partJudge(found, known, rarities.pairs),
  });
}

function raritiesOf(all: Parameters<typeof pairItems>[2]): Rarities {
  const [pairs, articles] = [new Rarity(), new Rarity()];
  let left = MOST_BACKGROUND;
  for (const name of all.names) {
    if ((left -= 1) < 0) break;
    pairs.add(name);
  }
  for (const features of all.features.slice(0, MOST_BACKGROUND)) articles.add(features.articles);
  return { pairs, articles };
}

function tokensOf({ pairs, articles, codes, words }: PowerFeatures): string[] {
  return [...pairs, ...articles, ...codes, words];
}

/** The listed ones that share the most with a found one, what few share counting most and read first. */
function candidatesOf(features: PowerFeatures, index: ReadonlyMap<string, readonly number[]>): number[] {
  const lists = tokensOf(features)
    .flatMap((token) => {
      const places = index.get(token);
      return places ? [places] : [];
    })
    .sort((a, b) => a.length - b.length);
  const votes = new Map<number, number>();
  let read = 0;
  for (const places of lists) {
    if (read > 0 && read + places.length > MOST_READ) break;
    const part = places.slice(0, MOST_READ);
    read += part.length;
    for (const place of part) votes.set(place, (votes.get(place) ?? 0) + 1 / places.length);
  }
  return [...votes]
    .sort(([a, x], [b, y]) => y - x || a - b)
    .slice(0, MOST_COMPARED)
    .map(([place]) => place);
}

interface Judges {
  readonly isSure: (edge: Edge) => boolean;
  /** whether the rival has of the whole what the best one lacks: a power that became two, or two that became one */
  readonly isPart: (best: Edge, rival: Edge) => boolean;
}

/** Best of both sides first; what has a rival as good is offered and not decided. */
function propose(edges: readonly Edge[], { isSure, isPart }: Judges): readonly PairProposal[] {
  const sorted = edges.toSorted((a, b) => b.likeness - a.likeness || a.found - b.found || a.known - b.known);
  const ofFound = Map.groupBy(sorted, ({ found }) => found);
  const ofKnown = Map.groupBy(sorted, ({ known }) => known);
  const pairs = new Map<number, Edge>();
  const taken = new Set<number>();
  const free = (edge: Edge): boolean => !pairs.has(edge.found) && !taken.has(edge.known);
  const first = (list: readonly Edge[] | undefined): Edge | undefined => list?.find(free);
  // Each pair that is made may leave another without its rival, so until none is.
  for (let made = -1; made !== pairs.size;) {
    made = pairs.size;
    for (const edge of sorted) {
      if (!free(edge)) continue;
      const [onFound, onKnown] = [ofFound.get(edge.found), ofKnown.get(edge.known)];
      if (first(onFound) !== edge || first(onKnown) !== edge) continue;
      const rivals = [onFound, onKnown].flatMap(
        (list) => list?.filter((one) => one !== edge && free(one)) ?? [],
      );
      if (rivals.some((rival) => isAsGood(rival, edge) || isPart(edge, rival))) continue;
      pairs.set(edge.found, edge);
      taken.add(edge.known);
    }
  }
  const proposals: PairProposal[] = [];
  for (const [found, list] of ofFound) {
    const pair = pairs.get(found);
    const others = list.filter((edge) => edge !== pair && !taken.has(edge.known));
    const offered = [...(pair ? [pair] : []), ...others].slice(0, MOST_OFFERED);
    const [best] = offered;
    if (best === undefined) continue;
    const rivals = (ofKnown.get(best.known) ?? []).flatMap((edge) =>
      edge.found === found ? [] : [edge.found],
    );
    const sure = pair !== undefined && list.length === 1 && rivals.length === 0 && isSure(pair);
    proposals.push({
      found,
      candidates: offered.map(({ known, likeness }) => ({ known, likeness })),
      is: sure ? 'sure' : pair === undefined ? 'open' : 'likely',
      rivals: rivals.slice(0, MOST_OFFERED),
    });
  }
  return proposals.sort((a, b) => a.found - b.found);
}

/** Of two that are nearly the same the difference counts by how far each is from being the same. */
function isAsGood(rival: Edge, best: Edge): boolean {
  return 1 - rival.likeness <= 1.25 * (1 - best.likeness) + 0.02;
}

function partJudge(
  found: readonly PowerFeatures[],
  known: readonly PowerFeatures[],
  rarity: Rarity,
): Judges['isPart'] {
  const NONE: ReadonlySet<string> = new Set();
  return (best, rival) => {
    const split = best.known === rival.known;
    const pairsAt = (side: readonly PowerFeatures[], n: number) => side[n]?.pairs ?? NONE;
    const whole = split ? pairsAt(known, best.known) : pairsAt(found, best.found);
    const [has, adds] = split
      ? [pairsAt(found, best.found), pairsAt(found, rival.found)]
      : [pairsAt(known, best.known), pairsAt(known, rival.known)];
    let [all, added] = [0, 0];
    for (const pair of whole) {
      all += rarity.of(pair);
      if (adds.has(pair) && !has.has(pair)) added += rarity.of(pair);
    }
    return added >= PART * all;
  };
}

const PART = 0.15;

/**
 * Whether nobody would doubt that two are one: they share a code that no other has, or say the same and no other does, and
 * the names differ by a slip of the pen at most. 设立 and 注销 of one thing stand on the same words: no slip.
 */
function sureJudge(
  found: readonly PowerFeatures[],
  known: readonly PowerFeatures[],
  { all, rarity }: { readonly all: readonly PowerFeatures[]; readonly rarity: Rarity },
): (edge: Edge) => boolean {
  const [words, codes, names] = [countOf(all, wordsIn), countOf(all, codesIn), countOf(all, namesIn)];
  const [oldWords, oldCodes] = [countOf(known, wordsIn), countOf(known, codesIn)];
  const once = (count: ReadonlyMap<string, number>, one: string): boolean => (count.get(one) ?? 0) <= 1;
  return (edge) => {
    const [now, before] = [found[edge.found], known[edge.known]];
    if (now === undefined || before === undefined) return false;
    const code = codesSay(now, before);
    if (code === 'other') return false;
    const own = [...now.codes].some(
      (one) => before.codes.has(one) && once(codes, one) && once(oldCodes, one),
    );
    const saysTheSame = now.words === before.words && now.words.length > 20;
    if (now.name === before.name && once(names, now.name) && saysTheSame) return true;
    if (now.category !== before.category) return false;
    if (own && saysTheSame && nameLikeness(now, before, rarity) >= NAMED_ALIKE) return true;
    const alone = once(words, now.words) && once(oldWords, now.words);
    return saysTheSame && (alone || own) && differsByASlip(before.name, now.name);
  };
}

const NAMED_ALIKE = 0.5;
const wordsIn = ({ words }: PowerFeatures): Iterable<string> => [words];
const codesIn = ({ codes }: PowerFeatures): Iterable<string> => codes;
const namesIn = ({ name }: PowerFeatures): Iterable<string> => [name];

function countOf(
  all: readonly PowerFeatures[],
  of: (features: PowerFeatures) => Iterable<string>,
): Map<string, number> {
  const counts = new Map<string, number>();
  for (const features of all) for (const one of of(features)) counts.set(one, (counts.get(one) ?? 0) + 1);
  return counts;
}
