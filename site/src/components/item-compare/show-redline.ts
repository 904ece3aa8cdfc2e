import { CHANGE_KINDS, type FieldChange } from '@mandate/lists';
import { element } from '../../scripts/page/marks.ts';
import { say } from '../../scripts/page/language.ts';
import { KINDS_EN, formatDayEn } from '../../text/english.ts';
import { formatDay } from '../../text/format.ts';
import { recordedOf } from '../../text/recorded.ts';
import type { Version } from './published-lists.ts';

/** What differs, field by field, as a list; a change is a word and a line before it is a colour. */
export function showChanges(changes: readonly FieldChange[]): HTMLElement {
  if (changes.length === 0) {
    return element('p', 'muted', say('两边的内容一字不差。', 'Both say the same, to the character.'));
  }
  return element('ol', 'plain-list field-changes', ...changes.map(showChange));
}

function showChange({ name, english, within, kind, member, pieces }: FieldChange): HTMLElement {
  const verbs: Readonly<Record<FieldChange['kind'], string>> = {
    added: say('新增', 'Added'),
    removed: say('删去', 'Removed'),
    changed: say('修改', 'Changed'),
    reordered: say('调整顺序', 'Reordered'),
  };
  const place = [
    ...within.map((one) => `${say(one.name, one.english)}“${one.member}”`),
    member === undefined ? say(name, english) : `${say(name, english)}“${member}”`,
  ].join(' › ');
  const text = element('p', 'verbatim change');
  for (const piece of pieces) {
    if (piece.kind === 'same') text.append(piece.text);
    else if (piece.kind === 'removed') text.append(marked('del', say('删去：', 'taken out: '), piece.text));
    else text.append(marked('ins', say('加上：', 'added: '), piece.text));
  }
  return element(
    'li',
    '',
    element('p', 'place', element('span', `tag ${kind}`, verbs[kind]), element('strong', '', place)),
    text,
  );
}

function marked(name: 'ins' | 'del', hidden: string, text: string): HTMLElement {
  return element(name, '', element('span', 'visually-hidden', hidden), element('span', '', text));
}

/** Why it changed: one line for each entry between the two. */
export function showSteps(steps: readonly Version[]): HTMLElement | undefined {
  if (steps.length === 0) return undefined;
  const line = (version: Version): HTMLElement => {
    const { kind, effectiveDate, reason, document: number } = version;
    const recorded = recordedOf(version);
    const since = recorded
      ? say(recorded.zh, recorded.en)
      : say(`自 ${formatDay(effectiveDate)} 起`, `from ${formatDayEn(effectiveDate)}`);
    return element(
      'li',
      '',
      element('span', 'tag', kind ? say(CHANGE_KINDS[kind].name, KINDS_EN[kind]) : say('变更', 'Changed')),
      ` ${since} ${reason}`,
      ...(number === undefined ? [] : [`（${number}）`]),
    );
  };
  return element('ul', 'plain-list steps', ...steps.map(line));
}
