import { ContentBlob, foldText } from '@mandate/encoding';
import type { AuthoritySource, FoundItem, FoundSheet } from '@mandate/list-files';
import type { AuthorityItem, ChangeKind } from '@mandate/lists';
import { type ChangePair, type NewDraftChange, withPairDoubt } from '@mandate/drafting';
import type { ItemHead } from '../lists/items.service.ts';
import type { Standing } from '../lists/standing.service.ts';
import type { DoubtfulItem, ItemChanges, MissingReport, ReclassifiedReport } from './import-report.ts';
import {
  type FoundPlace,
  kindBetween,
  type ListPlan,
  type PlanOptions,
  reasonOf,
  type SheetPlan,
  sheetPlans,
} from './list-plan.ts';

/** A found item with the listed one it is. */
export interface Matched {
  readonly source: AuthoritySource;
  readonly found: FoundItem;
  readonly before: ItemHead | undefined;
  /** which listed item it may be, where neither key nor name say so */
  readonly pair?: ChangePair | undefined;
}

type Doubts = readonly { readonly code: string; readonly message: string }[];

/** What became of a found item when it was held against what is listed; `item` is the item of the organ as found. */
export type Outcome = Matched &
  (
    | { readonly is: 'invalid'; readonly issue: string }
    | {
        readonly is: 'unchanged';
        readonly before: ItemHead;
        readonly item: AuthorityItem;
        /** how many of its bases are read as of another rank today */
        readonly reclassified: number;
      }
    | { readonly is: 'new'; readonly item: AuthorityItem; readonly doubts: Doubts }
    | {
        readonly is: 'changed';
        readonly before: ItemHead;
        readonly item: AuthorityItem;
        readonly doubts: Doubts;
        readonly reclassified: number;
        /** whether nothing but ranks of bases differs */
        readonly ranksOnly: boolean;
        /** completed by what is listed */
        readonly content: ContentBlob;
      }
  );
export type Change = Extract<Outcome, { is: 'new' | 'changed' }>;

export function isChange(outcome: Outcome): outcome is Change {
  return outcome.is === 'new' || outcome.is === 'changed';
}

export function countsOf(outcomes: readonly Outcome[]): ItemChanges {
  const count = (wanted: Outcome['is']): number => outcomes.filter(({ is }) => is === wanted).length;
  return { new: count('new'), changed: count('changed'), unchanged: count('unchanged') };
}

/** Absent where nothing is of another rank than listed. */
export function reclassifiedOf(outcomes: readonly Outcome[]): ReclassifiedReport | undefined {
  const found = outcomes.flatMap((outcome) =>
    (outcome.is === 'unchanged' || outcome.is === 'changed') && outcome.reclassified > 0
      ? [outcome.reclassified]
      : [],
  );
  return found.length === 0
    ? undefined
    : { items: found.length, bases: found.reduce((sum, one) => sum + one, 0) };
}

/** How much each sheet holds, and what on it cannot be an item. */
export function sheetsOf(
  sources: readonly AuthoritySource[],
  outcomes: readonly Outcome[],
): Map<FoundSheet, SheetPlan> {
  const plans = sheetPlans(sources);
  for (const outcome of outcomes) {
    const { source, found } = outcome;
    const sheet = source.sheets.find((one) => one.sheet === found.sheet);
    const plan = sheet && plans.get(sheet);
    if (!plan) continue;
    if (outcome.is === 'invalid') {
      const { serial, name, row } = found;
      const message = `序号 ${serial}“${name.slice(0, 60)}”不能作为事项登记，未导入：${outcome.issue}`;
      plan.issues.push({ row, code: 'invalid-item', message });
    } else count(plan, outcome.item);
  }
  return plans;
}

function count(plan: SheetPlan, item: AuthorityItem): void {
  plan.items += 1;
  plan.subItems += item.subItems.length;
  plan.levels += item.levels.length;
  for (const subItem of item.subItems) plan.levels += subItem.levels?.length ?? 0;
}

