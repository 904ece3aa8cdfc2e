import { DRAFT_ACTIONS, DRAFT_STATES, MISSING_DECISIONS } from '@mandate/drafting';
import { CHANGE_KINDS, type FieldChange } from '@mandate/lists';
import type { DraftReadingService } from '../drafts/draft-reading.service.ts';

/** Fields of one change that a person reads at the command line; the API gives all. */
const MOST_FIELDS = 12;

const MOST_MISSING = 20;

type Shown = Awaited<ReturnType<DraftReadingService['show']>>;

/** A draft as lines to read. */
export function describeDraft({ changes, ...draft }: Shown): string {
  const { edition, events, missing, counts } = draft;
  const lines = [
    `${draft.title}（${DRAFT_STATES[draft.state]}，第 ${draft.version} 版）`,
    `  清单 ${draft.list}  生效 ${draft.effectiveDate}${draft.document === undefined ? '' : `  文号 ${draft.document}`}`,
    `  理由 ${draft.reason}`,
    ...(edition === undefined
      ? []
      : [`  版本 ${edition.number}《${edition.name}》 发布日期 ${edition.date ?? '没有写明，记为收录之日'}`]),
    ...describeOpen(draft),
    ...missing
      .slice(0, MOST_MISSING)
      .map(
        ({ name, is, reason }) =>
          `  来源中没有 ${name}：${MISSING_DECISIONS[is]}${reason === undefined ? '' : `，${reason}`}`,
      ),
    ...(missing.length > MOST_MISSING ? [`  来源中没有、清单中有的共 ${missing.length} 项`] : []),
    '',
    ...events.map(({ at, account, action, change, comment }) => {
      const about = change === undefined ? '' : ` #${change}`;
      const words = comment === undefined ? '' : `：${comment}`;
      return `  ${at.slice(0, 16).replace('T', ' ')}  ${account.displayName} ${DRAFT_ACTIONS[action].name}${about}${words}`;
    }),
    '',
    ...changes.flatMap(describeChange),
  ];
  if (counts.changes > changes.length) lines.push(`  ……共 ${counts.changes} 项改动`);
  return lines.join('\n');
}

/** What has to be answered before it can be submitted. */
function describeOpen({ id, questions }: Omit<Shown, 'changes'>): readonly string[] {
  const { pairs, missing } = questions;
  return [
    ...(pairs === 0 ? [] : [`  待答复 是否同一事项 ${pairs} 项：mandate drafts pairs ${id}`]),
    ...(missing === 0 ? [] : [`  待决定 来源中没有的事项 ${missing} 项：mandate drafts missing ${id}`]),
  ];
}

function describeChange({
  number,
  kind,
  key,
  name,
  fields,
  stale,
}: Shown['changes'][number]): readonly string[] {
  const warning = stale ? '（清单已被别人改动，须对照后再提交）' : '';
  return [
    `  #${number} ${CHANGE_KINDS[kind].name} ${name}${key === undefined ? '' : `  ${key}`}${warning}`,
    ...fields.slice(0, MOST_FIELDS).map(describeField),
    ...(fields.length > MOST_FIELDS ? [`      ……共 ${fields.length} 处`] : []),
  ];
}

/** One field as a redline. */
export function describeField(field: FieldChange): string {
  const where = [...field.within.map(({ member }) => member), field.name].join(' › ');
  const text = field.pieces
    .map(({ kind: of, text: piece }) =>
      of === 'removed' ? `[-${piece}-]` : of === 'added' ? `{+${piece}+}` : shorten(piece),
    )
    .join('');
  return `      ${where}：${text.replaceAll('\n', ' ')}`;
}

function shorten(text: string): string {
  const chars = [...text];
  return chars.length <= 24 ? text : `${chars.slice(0, 12).join('')}…${chars.slice(-12).join('')}`;
}
