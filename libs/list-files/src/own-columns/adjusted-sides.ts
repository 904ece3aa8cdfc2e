import { withoutBlanks } from '@mandate/lists';
import type { WarningCode } from '../list-warning.ts';
import { shorten } from '../table-cells.ts';
import { plainWords } from './vocabulary/find-field.ts';

/** Of a table that says what a list was and what it becomes. */
export type Side = 'before' | 'after';

const ACT = '(?:调整|修改|修订|修正|变更|更改|清理|优化|规范)';
/** 原编码 beside a code is of the item; 原事项名称 beside 现事项名称 is what it was. */
const OF_WHAT = '(?=事项|项目|权力|权责|职权|行政|许可|处罚|名称|类型|类别|设定|实施|行使|依据|内容|序号)';
const SIDES: readonly (readonly [RegExp, Side])[] = [
  [new RegExp(`^(?:${ACT}(?:以)?前的?|原有?${OF_WHAT})`), 'before'],
  [new RegExp(`^(?:${ACT}(?:以|之)?后的?|现有?${OF_WHAT})`), 'after'],
];
const IN_BRACKETS: readonly (readonly [RegExp, Side])[] = [
  [new RegExp(`[(]${ACT}前[)]`), 'before'],
  [new RegExp(`[(]${ACT}后[)]`), 'after'],
];
const GONE =
  /^(?:[-—－/／\\]+|无|取消|删除|废止|撤销|取消(?:该|此)?(?:事项|项目|职权|权力)|不再(?:保留|列入|实施)|(?:予以|已)?(?:取消|删除|废止))[。.]?$/;
const SAME =
  /^(?:不变|无变化|未(?:调整|变化|变更)|不(?:作)?调整|同(?:调整|修改)?前|同左|保留|保持不变|继续保留)[。.]?$/;

/** 调整后事项名称 → after, and 事项名称 without it; other words as they are. */
export function sideOf(words: string): { readonly side?: Side; readonly rest: string } {
  const bracket = IN_BRACKETS.find(([form]) => form.test(withoutBlanks(words).normalize('NFKC')))?.[1];
  if (bracket !== undefined) return { side: bracket, rest: words };
  const plain = plainWords(words);
  const found = SIDES.find(([form]) => form.test(plain));
  return found ? { side: found[1], rest: plain.replace(found[0], '') } : { rest: words };
}

/** What the names before and after an adjustment say of a row, where that is no item; undefined where it is one. */
export function adjustedAway(
  former: string,
  name: string,
): { readonly isGone: boolean; readonly code: WarningCode; readonly message: string } | undefined {
  const word = withoutBlanks(name);
  const isGone = word === '' || GONE.test(word);
  if (former === '' || !(isGone || SAME.test(word))) return undefined;
  const words = word === '' ? '' : `（写作“${shorten(name)}”）`;
  return isGone
    ? {
        isGone,
        code: 'item-gone',
        message: `“${shorten(former)}”调整后没有了${words}，未作为事项导入；它取消、改名还是并入了别的事项，请在草稿里逐项说明。`,
      }
    : {
        isGone,
        code: 'unreadable-row',
        message: `“${shorten(former)}”调整后${words}没有名称，未导入；请写出调整后的名称、类型和依据后重新导入。`,
      };
}
