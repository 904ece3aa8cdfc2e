import { cutText } from '@mandate/encoding';
import type { ChangeKind, ItemState } from '@mandate/lists';
import type { Draft, MissingItem } from './draft.ts';
import { DraftError } from './errors.ts';

/** What can become of an item that is listed and no longer stands in the source. */
export const MISSING_DECISIONS = {
  undecided: '尚未决定',
  cancelled: '取消',
  moved: '划转',
  stays: '保留',
  /** a change of the draft is the same item under another name */
  renamed: '改名',
  /** a change of the draft words it anew, without the source */
  changed: '另行修改',
  /** another draft has cancelled it in the meantime */
  gone: '已取消',
  /** it was to stay as it was, and is no longer what it was */
  stale: '须重新决定',
} as const;
export type MissingState = keyof typeof MISSING_DECISIONS;

/** What a person may say of it; a rename is an answer to a pair. */
export const MISSING_CHOICES = ['cancelled', 'stays', 'moved', 'undecided'] as const;
export type MissingChoice = (typeof MISSING_CHOICES)[number];

/** The change of the draft to the key of a missing item. */
export interface MissingChange {
  readonly number: number;
  readonly kind: ChangeKind;
  readonly paired: boolean;
}

/** How it stands with a missing item. @param now its newest record */
export function missingState(
  { stays }: MissingItem,
  change: MissingChange | undefined,
  now: { readonly blob: string; readonly state: ItemState } | undefined,
): MissingState {
  if (change !== undefined) {
    if (change.kind === 'cancelled') return 'cancelled';
    if (change.kind === 'delegated') return 'moved';
    return change.paired ? 'renamed' : 'changed';
  }
  if (stays !== undefined) return stays.blob === now?.blob ? 'stays' : 'stale';
  return now === undefined || now.state === 'cancelled' ? 'gone' : 'undecided';
}

/** What of a draft waits for an answer. */
export interface OpenQuestions {
  readonly pairs: readonly { readonly number: number; readonly name: string }[];
  readonly missing: readonly MissingItem[];
  readonly stale: readonly MissingItem[];
}

/** @throws DraftError `stale` | `pairs-unanswered` | `missing-undecided` with how many, the first of them, and what to do */
export function requireAnswered(id: string, { pairs, missing, stale }: OpenQuestions): void {
  const told = {
    draft: id,
    pairs: pairs.length,
    missing: missing.length,
    changes: pairs.slice(0, MOST_TOLD).map(({ number }) => number),
    keys: [...stale, ...missing].slice(0, MOST_TOLD).map(({ key }) => key),
  };
  if (stale.length > 0)
    throw new DraftError(
      'stale',
      `${someOf(stale)}决定保留之后已被别人改动，原来的决定不再算数。请取回草稿，看过现在的内容，重新决定（npx mandate drafts missing ${id} --as <login>）。`,
      told,
    );
  if (pairs.length > 0)
    throw new DraftError(
      'pairs-unanswered',
      `${someOf(pairs)}与清单现有的事项相近，还没有答复是否同一事项。请逐项确认或分开：npx mandate drafts pairs ${id} --as <login> 列出对照，npx mandate drafts pair ${id} <第几项> --same --as <login> 确认，分开用 --part。`,
      told,
    );
  if (missing.length > 0)
    throw new DraftError(
      'missing-undecided',
      `清单现有、来源中已没有的${someOf(missing)}还没有决定。请逐项或一并决定：npx mandate drafts missing ${id} --cancel --all --as <login>；不是取消的用 --stays --reason <理由> 或 --moved-to <标识>，只决定几项的用 --keys <标识,…>；改了名称的用 npx mandate drafts pair ${id} <第几项> --same --with <标识> --as <login>。`,
      told,
    );
}

const MOST_TOLD = 20;

function someOf(items: readonly { readonly name: string }[]): string {
  const names = items.slice(0, 3).map(({ name }) => `“${[...name].slice(0, 40).join('')}”`);
  return items.length <= 3 ? names.join('、') : `${names.join('、')}等 ${items.length.toString()} 项`;
}

/** What an entry takes (formats §2.2), less what `entryReason` may add. */
const LONGEST_REASON = 730;

/**
 * The reason of an edition with what stays although its source no longer has it, and why: the edition binds those items
 * too, and whoever reads it is told. As much as an entry takes.
 */
export function editionReason(
  { reason, missing }: Pick<Draft, 'reason' | 'missing'>,
  staying: ReadonlySet<string>,
): string {
  const byReason = new Map<string, string[]>();
  for (const { key, name, stays } of missing)
    if (stays !== undefined && staying.has(key))
      byReason.set(stays.reason, [...(byReason.get(stays.reason) ?? []), name]);
  const parts = [...byReason].map(([why, names]) => {
    const named = names.slice(0, 5).map((name) => [...name].slice(0, 30).join(''));
    const more = names.length > named.length ? `等 ${names.length.toString()} 项` : '';
    return `${named.join('、')}${more}（${why}）`;
  });
  if (parts.length === 0) return reason;
  return cutText(`${reason}；来源中没有而仍保留：${parts.join('；')}`, LONGEST_REASON);
}
