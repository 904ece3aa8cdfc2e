// How well a document answers, the lower the better: where it says what was asked for. Exact name, beginning of the name,
// name (short ones first in both), sub-item, organ or category, legal basis, other text; then what it is also called;
// then what sounds or looks alike.

export const RANK = {
  exact: 0,
  /** and the three after it, by length */
  start: 1,
  name: 5,
  part: 9,
  attribute: 10,
  basis: 11,
  text: 12,
  /** added to the rank of another word for it */
  meaning: 16,
  /** the first of eight: as spoken */
  sound: 32,
  /** and more for each thing that differs */
  near: 40,
  none: 255,
} as const;

export type Ranks = Uint8Array<ArrayBuffer>;

export function noRanks(documents: number): Ranks {
  return new Uint8Array(documents).fill(RANK.none);
}

/** Documents that answer every part, each as well as it does the worst. */
export function allOf([first, ...others]: readonly Ranks[], documents: number): Ranks {
  const all = first ? first.slice() : new Uint8Array(documents);
  for (const ranks of others) {
    for (let document = 0; document < documents; document += 1) {
      // The same length: every rank list has one of each document.
      const rank = ranks[document] ?? RANK.none;
      if (rank > (all[document] ?? 0)) all[document] = rank;
    }
  }
  return all;
}

/** Takes over what is better. @param shift added to each rank of `others` */
export function improve(ranks: Ranks, others: Ranks, shift = 0): void {
  for (let document = 0; document < ranks.length; document += 1) {
    const rank = others[document] ?? RANK.none;
    if (rank !== RANK.none && rank + shift < (ranks[document] ?? 0)) ranks[document] = rank + shift;
  }
}

/** @param worst only ranks up to it are counted */
export function countRanks(ranks: Ranks, worst: number): number {
  let count = 0;
  for (const rank of ranks) if (rank <= worst) count += 1;
  return count;
}
