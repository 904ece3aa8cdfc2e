import { dayOf } from '../text/format.ts';
import { getSummaries, itemAddress, REDACTED_NAME } from './summaries.ts';

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
  for (const summary of getSummaries(organ)) {
    summary.versions.forEach(({ index, time, reason, name, state }, position) => {
      const day = dayOf(time);
      const id = `${day} ${reason}`;
      const group = groups.get(id) ?? { day, reason, last: 0, items: [] };
      groups.set(id, group);
      group.last = Math.max(group.last, index);
      group.items.push({
        name: name ?? REDACTED_NAME,
        href: `${itemAddress(summary)}#entry-${index}`,
        kind: position === 0 ? '列入' : state === 'cancelled' ? '取消' : '修改',
      });
    });
  }
  return [...groups.values()].sort((a, b) => b.last - a.last);
}
