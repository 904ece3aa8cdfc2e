import {
  CHANGE_KINDS,
  compareItems,
  kindOf,
  shortenPieces,
  type ChangeKind,
  type FieldChange,
  type TextPiece,
} from '@mandate/lists';
import { findItemAddress } from '@mandate/published';
import type { ItemHistory, ItemVersion } from '../../published/items.ts';
import { versionAddress } from '../../published/summaries.ts';
import { KINDS_EN } from '../../text/english.ts';
import { recordedOf } from '../../text/recorded.ts';
import type { Words } from './part-view.ts';

export interface ChangeView {
  /** where it is, e.g. 申请材料“营业执照” › 复印件份数 */
  readonly place: Words;
  readonly pieces: readonly TextPiece[];
}

export interface StepView {
  readonly version: ItemVersion;
  readonly kind: Words;
  /** of what was first recorded: on which list, and when it was taken in */
  readonly recorded: Words | undefined;
  readonly isCurrent: boolean;
  readonly isScheduled: boolean;
  readonly href: string;
  /** absent for the first version and for one whose neighbour was redacted */
  readonly changes: readonly ChangeView[] | undefined;
  /** changes that are not shown here, for a page to stay small */
  readonly left: number;
  readonly isUnknown: boolean;
  readonly related: { readonly key: string; readonly href: string } | undefined;
}

/** Characters of redline on one page; what is beyond is told by number and stands on the comparison's page. */
const MAX_SHOWN = 5_000;

/** Every entry of an item with what it changed, newest first. Each is compared with the one that was in force before it. */
export function historyView(history: ItemHistory, day: string): StepView[] {
  const versions = history.versions.toSorted(byEffect);
  let room = MAX_SHOWN;
  const steps: StepView[] = [];
  for (const version of versions.toReversed()) {
    const before = versions[versions.indexOf(version) - 1];
    const [old, now] = [before?.item, version.item];
    const changes = old && now ? compareItems(old, now) : undefined;
    const shown: ChangeView[] = [];
    for (const change of changes ?? []) {
      const pieces = shortenPieces(change.pieces);
      const length = pieces.reduce((sum, { text }) => sum + text.length, 0);
      if (length > room) break;
      room -= length;
      shown.push({ place: placeOf(change), pieces });
    }
    const kind =
      version.entry.kind ?? kindOf(old?.state ?? (before ? 'in-force' : 'none'), now?.state ?? 'in-force');
    const { related } = version.entry;
    steps.push({
      version,
      kind: kindWords(kind),
      recorded: recordedOf(version.entry),
      isCurrent: version === history.current,
      isScheduled: version.entry.effectiveDate > day,
      href: versionAddress(history, version.index),
      changes: changes && shown,
      left: (changes?.length ?? 0) - shown.length,
      isUnknown: before !== undefined && !(old && now),
      related: related === undefined ? undefined : { key: related, href: findItemAddress(related) ?? '' },
    });
  }
  return steps;
}

/** The order in which versions come into force; of one day, the one listed later corrects the other. */
export function byEffect(a: ItemVersion, b: ItemVersion): number {
  if (a.entry.effectiveDate === b.entry.effectiveDate) return a.index - b.index;
  return a.entry.effectiveDate < b.entry.effectiveDate ? -1 : 1;
}

export function kindWords(kind: ChangeKind): Words {
  return { zh: CHANGE_KINDS[kind].name, en: KINDS_EN[kind] };
}

const VERBS: Readonly<Record<FieldChange['kind'], Words>> = {
  added: { zh: '新增', en: 'Added' },
  removed: { zh: '删去', en: 'Removed' },
  changed: { zh: '修改', en: 'Changed' },
  reordered: { zh: '调整顺序', en: 'Reordered' },
};

export function placeOf({ kind, name, english, within, member }: FieldChange): Words {
  const path = (language: 'name' | 'english', own: string): string =>
    [
      ...within.map((one) => `${one[language]}“${one.member}”`),
      member === undefined ? own : `${own}“${member}”`,
    ].join(' › ');
  const verb = VERBS[kind];
  return { zh: `${verb.zh} ${path('name', name)}`, en: `${verb.en}: ${path('english', english)}` };
}
