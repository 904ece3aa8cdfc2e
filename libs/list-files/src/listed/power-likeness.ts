import type { PowerFeatures } from './power-features.ts';

/** How much a feature says: what every power of a list has tells none from another. */
export class Rarity {
  readonly #counts = new Map<string, number>();
  #total = 0;

  /** @param features of one thing */
  add(features: Iterable<string>): void {
    this.#total += 1;
    for (const one of features) this.#counts.set(one, this.count(one) + 1);
  }

  count(feature: string): number {
    return this.#counts.get(feature) ?? 0;
  }

  /** Weight of a feature, more than 0; the rarer the more. */
  of(feature: string): number {
    return Math.log(1 + Math.max(1, this.#total) / Math.max(1, this.count(feature)));
  }

  /** From 0 for what all have to 1 for what one has. */
  tells(feature: string): number {
    if (this.#total < 2) return 0.5;
    return Math.log(this.#total / Math.max(1, this.count(feature))) / Math.log(this.#total);
  }
}

export interface Rarities {
  readonly pairs: Rarity;
  readonly articles: Rarity;
}

const WEIGHTS = { name: 0.5, basis: 0.3, duties: 0.1, office: 0.05, category: 0.05 } as const;
/** From here on it is asked whether two are one. */
const ALIKE = 0.55;
const NAME_ALIKE = 0.45;

/**
 * How alike two powers are, 0 to 1; 0 where nobody would ask whether they are one. What one of the two does not say speaks
 * neither for nor against.
 */
export function likenessOf(a: PowerFeatures, b: PowerFeatures, rarities: Rarities): number {
  const name = a.name === b.name ? 1 : nameLikeness(a, b, rarities.pairs);
  const articles = overlap(a.articles, b.articles, (one) => rarities.articles.of(one));
  const laws = overlap(a.laws, b.laws, () => 1);
  const basis = articles === undefined ? laws : laws === undefined ? articles : 0.75 * articles + 0.25 * laws;
  const shared = [...a.articles].filter((one) => b.articles.has(one));
  const telling = shared.reduce((most, one) => Math.max(most, rarities.articles.tells(one)), 0);
  // That two share what all share says little; that they share nothing says much.
  const basisWeight = WEIGHTS.basis * (shared.length === 0 ? 1 : 0.3 + 0.7 * telling);
  const judged: readonly (readonly [number, number | undefined])[] = [
    [WEIGHTS.name, name],
    [basisWeight, basis],
    [WEIGHTS.duties, overlap(a.duties, b.duties, () => 1)],
    [WEIGHTS.office, a.office.length > 1 && b.office.length > 1 ? Number(a.office === b.office) : undefined],
    [WEIGHTS.category, Number(a.category === b.category)],
  ];
  let [sum, weights] = [0, 0];
  for (const [weight, value] of judged) {
    if (value === undefined) continue;
    sum += weight * value;
    weights += weight;
  }
  const code = codesSay(a, b);
  const total = sum / weights + (code === 'same' ? 0.2 : code === 'other' ? -0.15 : 0);
  const sameGround = articles !== undefined && articles >= 0.6 && telling >= 0.6 && a.category === b.category;
  const asked = name >= NAME_ALIKE || code === 'same' || (sameGround && name > 0.1);
  return asked && total >= ALIKE ? Math.min(1, total) : 0;
}

/** Whether the codes of two powers say that they are one, or two. */
export function codesSay(a: PowerFeatures, b: PowerFeatures): 'same' | 'other' | 'nothing' {
  if ([...a.codes].some((code) => b.codes.has(code))) return 'same';
  const kinds = new Set([...a.codes].map((code) => code.split(' ', 1)[0]));
  return [...b.codes].some((code) => kinds.has(code.split(' ', 1)[0])) ? 'other' : 'nothing';
}

/** Rare pairs of characters weigh more; that one name lies within the other counts as much as how much they share. */
export function nameLikeness(a: PowerFeatures, b: PowerFeatures, rarity: Rarity): number {
  let [common, inA, inB] = [0, 0, 0];
  for (const pair of a.pairs) {
    const weight = rarity.of(pair);
    inA += weight;
    if (b.pairs.has(pair)) common += weight;
  }
  for (const pair of b.pairs) inB += rarity.of(pair);
  if (common === 0) return 0;
  return common / (inA + inB) + common / (2 * Math.min(inA, inB));
}

/** Twice what is shared over all there is; undefined where one of the two is empty. */
function overlap(
  a: ReadonlySet<string>,
  b: ReadonlySet<string>,
  weight: (one: string) => number,
): number | undefined {
  if (a.size === 0 || b.size === 0) return undefined;
  let [common, all] = [0, 0];
  for (const one of a) {
    all += weight(one);
    if (b.has(one)) common += weight(one);
  }
  for (const one of b) all += weight(one);
  return (2 * common) / all;
}
