import { dayOf } from '../text/format.ts';
import { getItems } from './items.ts';
import { itemAddress, REDACTED_NAME } from './summaries.ts';

/** Entries an organ's list received on one day for one reason. */
export interface ChangeGroup {
  /** Beijing day */
  readonly day: string;
  readonly reason: string;
  readonly items: readonly { readonly name: string; readonly href: string; readonly kind: string }[];
}

/** The history of an organ's list, newest first. */
export function getOrganChanges(organ: string): ChangeGroup[] {
  const groups = new Map<
    string,
    { day: string; reason: string; last: number; items: ChangeGroup['items'][number][] }
  >();
  for (const history of getItems(organ).values()) {
    history.versions.forEach(({ index, entry, item }, position) => {
      const day = dayOf(entry.time);
      const id = `${day} ${entry.reason}`;
      const group = groups.get(id) ?? { day, reason: entry.reason, last: 0, items: [] };
      groups.set(id, group);
      group.last = Math.max(group.last, index);
      group.items.push({
        name: item?.name ?? REDACTED_NAME,
        href: `${itemAddress(history)}#entry-${index}`,
        kind: position === 0 ? '列入' : item?.state === 'cancelled' ? '取消' : '修改',
      });
    });
  }
  return [...groups.values()].sort((a, b) => b.last - a.last);
}
