/** Two lists, member by member. */
export interface MatchedMembers<T> {
  /** in the order of the new list; `before` absent: added */
  readonly present: readonly { readonly before: T | undefined; readonly after: T }[];
  readonly removed: readonly T[];
  /** whether those in both stand in another order */
  readonly isReordered: boolean;
}

/** Share of common pairs of characters from which two members without a common identity count as one, reworded. */
const ALIKE = 0.5;
/** Comparisons of every removed with every added member; beyond it a list was rewritten. */
const MAX_GUESSES = 2_500;

/**
 * Which member of the new list is which of the old: first those that are equal, then those with the same identity, in
 * their order, and last those whose wording is alike.
 *
 * @param identityOf undefined for a member that has none
 * @param textOf all it says, to compare wordings by
 */
export function matchMembers<T>(
  before: readonly T[],
  after: readonly T[],
  identityOf: (member: T) => string | undefined,
  textOf: (member: T) => string,
): MatchedMembers<T> {
  const old = new Set(before.keys());
  const found = new Map<number, number>();
  const pairBy = (sameOf: (member: T) => string | undefined): void => {
    const places = new Map<string, number[]>();
    for (const at of old) {
      const same = sameOf(indexed(before, at));
      if (same !== undefined) places.set(same, [...(places.get(same) ?? []), at]);
    }
    after.forEach((member, to) => {
      if (found.has(to)) return;
      const from = places.get(sameOf(member) ?? '')?.shift();
      if (from === undefined) return;
      found.set(to, from);
      old.delete(from);
    });
  };
  pairBy((member) => JSON.stringify(member));
  pairBy(identityOf);
  for (const [to, from] of alike(before, after, old, found, textOf)) {
    found.set(to, from);
    old.delete(from);
  }
  const kept = after.flatMap((_, to) => found.get(to) ?? []);
  return {
    present: after.map((member, to) => {
      const from = found.get(to);
      return { before: from === undefined ? undefined : before[from], after: member };
    }),
    removed: [...old].map((at) => indexed(before, at)),
    isReordered: kept.some((from, n) => n > 0 && from < (kept[n - 1] ?? 0)),
  };
}

function alike<T>(
  before: readonly T[],
  after: readonly T[],
  old: ReadonlySet<number>,
  found: ReadonlyMap<number, number>,
  textOf: (member: T) => string,
): (readonly [to: number, from: number])[] {
  const added = [...after.keys()].filter((to) => !found.has(to));
  if (added.length * old.size === 0 || added.length * old.size > MAX_GUESSES) return [];
  const pairsOf = (text: string): Set<string> =>
    new Set(
      Array.from({ length: Math.max(0, Math.min(text.length, 4_000) - 1) }, (_, n) => text.slice(n, n + 2)),
    );
  const olds = [...old].map((from) => ({ from, pairs: pairsOf(textOf(indexed(before, from))) }));
  const guesses = added.flatMap((to) => {
    const pairs = pairsOf(textOf(indexed(after, to)));
    return olds.map((one) => ({ to, from: one.from, share: sharedPart(pairs, one.pairs) }));
  });
  guesses.sort((a, b) => b.share - a.share || a.to - b.to || a.from - b.from);
  const [tos, froms] = [new Set<number>(), new Set<number>()];
  return guesses.flatMap(({ to, from, share }) => {
    if (share < ALIKE || tos.has(to) || froms.has(from)) return [];
    tos.add(to);
    froms.add(from);
    return [[to, from] as const];
  });
}

/** Dice's coefficient. */
function sharedPart(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size + b.size === 0) return 0;
  let common = 0;
  for (const pair of a) if (b.has(pair)) common++;
  return (2 * common) / (a.size + b.size);
}

/** The member at a place that the list itself gave. */
function indexed<T>(list: readonly T[], at: number): T {
  // The place comes from `keys()` of this very list.
  return list[at] as T;
}
