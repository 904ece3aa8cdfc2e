import type { ListWarning } from '@mandate/list-files';
import { HEALTH_RULES } from '@mandate/lists';
import { describeOpenFindings } from './describe-open-findings.ts';
import type { FileReport, ImportReport, ListReport, SheetReport } from '../imports/import-report.ts';

/** Warnings of one sheet that a screen shows; --json has them all. */
const SHOWN_WARNINGS = 30;
const SHOWN_MISSING = 50;
const SHOWN_DOUBTS = 20;
const SHOWN_CELLS = 40;
const SHOWN_UNOWNED = 50;

/** The report as people read it at the command line. */
export function formatReport(report: ImportReport): string {
  const lines = report.files.flatMap((file) => [...formatFile(file, wordOf(file, report)), '']);
  for (const list of report.lists) lines.push(...formatList(list, report.dryRun === true), '');
  lines.push(...formatRegions(report));
  const failed = report.files.filter(({ error }) => error !== undefined).length;
  const ofRegions = report.regions?.draft === undefined ? 0 : 1;
  const drafts = report.lists.filter(({ draft }) => draft !== undefined).length + ofRegions;
  const words = `${drafts.toString()} 份草稿${ofRegions > 0 ? '（其中 1 份登记区划）' : ''}，`;
  lines.push(
    `合计：${report.files.length.toString()} 个文件，${report.items.toString()} 个事项；${report.dryRun ? '试运行，没有写入任何内容；导入时会有 ' : words}${report.changes.toString()} 处改动，未变 ${report.unchanged.toString()} 项。`,
  );
  if (failed > 0) lines.push(`有 ${failed.toString()} 个文件没有导入，原因见上；其余文件不受影响。`);
  if (drafts > 0) lines.push('草稿经另一人审核、发布后才列入清单：npx mandate drafts（提交、通过、发布）。');
  return lines.join('\n');
}

/** Regions that nobody has registered: without them the organs stand in no tree. */
function formatRegions({ regions }: ImportReport): string[] {
  if (!regions) return [];
  if (regions.error !== undefined) return [`  ! ${regions.error}`, ''];
  const names = regions.missing.map(({ code, name }) => `${name}（${code}）`).join('、');
  const next = regions.draft
    ? `→ 草稿 ${regions.draft.id}（${regions.draft.state === 'submitted' ? '已提交，待审核' : '起草中，待提交'}）`
    : '请由登记簿的编辑登记，或等已有的草稿发布。';
  return [`还没有登记的区划：${names}`, `  ${next}`, ''];
}

function formatList(list: ListReport, dryRun: boolean): string[] {
  const { changes, draft, doubtful, findings } = list;
  if (list.refused === true)
    return [`${list.name}  填写有误，没有与清单比较，也没有建立草稿；照上面的提示改好后重新导入。`];
  const lines = [
    `${list.name}  ${list.edition?.name ?? '行政裁量基准'}，${sinceOf(list)}`,
    `  ${newWord(list.newItems)} ${changes.new.toString()}，修改 ${changes.changed.toString()}，未变 ${changes.unchanged.toString()}，不在清单中 ${list.missing.length.toString()}，存疑 ${doubtful.length.toString()}${findings ? `，体检提示 ${findings.total.toString()}` : ''}`,
    ...formatStandards(list),
    ...formatReclassified(list),
    ...formatMostlyChanged(list),
    ...formatMissing(list, dryRun),
    ...doubtful
      .slice(0, SHOWN_DOUBTS)
      .flatMap(({ sheet, row, name, doubts }) =>
        doubts.map(({ message }) => `  ? ${sheet} 第 ${row.toString()} 行“${name.slice(0, 40)}”：${message}`),
      ),
    ...(doubtful.length > SHOWN_DOUBTS
      ? [`  ? 另有 ${(doubtful.length - SHOWN_DOUBTS).toString()} 项存疑，加 --json 可看全部。`]
      : []),
    ...Object.entries(findings?.rules ?? {}).map(
      ([rule, count]) => `  体检 ${nameOfRule(rule)}：${count.toString()}`,
    ),
  ];
  const nothing = changes.new + changes.changed + list.missing.length === 0;
  if (draft)
    lines.push(
      `  → 草稿 ${draft.id}（${draft.state === 'submitted' ? '已提交，待审核' : '起草中，待提交'}），${draft.changes.toString()} 项`,
      ...formatOpen(list, draft),
      ...describeOpenFindings(draft).map((line) => `  ${line}`),
    );
  else if (nothing) lines.push('  → 与清单现有内容相同，没有建立草稿。');
  if (list.openDraft)
    lines.push(
      `  ! 另有一份未发布的草稿（${list.openDraft.title}，编号 ${list.openDraft.id}）：先发布、退回或撤回它，或者用 --replace 替换它的内容。`,
    );
  return lines;
}