/** What the rows of an item leave doubtful, and what of it is not as it was listed. */
export function doubtsOf({ found, before, pair }: Matched, inRows: Doubts): Doubts {
  const doubts = pair === undefined ? inRows : withPairDoubt(inRows, pair, before?.key);
  if (before === undefined) return doubts;
  return [
    ...doubts,
    ...(before.category === found.category
      ? []
      : [
          {
            code: 'category-changed',
            message: `权力类型与清单现有的不同（${before.category} → ${found.category}）。`,
          },
        ]),
  ];
}

export function placesOf(outcomes: readonly Outcome[]): FoundPlace[] {
  return outcomes.flatMap((outcome) => {
    if (outcome.is !== 'unchanged') return [];
    const { source, found, before } = outcome;
    const { sheet, serial, row } = found;
    return [{ key: before.key, file: source.file, sheet, serial, row }];
  });
}

export function doubtfulOf(changes: readonly Change[]): DoubtfulItem[] {
  return changes
    .filter(({ doubts }) => doubts.length > 0)
    .map(({ source, found: { sheet, row, name }, doubts }) => ({
      file: source.file,
      sheet,
      row,
      name,
      doubts,
    }));
}

/** Names in rows that could not be read. */
export function unreadOf(sources: readonly AuthoritySource[]): ReadonlySet<string> {
  return new Set(sources.flatMap((source) => source.unread.map(foldText)));
}

/** What is taken for a listed item under another name, and what several may be. */
export function pairsOf(organ: string, outcomes: readonly Outcome[]): ListPlan['pairs'] {
  const paired: MissingReport[] = [];
  const offered = new Set<string>();
  let asked = 0;
  for (const { pair, before } of outcomes) {
    if (pair === undefined) continue;
    if (pair.state === 'asked') asked += 1;
    if (before !== undefined) paired.push({ key: before.key, organ, name: before.name });
    else for (const { key } of pair.candidates) offered.add(key);
  }
  return { paired, offered, asked };
}

/** Listed items that stand in none of the files, nor in rows that could not be read. */
export function missingOf(
  organ: string,
  heads: readonly ItemHead[],
  outcomes: readonly Outcome[],
  sources: readonly AuthoritySource[],
): MissingReport[] {
  const held = new Set(outcomes.map(({ before }) => before?.key));
  const unread = unreadOf(sources);
  return heads
    .filter(({ key, state, name }) => state !== 'cancelled' && !held.has(key) && !unread.has(foldText(name)))
    .map(({ key, name }) => ({ key, organ, name }));
}

const KIND_WORDS: Readonly<Partial<Record<ChangeKind, string>>> = {
  recorded: '首次收录',
  cancelled: '取消',
  suspended: '暂停',
  resumed: '恢复',
};

/** What is new is canonicalised only here, one by one. */
export function toDraftChange(
  change: Change,
  standings: ReadonlyMap<string, Standing>,
  { reason, recorded }: PlanOptions,
): NewDraftChange {
  const { source, found, before, doubts, pair } = change;
  const content = change.is === 'changed' ? change.content : ContentBlob.of(change.item);
  // Of register authority-item, so an object with its state.
  const { state } = content.value as { state: AuthorityItem['state'] };
  const from = before ? (standings.get(before.key)?.state ?? 'none') : 'none';
  // What was listed once and holds no more is listed anew.
  const kind = kindBetween(from, state, recorded && before === undefined);
  const ranksOnly = change.is === 'changed' && change.ranksOnly;
  const added = before ? '重新列入' : '列入';
  const word = ranksOnly ? '重新归类依据' : kind === 'added' ? added : (KIND_WORDS[kind] ?? '修改');
  return {
    register: 'authority-item',
    ...(before && { key: before.key, baseBlob: before.blob }),
    kind,
    value: content.value,
    content,
    reason: reasonOf(reason, word),
    place: { file: source.file, sheet: found.sheet, row: found.row, serial: found.serial },
    ...(doubts.length > 0 && { doubts }),
    ...(pair !== undefined && { pair }),
  };
}
