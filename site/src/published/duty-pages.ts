import { organPaths, type OrganRecord } from './organs.ts';
import { getSummaries, type ItemSummary } from './summaries.ts';

const ITEMS_PER_PAGE = 50;

/** A part of an organ's responsibility list: long texts, so few items a page. */
export interface DutyPage {
  readonly record: OrganRecord;
  /** from 1 */
  readonly page: number;
  readonly pages: number;
  /** that are not cancelled, of this page */
  readonly items: readonly ItemSummary[];
}

export function getDutyPages(): DutyPage[] {
  return organPaths((record) => {
    const items = getSummaries(record.key).filter(({ state }) => state !== 'cancelled');
    const pages = Math.max(1, Math.ceil(items.length / ITEMS_PER_PAGE));
    return Array.from({ length: pages }, (_, at) => ({
      record,
      page: at + 1,
      pages,
      items: items.slice(at * ITEMS_PER_PAGE, (at + 1) * ITEMS_PER_PAGE),
    }));
  });
}

export function dutiesAddress(organ: string, page: number): string {
  return `/organs/${organ}/duties/${page === 1 ? '' : `${page}/`}`;
}
