import { CHANGE_KINDS, type ChangeKind, type ItemState, kindLeads } from '@mandate/lists';
import { findItemKey } from '@mandate/published';
import type { Candidate } from './candidate.ts';
import { type Draft, REGISTRY_LIST } from './draft.ts';
import { DraftError } from './errors.ts';
import { DRAFT_REGISTERS } from './registers.ts';

/** Of what is wrong, as much as a person reads at once. */
export const MOST_NAMED = 20;

/** What may still be done with the items of an organ that is no more. */
export const ENDINGS: ReadonlySet<ChangeKind> = new Set(['cancelled', 'delegated', 'suspended']);

const HAND_OVERS: ReadonlySet<ChangeKind> = new Set([
  'delegated',
  'taken-over',
  'entrusted',
  'suspended',
  'resumed',
]);

const STATE_WORDS: Readonly<Record<ItemState | 'none', string>> = {
  none: '未列入',
  'in-force': '在用',
  suspended: '暂停',
  cancelled: '取消',
};

export interface Problem {
  readonly change: number;
  readonly code: 'invalid-change' | 'invalid-kind' | 'nothing-changed' | 'related-not-found';
  readonly message: string;
}

/** How the key of a change stands in the lists on the day from which the change is to hold. */
export interface ListedState {
  /** blob of its newest record */
  readonly blob: string;
  /** of that record, `YYYY-MM-DD` */
  readonly effectiveDate: string;
  readonly state: ItemState | 'none';
}

/** Only items get their keys from the registry: what names one that is not listed names nothing. */
export function unlistedProblem({ number, key, register }: Candidate): Problem | undefined {
  if (key === undefined || DRAFT_REGISTERS[register]?.keyFrom !== 'publication') return undefined;
  const message = `没有标识为 ${key} 的事项；新列入的事项不填标识，发布时自动编定。`;
  return { change: number, code: 'invalid-change', message };
}

/** What is wrong with a change, held against what is listed; `undefined` where nothing is. */
export function problemsOf(
  draft: Pick<Draft, 'list' | 'effectiveDate'>,
  change: Candidate,
  now: ListedState | undefined,
): readonly Problem[] {
  const { number, register, key, kind, content } = change;
  const problem = (code: Problem['code'], message: string): Problem => ({ change: number, code, message });
  const problems: Problem[] = [];
  const own = ownership(draft.list, change);
  if (own !== undefined) problems.push(problem('invalid-change', own));
  if (HAND_OVERS.has(kind) && DRAFT_REGISTERS[register]?.handsOver !== true)
    problems.push(problem('invalid-kind', `${CHANGE_KINDS[kind].name}只用于权力事项。`));
  const from = now?.state ?? 'none';
  // On a day before its first it finds nothing, however often it was listed since.
  if (kind === 'recorded' && now !== undefined)
    problems.push(
      problem(
        'invalid-kind',
        `“${content.name}”（${key ?? ''}）已经列入过，不能再作首次收录：改动写作变更，取消后重新列入写作新增。`,
      ),
    );
  else if (!kindLeads(kind, from, content.state)) {
    const message = `“${content.name}”的变更类型写作${CHANGE_KINDS[kind].name}，但到生效那天它${STATE_WORDS[from]}，改后${STATE_WORDS[content.state]}，两者不符。`;
    problems.push(problem('invalid-kind', message));
  }
  if (change.related !== undefined && [key, `#${number.toString()}`].includes(change.related))
    problems.push(problem('invalid-change', `“${content.name}”的对应事项写的是它自己，请写另一项的标识。`));
  const day = change.effectiveDate ?? draft.effectiveDate;
  const says = now !== undefined && now.blob === content.blob;
  if (says && (day === now.effectiveDate || (kind === 'changed' && day > now.effectiveDate)))
    problems.push(problem('nothing-changed', `“${content.name}”（${key ?? ''}）的内容与清单现有的相同。`));
  return problems;
}

/** Why a change has no place in a draft of this list. */
function ownership(list: string, { register, key, content }: Candidate): string | undefined {
  const given = DRAFT_REGISTERS[register]?.keyFrom === 'publication';
  if (given && key !== undefined && findItemKey(key)?.list !== content.list)
    return `事项 ${key} 不属于内容里写的机关 ${content.list}：事项的机关不能更改，划转请用下放和承接。`;
  if (content.key !== undefined && key !== content.key)
    return `标识 ${key ?? ''} 与内容中的 ${content.key} 不同。`;
  if (list === REGISTRY_LIST || content.list === list) return undefined;
  return `“${content.name}”属于清单 ${content.list}，不能放进清单 ${list} 的草稿。`;
}

/** @throws DraftError with the code of the first and the words of all, where there are any */
export function requireNoProblems(problems: readonly Problem[]): void {
  const [first] = problems;
  if (first === undefined) return;
  const named = problems.slice(0, MOST_NAMED);
  const words = named
    .slice(0, 5)
    .map(({ change, message }) => `第 ${change.toString()} 项：${message}`)
    .join('\n');
  const more = problems.length > 5 ? `\n……共 ${problems.length.toString()} 处。` : '';
  const told = named.map((problem) => ({ ...problem }));
  throw new DraftError(first.code, `${words}${more}`, { problems: told, count: problems.length });
}

/** @throws DraftError `no-changes`, or `related-not-found` where a change names one that the draft does not hold */
export function requireWhole(
  scope: Draft['scope'],
  changes: readonly Pick<Candidate, 'number' | 'related'>[],
): void {
  if (changes.length === 0 && scope === 'change')
    throw new DraftError('no-changes', '这份草稿还没有任何改动。');
  const numbers = new Set(changes.map(({ number }) => `#${number.toString()}`));
  for (const { number, related } of changes)
    if (related?.startsWith('#') === true && !numbers.has(related))
      throw new DraftError(
        'related-not-found',
        `第 ${number.toString()} 项的对应事项 ${related} 不在这份草稿中。`,
      );
}
