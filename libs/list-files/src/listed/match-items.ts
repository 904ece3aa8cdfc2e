import { foldText } from '@mandate/encoding';
import { withoutBlanks } from '@mandate/lists';

/** An item of a file, by what it is called and where it stands. */
export interface PlacedItem {
  readonly file: string;
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
  readonly file?: string | undefined;
  readonly sheet?: string | undefined;
  readonly serial?: string | undefined;
}

/**
 * Which listed item each found one is, so that keys stay what they are: by category and name; what is left by its place
 * in the workbook, if it was only reworded; what is left by name alone, if it changed its category. The rest is new.
 * @returns the known item for each found one, in order
 */
export function matchItems(
  found: readonly PlacedItem[],
  known: readonly KnownItem[],
): (KnownItem | undefined)[] {
  const matches = new Array<KnownItem | undefined>(found.length).fill(undefined);
  const free = new Set(known);
  const match = (keyOf: (item: PlacedItem | KnownItem) => string, fits: Fits): void => {
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
  const byName = (item: PlacedItem | KnownItem): string => foldText(item.name);
  const byCategoryAndName = (item: PlacedItem | KnownItem): string => `${item.category} ${byName(item)}`;
  // First those at their old place: an equal name elsewhere must not take their key.
  match(byCategoryAndName, samePlace);
  match(byCategoryAndName, () => true);
  match(
    (item) => [item.category, edition(item.file ?? ''), item.sheet ?? '', item.serial ?? ''].join('\n'),
    (item, other) => !other.cancelled && other.serial !== undefined && isReworded(item.name, other.name),
  );
  match(byName, (_item, other) => !other.cancelled);
  return matches;
}

type Fits = (item: PlacedItem, other: KnownItem) => boolean;

function samePlace(item: PlacedItem, other: KnownItem): boolean {
  return item.sheet === other.sheet && item.serial === other.serial;
}

/** A file's name but for what tells one year's edition from another's: 2025年…清单 (1).xlsx and 2026年…清单.xls are one. */
function edition(file: string): string {
  return withoutBlanks(file)
    .replace(/\.[A-Za-z]+$/, '')
    .replace(/[\d()（）_-]|附件|年版?|[：:]/g, '');
}

/** Whether one name can be the other reworded: most of the shorter one is in the longer, and not by chance. */
function isReworded(a: string, b: string): boolean {
  const [pairsA, pairsB] = [pairs(a), pairs(b)];
  if (pairsA.size === 0 || pairsB.size === 0) return false;
  let common = 0;
  for (const pair of pairsA) if (pairsB.has(pair)) common += 1;
  return (
    common / Math.min(pairsA.size, pairsB.size) >= 0.6 && (2 * common) / (pairsA.size + pairsB.size) >= 0.4
  );
}

/** Pairs of neighbouring characters, without what every penalty and inspection is called (对…的处罚). */
function pairs(name: string): Set<string> {
  const own = withoutBlanks(name)
    .replace(/^对/, '')
    .replace(/的?(?:行政)?(?:处罚|检查|监督检查|强制|确认|奖励|裁决|给付|征收|备案|监督)$/, '');
  const chars = [...own];
  return new Set(chars.slice(1).map((char, n) => `${chars[n] ?? ''}${char}`));
}