/** A list that is recorded holds from its own day: it was not made by recording it. */
function sinceOf({ newItems, edition, effectiveDate }: ListReport): string {
  if (newItems === 'added')
    return edition === undefined || edition.date !== undefined
      ? `自 ${effectiveDate} 起`
      : `自 ${effectiveDate} 起；文件没有写明清单的日期，草稿里没有发布日期，发布那天记为发布之日（有日期的请用 --list-date 指明，重新导入）`;
  return edition?.date === undefined
    ? '首次收录，清单没有写明完整的日期，以公布之日为收录之日（可用 --list-date 指明）'
    : `首次收录，清单日期 ${edition.date}`;
}

/** What has to be answered before the draft can be submitted. */
function formatOpen({ asked }: ListReport, { id, undecided }: NonNullable<ListReport['draft']>): string[] {
  return [
    ...(asked === 0
      ? []
      : [
          `  → 有 ${asked.toString()} 项可能是原有事项改了名称，提交前须答复：npx mandate drafts pairs ${id} --as <login>`,
        ]),
    ...(undecided === 0
      ? []
      : [
          `  → 有 ${undecided.toString()} 个不在文件中的事项，提交前须决定：npx mandate drafts missing ${id} --as <login>`,
        ]),
  ];
}

function formatMostlyChanged({ mostlyChanged }: ListReport): string[] {
  if (mostlyChanged === undefined) return [];
  const { message, reason } = mostlyChanged;
  return [
    `  ! ${message}`,
    reason === undefined
      ? '  ! 导入时不会建立草稿；确实如此的，请用 --mostly-changed 写明缘由。'
      : `  ! 有意如此：${reason}`,
  ];
}

function nameOfRule(rule: string): string {
  if (!Object.hasOwn(HEALTH_RULES, rule)) return rule;
  // A report may be older than the table: of this one it was just asked.
  const { name, grade } = HEALTH_RULES[rule as keyof typeof HEALTH_RULES];
  return grade === 'must' ? `${name}（应当改正，否则须由审核人说明理由）` : name;
}

/** What is new to the list of a file: new, or first recorded. */
function wordOf({ organ }: FileReport, { lists }: ImportReport): string {
  return newWord(lists.find(({ list }) => list === organ?.key)?.newItems);
}

function newWord(newItems: ListReport['newItems'] | undefined): string {
  return newItems === 'recorded' ? '首次收录' : '新列入';
}

function formatFile(file: FileReport, word: string): string[] {
  if (file.error) {
    const cells = file.cellErrors ?? [];
    const rest = cells.length - SHOWN_CELLS;
    return [
      `✗ ${file.file}`,
      `  ${file.error.message}`,
      ...cells
        .slice(0, SHOWN_CELLS)
        .map(({ sheet, row, column, message }) => `  ✗ ${sheet} ${column}${row.toString()}  ${message}`),
      ...(rest > 0 ? [`  ✗ 另有 ${rest.toString()} 处，加 --json 可看全部。`] : []),
      ...formatMarked(file),
    ];
  }
  const head = [`✓ ${file.file}`];
  if (file.organ) head.push(`  机关  ${file.organ.name}（取自${file.organ.from}，标识 ${file.organ.key}）`);
  if (file.changes) {
    const { new: added, changed, unchanged } = file.changes;
    head.push(
      `  事项  ${file.items.toString()}：${word} ${added.toString()}，修改 ${changed.toString()}，未变 ${unchanged.toString()}`,
    );
  }
  return [
    ...head,
    ...formatOrgans(file),
    ...table(file.sheets),
    ...(file.warnings ?? []).map(({ message }) => `  ! ${message}`),
    ...file.sheets.flatMap((sheet) => formatWarnings(sheet, file.sheets.length > 1)),
  ];
}

/** A file of several organs: how many items each has of it, and what is nobody's. */
function formatOrgans({ organs, unowned = [] }: FileReport): string[] {
  if (!organs) return [];
  const rows = organs.map(({ name, items, founded, draft, error }) => [
    name + (founded === true ? '（新设立）' : ''),
    items.toString(),
    error ? `未导入：${error.message}` : draft === undefined ? '' : `草稿 ${draft}`,
  ]);
  if (unowned.length > 0) rows.push(['看不出属于哪个机关', unowned.length.toString(), '未导入，见下']);
  return [
    ...columnsOf([['机关', '事项', ''], ...rows]),
    ...unowned
      .slice(0, SHOWN_UNOWNED)
      .map(
        ({ sheet, row, name, message }) =>
          `  ✗ ${sheet} 第 ${row.toString()} 行“${name.slice(0, 40)}”：${message}`,
      ),
    ...(unowned.length > SHOWN_UNOWNED
      ? [`  ✗ 另有 ${(unowned.length - SHOWN_UNOWNED).toString()} 项，加 --json 可看全部。`]
      : []),
    ...(unowned.length > 0
      ? ['  请在文件里写明机关全称，或用 --split-by 指明写有机关的列，用 --organ 指明其余事项的机关。']
      : []),
  ];
}

