/** What every such measure says. */
const COMMON = /禁止投资|须由中方控股|由中方控股|限于合资|的?建设、?经营/g;

/** How much two measures say alike, from 0 to 1, by their pairs of neighbouring characters. */
export function likenessOf(pairsA: ReadonlySet<string>, pairsB: ReadonlySet<string>): number {
  if (pairsA.size === 0 || pairsB.size === 0) return 0;
  let common = 0;
  for (const pair of pairsA) if (pairsB.has(pair)) common += 1;
  return (2 * common) / (pairsA.size + pairsB.size);
}

/** Pairs of neighbouring characters, without what all measures say. */
export function pairsIn(words: string): Set<string> {
  const chars = [...words.replace(COMMON, '')];
  return new Set(chars.slice(1).map((char, n) => `${chars[n] ?? ''}${char}`));
}
