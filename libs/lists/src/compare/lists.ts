import { endOfDay } from '../timeline.ts';
import { type ListedHistory, type ListedVersion, type ListMoment, versionAt } from './moments.ts';

/** An item that is not the same at both moments. */
export interface ListDifference<V extends ListedVersion = ListedVersion> {
  readonly key: string;
  /** the version of that moment; absent, or cancelled, where the item was not on the list */
  readonly before?: V;
  readonly after?: V;
  readonly isRenamed: boolean;
  /** entries that led from the one to the other, oldest first: why it changed */
  readonly steps: readonly V[];
}

/** A responsibility that one item handed to another (下放, 承接, 委托). */
export interface MovedResponsibility {
  readonly from: string;
  readonly to: string;
  readonly kind: 'delegated' | 'taken-over' | 'entrusted';
  /** the entry that says so */
  readonly index: number;
}

export interface ListComparison<V extends ListedVersion = ListedVersion> {
  readonly added: readonly ListDifference<V>[];
  /** on the list only at the later moment because it was first recorded between the two: no new power (formats §2.2) */
  readonly recorded: readonly ListDifference<V>[];
  readonly removed: readonly ListDifference<V>[];
  readonly changed: readonly ListDifference<V>[];
  /** their items are among the others too, where they changed */
  readonly moved: readonly MovedResponsibility[];
  /** items on the list, then and now */
  readonly before: number;
  readonly after: number;
  readonly unchanged: number;
}

/** Two states of a list. Cancelled items are not on it; an item whose content was redacted is. */
export function compareLists<V extends ListedVersion>(
  items: Iterable<ListedHistory<V>>,
  from: ListMoment,
  to: ListMoment,
): ListComparison<V> {
  const added: ListDifference<V>[] = [];
  const recorded: ListDifference<V>[] = [];
  const removed: ListDifference<V>[] = [];
  const changed: ListDifference<V>[] = [];
  const moved = new Map<string, MovedResponsibility>();
  const counts = { before: 0, after: 0, unchanged: 0 };
  for (const { key, versions } of items) {
    const [before, after] = [versionAt(versions, from), versionAt(versions, to)];
    const [was, is] = [isListed(before), isListed(after)];
    counts.before += Number(was);
    counts.after += Number(is);
    const steps = versions.filter((one) => playsPart(one, to) && !playsPart(one, from));
    for (const step of steps) {
      const move = moveOf(key, step);
      if (move && !moved.has(`${move.from} ${move.to}`)) moved.set(`${move.from} ${move.to}`, move);
    }
    if (!was && !is) continue;
    if (was && is && before?.blob === after?.blob) {
      counts.unchanged += 1;
      continue;
    }
    const isRenamed =
      was && is && before?.name !== undefined && after?.name !== undefined && before.name !== after.name;
    const difference = { key, ...(before && { before }), ...(after && { after }), isRenamed, steps };
    (was ? (is ? changed : removed) : isRecorded(difference) ? recorded : added).push(difference);
  }
  return { added, recorded, removed, changed, moved: [...moved.values()], ...counts };
}

function isListed(version: ListedVersion | undefined): boolean {
  return version !== undefined && version.state !== 'cancelled';
}

/** What was on the list before, and went, comes as new whatever the entry says. */
function isRecorded({ before, steps }: ListDifference): boolean {
  return before === undefined && steps[0]?.kind === 'recorded' && steps.every(isListed);
}

/** Whether an entry plays a part at a moment. */
function playsPart(version: ListedVersion, moment: ListMoment): boolean {
  switch (moment.kind) {
    case 'in-force':
      return version.effectiveDate <= moment.day;
    case 'listed':
      return version.time <= endOfDay(moment.day);
    case 'before':
      return version.index < moment.index;
  }
}

function moveOf(key: string, { kind, related, index }: ListedVersion): MovedResponsibility | undefined {
  if (related === undefined) return undefined;
  switch (kind) {
    case 'taken-over':
      return { from: related, to: key, kind, index };
    case 'delegated':
    case 'entrusted':
      return { from: key, to: related, kind, index };
    default:
      return undefined;
  }
}
