import { MISSING_DECISIONS } from '@mandate/drafting';
import type { DraftReadingService } from '../drafts/draft-reading.service.ts';
import { describeField } from './describe-draft.ts';

/** Fields of one candidate that a person reads at the command line; the API gives all. */
const MOST_FIELDS = 8;

const STATES = {
  asked: '待答复',
  sure: '仅有笔误之差，已认作同一事项',
  same: '已确认为同一事项',
  apart: '已分开，作为新事项',
} as const;

type Pairs = Awaited<ReturnType<DraftReadingService['askedPairs']>>;
type Missing = Awaited<ReturnType<DraftReadingService['missing']>>;

/** «Is this the same power?», as lines to read. */
export function describePairs(id: string, { pairs, next }: Pairs): string {
  if (pairs.length === 0) return '没有要答复的：来源中的事项都与清单对上，或是全新的。';
  const lines = pairs.flatMap(({ change, name, key, place, state, rivals, candidates }) => [
    `#${change.toString()} ${name}${place === undefined ? '' : `（${place.sheet} 第 ${place.row.toString()} 行）`}：${STATES[state]}`,
    ...(rivals.length === 0 ? [] : [`    同样相近的新事项：${rivals.join('、')}（可能是一项拆成了几项）`]),
    ...candidates.flatMap((one) => [
      `  ${one.key === key ? '＝' : '？'} ${one.name}  ${one.key}${one.likeness === 0 ? '' : `  相近 ${one.likeness.toString()}%`}`,
      ...one.fields.slice(0, MOST_FIELDS).flatMap((field) => describeField(field, 'terminal')),
      ...(one.fields.length > MOST_FIELDS ? [`      ……共 ${one.fields.length.toString()} 处`] : []),
    ]),
  ]);
  const asked = pairs.filter(({ state }) => state === 'asked').length;
  if (next !== undefined) lines.push('……还有更多，加 --json 或用接口翻页。');
  if (asked > 0)
    lines.push(
      '',
      `${asked.toString()} 项待答复：npx mandate drafts pair ${id} <第几项> --same --as <login>，不是则 --part（有几项可选时加 --with <标识>）。`,
    );
  return lines.join('\n');
}

/** Items that the source no longer has, as lines to read. */
export function describeMissing(id: string, { missing, open, next }: Missing): string {
  if (missing.length === 0) return '清单现有的事项，来源中都有。';
  const lines = missing.map(({ key, name, is, change, reason }) => {
    const about = change === undefined ? '' : `（第 ${change.toString()} 项）`;
    return `${MISSING_DECISIONS[is]}${about}  ${name}  ${key}${reason === undefined ? '' : `：${reason}`}`;
  });
  if (next !== undefined) lines.push('……还有更多，加 --json 或用接口翻页。');
  lines.push(
    '',
    open === 0
      ? '都已决定。'
      : `还有 ${open.toString()} 项没有决定：npx mandate drafts missing ${id} --cancel --all --as <login>；不是取消的用 --stays --reason <理由> 或 --moved-to <标识>，只决定几项的用 --keys <标识,…>。`,
  );
  return lines.join('\n');
}
