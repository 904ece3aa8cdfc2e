import { withoutBlanks } from '@mandate/lists';

/** An item as a workbook has it. */
export interface FoundItem {
  readonly sheet: string;
  readonly serial: string;
  readonly name: string;
  readonly category: string;
}

/** An item as it is listed, and where it was found the last time. */
export interface KnownItem {
  readonly key: string;
  readonly name: string;
  readonly category: string;
  readonly cancelled: boolean;
  readonly sheet?: string | undefined;
  readonly serial?: string | undefined;
}

const SIMILAR = 0.4;

/**
 * Which listed item each found one is, so that keys stay what they are: by category and name; what is left by its place
 * in the workbook, if it was only reworded; what is left by name alone, if it changed its category. The rest is new.
 * @returns the known item for each found one, in order
 */
export function matchItems(
  found: readonly FoundItem[],
  known: readonly KnownItem[],
): (KnownItem | undefined)[] {
  const matches = new Array<KnownItem | undefined>(found.length).fill(undefined);
  const free = new Set(known);
  const match = (keyOf: (item: FoundItem | KnownItem) => string, fits: Fits): void => {
    const byKey = new Map<string, KnownItem[]>();
    for (const item of free) byKey.set(keyOf(item), [...(byKey.get(keyOf(item)) ?? []), item]);
    found.forEach((item, n) => {
      if (matches[n] !== undefined) return;
      const candidates = (byKey.get(keyOf(item)) ?? []).filter(
        (other) => free.has(other) && fits(item, other),
      );
      // Of several with one name the one at the same place, then the one that is not cancelled, then the oldest.
      const [best] = candidates.toSorted(
        (a, b) =>
          Number(samePlace(item, b)) - Number(samePlace(item, a)) ||
          Number(a.cancelled) - Number(b.cancelled),
      );
      if (!best) return;
      matches[n] = best;
      free.delete(best);
    });
  };
  const byName = (item: FoundItem | KnownItem): string => withoutBlanks(item.name);
  const byCategoryAndName = (item: FoundItem | KnownItem): string => `${item.category} ${byName(item)}`;
  // First those at their old place: an equal name elsewhere must not take their key.
  match(byCategoryAndName, samePlace);
  match(byCategoryAndName, () => true);
  match(
    (item) => `${item.category}\n${item.sheet ?? ''}\n${item.serial ?? ''}`,
    (item, other) =>
      !other.cancelled && other.serial !== undefined && similarity(item.name, other.name) >= SIMILAR,
  );
  match(byName, (_item, other) => !other.cancelled);
  return matches;
}

type Fits = (item: FoundItem, other: KnownItem) => boolean;

function samePlace(item: FoundItem, other: KnownItem): boolean {
  return item.sheet === other.sheet && item.serial === other.serial;
}

/** Dice coefficient of the pairs of neighbouring characters: 1 for equal names, 0 for names with none in common. */
function similarity(a: string, b: string): number {
  const [pairsA, pairsB] = [pairs(a), pairs(b)];
  if (pairsA.size + pairsB.size === 0) return a === b ? 1 : 0;
  let common = 0;
  for (const pair of pairsA) if (pairsB.has(pair)) common += 1;
  return (2 * common) / (pairsA.size + pairsB.size);
}

function pairs(name: string): Set<string> {
  const chars = [...withoutBlanks(name)];
  return new Set(chars.slice(1).map((char, n) => `${chars[n] ?? ''}${char}`));
}
