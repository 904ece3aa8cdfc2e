import { chinaMinute } from '@mandate/certificate';
import {
  candidateOf,
  DRAFT_ACTIONS,
  DRAFT_STATES,
  type DraftChange,
  MISSING_DECISIONS,
} from '@mandate/drafting';
import { CHANGE_KINDS, type FieldChange } from '@mandate/lists';
import type { ComparedChange } from '../drafts/draft-comparison.service.ts';
import type { DraftReadingService } from '../drafts/draft-reading.service.ts';
import { type NamesByKey, withNames } from './names-by-key.ts';

type Detail = Awaited<ReturnType<DraftReadingService['detail']>>;

/** Where a draft is read: at a terminal with what stays shortened, or in a Markdown file, unabridged. */
export type Paper = 'terminal' | 'markdown';

/** What a reviewer reads before the changes: headings, trail, what was told of the files, what is not in them. */
export function describeHead(draft: Detail, paper: Paper, names: NamesByKey): readonly string[] {
  const { edition, events, missing, counts, report } = draft;
  return [
    heading(paper, 1, `${draft.title}（${DRAFT_STATES[draft.state]}，第 ${draft.version} 版）`),
    `  清单 ${names.get(draft.list) ?? draft.list}  生效 ${draft.effectiveDate}${draft.document === undefined ? '' : `  文号 ${draft.document}`}`,
    `  理由 ${draft.reason}`,
    ...(edition === undefined
      ? []
      : [
          `  版本 ${edition.number}《${edition.name}》 发布日期 ${edition.date ?? '没有写明，记为发布（收录）之日'}`,
        ]),
    ...describeOpen(draft),
    `  改动 ${counts.changes} 项，存疑 ${counts.doubtful} 项`,
    ...describeImport(report, paper),
    ...section(
      paper,
      `来源中没有、清单中有：${missing.length} 项`,
      missing.map(
        ({ key, name, is, reason }) =>
          `  - ${name}  ${key}：${MISSING_DECISIONS[is]}${reason === undefined ? '' : `，${reason}`}`,
      ),
    ),
    ...section(
      paper,
      '经过（北京时间）',
      events.map(({ at, account, action, change, comment }) => {
        const about = change === undefined ? '' : ` #${change}`;
        const words = comment === undefined ? '' : `：${comment}`;
        return `  - ${chinaMinute(new Date(at))}  ${account.displayName} ${DRAFT_ACTIONS[action].name}${about}${words}`;
      }),
    ),
  ];
}

/** What has to be answered before it can be submitted. */
function describeOpen({ id, questions }: Detail): readonly string[] {
  const { pairs, missing } = questions;
  return [
    ...(pairs === 0
      ? []
      : [`  待答复 是否同一事项 ${pairs} 项：npx mandate drafts pairs ${id} --as <login>`]),
    ...(missing === 0
      ? []
      : [`  待决定 来源中没有的事项 ${missing} 项：npx mandate drafts missing ${id} --as <login>`]),
  ];
}

/** Doubts come before what is certain. */
export function describeDoubts(changes: readonly DraftChange[], paper: Paper): readonly string[] {
  return section(
    paper,
    `存疑：${changes.length} 项`,
    changes.flatMap((change) =>
      change.doubts.map(
        ({ message }) =>
          `  ? #${change.number} ${candidateOf(change.number, change).content.name}${placed(change)}：${message}`,
      ),
    ),
  );
}

/** One change, with all that is new or different in it. */
export function describeChange(change: ComparedChange, paper: Paper, names: NamesByKey): readonly string[] {
  const { number, kind, key, name, fields, stale, doubts } = change;
  const warning = stale ? '（清单已被别人改动，须对照后再提交）' : '';
  const title = `#${number} ${CHANGE_KINDS[kind].name} ${name}${key === undefined ? '' : `  ${key}`}${warning}`;
  return [
    paper === 'markdown' ? `\n### ${title}` : `  ${title}`,
    ...doubts.map(({ message }) => `      ? ${message}`),
    ...fields.flatMap((field) => describeField(withNames(field, names), paper)),
  ];
}

export function section(paper: Paper, title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', heading(paper, 2, title), ...lines];
}

function heading(paper: Paper, level: number, text: string): string {
  return paper === 'markdown' ? `${'#'.repeat(level)} ${text}\n` : text;
}

function placed({ place }: DraftChange): string {
  return place === undefined ? '' : `（${place.sheet} 第 ${place.row} 行）`;
}

/** One field: what is new as it stands, else as a redline. */
export function describeField(
  { within, name, member, kind, pieces }: FieldChange,
  paper: Paper,
): readonly string[] {
  const where = [...within.map((one) => one.member), name, ...(member === undefined ? [] : [member])].join(
    ' › ',
  );
  // What is new is read as it stands; a redline is for what was there before.
  const isWhole = kind === 'added' && pieces.every((piece) => piece.kind === 'added');
  const text = isWhole
    ? pieces.map((piece) => piece.text).join('')
    : pieces.map((piece) => marked(piece, paper)).join('');
  const [first = '', ...rest] = text.split('\n');
  const sign = isWhole ? (paper === 'markdown' ? '' : '+ ') : '';
  return [
    paper === 'markdown' ? `- ${where}：${first}` : `      ${sign}${where}：${first}`,
    ...rest.map((line) => (paper === 'markdown' ? `  ${line}` : `          ${line}`)),
  ];
}

function marked({ kind, text }: FieldChange['pieces'][number], paper: Paper): string {
  if (kind === 'removed') return paper === 'markdown' ? `~~${text}~~` : `[-${text}-]`;
  if (kind === 'added') return paper === 'markdown' ? `**${text}**` : `{+${text}+}`;
  return paper === 'markdown' ? text : shorten(text).replaceAll('\n', ' ');
}

function shorten(text: string): string {
  const chars = [...text];
  return chars.length <= 24 ? text : `${chars.slice(0, 12).join('')}…${chars.slice(-12).join('')}`;
}

/** What of the report of an import a reviewer needs; a report may be older than this program. */
interface ToldReport {
  readonly mostlyChanged?: { readonly message?: string; readonly reason?: string };
  readonly reports?: readonly {
    readonly file?: string;
    readonly sheets?: readonly {
      readonly sheet?: string;
      readonly warnings?: readonly { readonly row?: number; readonly message?: string }[];
    }[];
  }[];
}

/** What was mended or passed over when the files were read: what is the same of many rows is one line with its count. */
function describeImport(report: unknown, paper: Paper): readonly string[] {
  // Written by an import as JSON; every member that is read may be wanting.
  const { mostlyChanged, reports = [] } = (report ?? {}) as ToldReport;
  const told = new Map<string, { readonly line: string; count: number }>();
  for (const { sheets = [] } of reports)
    for (const { sheet = '', warnings = [] } of sheets)
      for (const { row = 0, message = '' } of warnings) {
        const same = message.replace(/[“「][^”」]*[”」]/gu, '“…”').replace(/\d+/gu, 'N');
        const known = told.get(same);
        if (known === undefined) told.set(same, { line: `${sheet} 第 ${row} 行：${message}`, count: 1 });
        else known.count += 1;
      }
  const lines = [...told.values()].map(
    ({ line, count }) => `  ! ${line}${count > 1 ? `（同样的共 ${count} 处）` : ''}`,
  );
  return [
    ...(mostlyChanged === undefined
      ? []
      : [`  ! ${mostlyChanged.message ?? ''}起草人说明：${mostlyChanged.reason ?? '没有'}`]),
    ...section(paper, '读取时改正和提示的', lines),
  ];
}
