import { LEVELS, type Level } from '@mandate/lists';
import type { ItemSummary } from './summaries.ts';

/** Levels that the items name, from the top, with the number of items of each. */
export function levelsOf(items: readonly ItemSummary[]): { readonly level: Level; readonly items: number }[] {
  // Object.keys forgets the names; they are those of LEVELS.
  return (Object.keys(LEVELS) as Level[])
    .map((level) => ({ level, items: items.filter(({ levels }) => levels.includes(level)).length }))
    .filter(({ items: count }) => count > 0);
}