function formatMarked({ cellErrors = [], marked }: FileReport): string[] {
  if (marked !== undefined) return [`  标出错误的工作簿：${marked}`];
  return cellErrors.length === 0 ? [] : ['  加 --marked <文件夹> 可得到标出错误的工作簿。'];
}

function table(sheets: readonly SheetReport[]): string[] {
  const rows = sheets.map((sheet) => [
    sheet.sheet,
    sheet.items.toString(),
    sheet.subItems.toString(),
    sheet.levels.toString(),
    sheet.claimed?.toString() ?? '—',
    sheet.warnings.length.toString(),
  ]);
  return columnsOf([['工作表', '事项', '子项', '层级', '写明', '提示'], ...rows]);
}

/** The first column to the left, the others to the right, as wide as what they hold. */
function columnsOf(all: readonly (readonly string[])[]): string[] {
  const widths = all[0]?.map((_, n) => Math.max(...all.map((row) => width(row[n] ?? '')))) ?? [];
  return all.map(
    (row) =>
      `  ${row.map((cell, n) => (n === 0 ? cell + pad(cell, widths[n]) : pad(cell, widths[n]) + cell)).join('  ')}`,
  );
}

function formatWarnings({ sheet, warnings }: SheetReport, named: boolean): string[] {
  const shown = warnings.slice(0, SHOWN_WARNINGS).map((warning) => {
    return `  ! ${named ? `${sheet} ` : ''}${place(warning)}：${warning.message}`;
  });
  const rest = warnings.length - shown.length;
  return rest > 0 ? [...shown, `  ! 另有 ${rest.toString()} 条提示，加 --json 可看全部。`] : shown;
}

function place({ row, column }: ListWarning): string {
  return `第 ${row.toString()} 行${column === undefined ? '' : ` ${column} 列`}`;
}

function formatMissing({ missing, cancelled }: ListReport, dryRun: boolean): string[] {
  if (missing.length === 0) return [];
  const undecided = missing.length - cancelled;
  const head =
    cancelled > 0 && undecided === 0
      ? `  以下 ${missing.length.toString()} 个事项已不在文件中，草稿${dryRun ? '会' : '已'}列为取消：`
      : `  以下 ${missing.length.toString()} 个事项已登记，但不在文件中${cancelled > 0 ? `，其中 ${cancelled.toString()} 个草稿${dryRun ? '会' : '已'}列为取消` : ''}。每一个都须决定取消、保留、划转或是改了名称，才能提交；确已全部取消的，也可加 --cancel-missing 重新导入（所有文件都能读取时才会列为取消）：`;
  const shown = missing.slice(0, SHOWN_MISSING).map(({ key, name }) => `  - ${name}（${key}）`);
  const rest = missing.length - shown.length;
  return [head, ...shown, ...(rest > 0 ? [`    另有 ${rest.toString()} 个，加 --json 可看全部。`] : [])];
}

function formatStandards({ standards }: ListReport): string[] {
  if (standards === undefined) return [];
  const { joined, penalties, withStandards, unmatched, unclear } = standards;
  return [
    `  裁量基准：对上 ${joined.toString()} 条，本机关 ${penalties.toString()} 项行政处罚中 ${withStandards.toString()} 项有了基准；没有对上 ${unmatched.length.toString()} 条，不止一项可对 ${unclear.length.toString()} 条（逐条见上，均未导入）。`,
  ];
}

function formatReclassified({ reclassified }: ListReport): string[] {
  if (reclassified === undefined) return [];
  const { items, bases } = reclassified;
  return [
    `  重新归类：${items.toString()} 项的 ${bases.toString()} 条依据文字没有变，只是种类（法律、行政法规……）按现在的规则不同；没有列为变更，要改请加 --reclassify。`,
  ];
}

function pad(cell: string, wanted = 0): string {
  return ' '.repeat(Math.max(0, wanted - width(cell)));
}

/** Columns on a terminal: a Chinese character takes two. */
function width(text: string): number {
  return [...text].reduce((sum, char) => sum + (/[\u1100-\u115f\u2e80-\uffdc]/u.test(char) ? 2 : 1), 0);
}
