import { CATEGORY_CODES, type CategoryCode } from '@mandate/codes';
import { remembered } from './reads.ts';
import { eachSummary } from './summaries.ts';

export interface TimeLimits {
  /** how many items in force have a pair of days */
  readonly points: readonly {
    readonly statutory: number;
    readonly promised: number;
    readonly items: number;
  }[];
  /** mean days by category, of items that state both */
  readonly categories: readonly {
    readonly code: CategoryCode;
    readonly statutory: number;
    readonly promised: number;
    readonly items: number;
  }[];
  readonly items: number;
  /** items that promise less than the statute allows, as much, and more */
  readonly shorter: number;
  readonly equal: number;
  readonly longer: number;
}

/** Promised against statutory time, of the items in force that state both in days. */
export const getTimeLimits = remembered(countTimeLimits);

function countTimeLimits(): TimeLimits {
  const points = new Map<string, { statutory: number; promised: number; items: number }>();
  const categories = new Map<CategoryCode, { statutory: number; promised: number; items: number }>();
  const counts = { items: 0, shorter: 0, equal: 0, longer: 0 };
  const add = <K>(
    map: Map<K, { statutory: number; promised: number; items: number }>,
    key: K,
    days: Days,
  ): void => {
    const sum = map.get(key) ?? { statutory: 0, promised: 0, items: 0 };
    map.set(key, sum);
    sum.items += 1;
    sum.statutory += days.statutory;
    sum.promised += days.promised;
  };
  for (const { state, category, statutoryDays, promisedDays } of eachSummary()) {
    if (state !== 'in-force' || statutoryDays === undefined || promisedDays === undefined) continue;
    const days = { statutory: statutoryDays, promised: promisedDays };
    counts.items += 1;
    if (promisedDays < statutoryDays) counts.shorter += 1;
    else if (promisedDays > statutoryDays) counts.longer += 1;
    else counts.equal += 1;
    add(points, `${statutoryDays} ${promisedDays}`, days);
    if (category !== undefined) add(categories, category, days);
  }
  return {
    ...counts,
    points: [...points.values()]
      .map(({ statutory, promised, items }) => ({
        statutory: statutory / items,
        promised: promised / items,
        items,
      }))
      .sort((a, b) => a.statutory - b.statutory || a.promised - b.promised),
    categories: CATEGORY_CODES.flatMap((code) => {
      const sum = categories.get(code);
      if (!sum) return [];
      const mean = (days: number): number => Math.round((10 * days) / sum.items) / 10;
      return [{ code, statutory: mean(sum.statutory), promised: mean(sum.promised), items: sum.items }];
    }),
  };
}

interface Days {
  readonly statutory: number;
  readonly promised: number;
}
