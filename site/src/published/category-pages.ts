import type { CategoryCode } from '@mandate/codes';
import { countByCategory } from './counts.ts';
import { getOrgans, type OrganRecord } from './organs.ts';
import { getSummaries, type ItemSummary } from './summaries.ts';

const ITEMS_PER_PAGE = 400;

export interface CategoryPage {
  readonly code: CategoryCode;
  readonly name: string;
  /** items of the whole category */
  readonly items: number;
  /** from 1 */
  readonly page: number;
  readonly pages: number;
  readonly groups: readonly { readonly organ: OrganRecord; readonly items: readonly ItemSummary[] }[];
}

/** All pages of all categories that have items; cancelled items stay out. */
export function getCategoryPages(): CategoryPage[] {
  return countByCategory()
    .filter(({ items }) => items > 0)
    .flatMap((category) => {
      const items = getOrgans().flatMap(({ key }) =>
        getSummaries(key).filter((item) => item.category === category.code && item.state !== 'cancelled'),
      );
      const pages = Math.max(1, Math.ceil(items.length / ITEMS_PER_PAGE));
      return Array.from({ length: pages }, (_, i) => ({
        ...category,
        page: i + 1,
        pages,
        groups: groupByOrgan(items.slice(i * ITEMS_PER_PAGE, (i + 1) * ITEMS_PER_PAGE)),
      }));
    });
}

export function categoryAddress(code: string, page: number): string {
  return page === 1 ? `/categories/${code}/` : `/categories/${code}/${page}/`;
}

function groupByOrgan(items: readonly ItemSummary[]): CategoryPage['groups'] {
  const groups = Map.groupBy(items, ({ organ }) => organ);
  return getOrgans().flatMap((organ) => {
    const own = groups.get(organ.key);
    return own ? [{ organ, items: own }] : [];
  });
}
