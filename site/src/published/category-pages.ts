import { CATEGORIES, CATEGORY_CODES, type CategoryCode } from '@mandate/codes';
import type { ItemState } from '@mandate/lists';
import { digestOf, stateOn } from './files.ts';
import { findOrgan } from './organs.ts';
import { defineInput, recordRead, remembered, withoutRecording } from './reads.ts';
import { eachSummary, summaryFiles, type ItemSummary } from './summaries.ts';

const ITEMS_PER_PAGE = 400;

export interface CategoryPage {
  readonly code: CategoryCode;
  readonly name: string;
  /** items of the whole category */
  readonly items: number;
  /** from 1 */
  readonly page: number;
  readonly pages: number;
  readonly groups: readonly {
    readonly organ: string;
    readonly name: string;
    // No more than the page shows: whatever else changes in them does not change the page.
    readonly items: readonly ListedItem[];
  }[];
}

/** What a list says of an item. */
export interface ListedItem {
  readonly organ: string;
  readonly number: string;
  readonly name: string;
  readonly state: ItemState | undefined;
}

const byCategory = remembered((): ReadonlyMap<string | undefined, readonly ItemSummary[]> => {
  const listed = [...eachSummary()].filter(({ state }) => state !== 'cancelled');
  return Map.groupBy(listed, ({ category }) => category);
});

/** Items of all organs in a category, organ by organ; cancelled ones stay out. */
export function itemsOfCategory(code: CategoryCode): readonly ItemSummary[] {
  recordRead(`category:${code}`);
  return withoutRecording(byCategory).get(code) ?? [];
}

defineInput(
  'category',
  (code) => {
    const items = byCategory().get(code) ?? [];
    const names = [...new Set(items.map(({ organ }) => organ))].map((organ) => findOrgan(organ)?.organ.name);
    return stateOn(
      digestOf(JSON.stringify([items, names])),
      items.flatMap(({ versions }) => versions.map(({ effectiveDate }) => effectiveDate)),
    );
  },
  summaryFiles,
);

/** All pages of all categories that have items. */
export function getCategoryPages(): CategoryPage[] {
  return CATEGORY_CODES.flatMap((code) => {
    const items = itemsOfCategory(code);
    const pages = Math.ceil(items.length / ITEMS_PER_PAGE);
    return Array.from({ length: pages }, (_, at) => ({
      code,
      name: CATEGORIES[code],
      items: items.length,
      page: at + 1,
      pages,
      groups: groupByOrgan(items.slice(at * ITEMS_PER_PAGE, (at + 1) * ITEMS_PER_PAGE)),
    }));
  });
}

export function categoryAddress(code: string, page: number): string {
  return page === 1 ? `/categories/${code}/` : `/categories/${code}/${page}/`;
}

function groupByOrgan(items: readonly ItemSummary[]): CategoryPage['groups'] {
  return [...Map.groupBy(items, ({ organ }) => organ)].map(([organ, own]) => ({
    organ,
    name: findOrgan(organ)?.organ.name ?? organ,
    items: own.map(({ number, name, state }) => ({ organ, number, name, state })),
  }));
}
