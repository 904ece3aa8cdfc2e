import type { ChangePair, Doubt } from './draft.ts';

const PAIR_DOUBTS: ReadonlySet<string> = new Set(['renamed', 'alike']);

/** The doubts of a change with what its pair leaves doubtful in place of what it left before. */
export function withPairDoubt(
  doubts: readonly Doubt[],
  pair: Pick<ChangePair, 'state' | 'candidates' | 'rivals'>,
  key: string | undefined,
): readonly Doubt[] {
  const others = doubts.filter(({ code }) => !PAIR_DOUBTS.has(code));
  const own = pairDoubt(pair, key);
  // What asks for an answer is read first.
  return own === undefined ? others : [own, ...others];
}

function pairDoubt(
  { state, candidates, rivals }: Pick<ChangePair, 'state' | 'candidates' | 'rivals'>,
  key: string | undefined,
): Doubt | undefined {
  if (state === 'apart') return undefined;
  const named = candidates.find((one) => one.key === key) ?? candidates[0];
  const before = `清单现有的“${shortened(named?.name ?? '')}”（${named?.key ?? ''}）`;
  const split =
    rivals.length === 0
      ? ''
      : `本次的“${rivals.map(shortened).join('”、“')}”也与它相近：可能是一项拆成了几项，只能有一项沿用它的标识。`;
  if (key !== undefined) {
    const word =
      state === 'asked'
        ? '与它相近，是否同一事项？请确认或分开。'
        : state === 'sure'
          ? '仅有笔误之差，已认作同一事项改了名称；如是另一事项，请分开。'
          : '已由编辑确认为同一事项改了名称。';
    return { code: 'renamed', message: `${before}${word}${state === 'same' ? '' : split}` };
  }
  const several =
    candidates.length === 1
      ? before
      : `清单现有的${candidates.map(({ key: one, name }) => `“${shortened(name)}”（${one}）`).join('、')}`;
  const merged = candidates.length > 1 ? '可能是几项并成了一项，只能沿用其中一项的标识。' : '';
  return {
    code: 'alike',
    message: `与${several}相近，是否其中一项？请指明，或确认都不是。${merged}${split}`,
  };
}

function shortened(name: string): string {
  const chars = [...name];
  return chars.length <= 60 ? name : `${chars.slice(0, 60).join('')}…`;
}

/** The reason of an entry where whoever imported the list gave none. @param word 列入, 修改 … */
export function sourceReason(word: string): string {
  return `按公布的清单${word}`;
}

/** The reason of a change that has become another kind: a person's own words stay. */
export function rewordReason(reason: string | undefined, word: '列入' | '修改'): string | undefined {
  const other = sourceReason(word === '列入' ? '修改' : '列入');
  return reason === other ? sourceReason(word) : reason;
}
