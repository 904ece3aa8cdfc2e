import type { FileReport, ImportReport, ImportWarning, SheetReport } from './import-report.ts';

/** Warnings of one sheet that a screen shows; --json has them all. */
const SHOWN_WARNINGS = 30;
const SHOWN_MISSING = 50;

/** The report as people read it at the command line. */
export function formatReport(report: ImportReport): string {
  const lines = report.files.flatMap((file) => [...formatFile(file), '']);
  lines.push(...formatMissing(report));
  const failed = report.files.filter(({ error }) => error !== undefined).length;
  const written = report.dryRun ? '试运行，没有写入任何内容；导入时会写入' : '写入';
  lines.push(
    `合计：${report.files.length.toString()} 个文件，${report.items.toString()} 个事项；${written} ${report.entriesAppended.toString()} 条，未变 ${report.unchanged.toString()} 项。`,
  );
  if (failed > 0) lines.push(`有 ${failed.toString()} 个文件没有导入，原因见上；其余文件已经导入。`);
  if (report.entriesAppended > 0 && !report.dryRun)
    lines.push('发布到网站：npm start 正在运行时会自动发布，否则运行 npx mandate publish。');
  return lines.join('\n');
}

function formatFile(file: FileReport): string[] {
  if (file.error) return [`✗ ${file.file}`, `  ${file.error.message}`];
  const head = [`✓ ${file.file}`];
  if (file.organ) head.push(`  机关  ${file.organ.name}（取自${file.organ.from}，标识 ${file.organ.key}）`);
  if (file.changes) {
    const { new: added, changed, unchanged } = file.changes;
    head.push(
      `  事项  ${file.items.toString()}：新列入 ${added.toString()}，修改 ${changed.toString()}，未变 ${unchanged.toString()}`,
    );
  }
  return [
    ...head,
    ...table(file.sheets),
    ...(file.warnings ?? []).map(({ message }) => `  ! ${message}`),
    ...file.sheets.flatMap((sheet) => formatWarnings(sheet, file.sheets.length > 1)),
  ];
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
  const all = [['工作表', '事项', '子项', '层级', '写明', '提示'], ...rows];
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

function place({ row, column }: ImportWarning): string {
  return `第 ${row.toString()} 行${column === undefined ? '' : ` ${column} 列`}`;
}

function formatMissing({ missing, cancelled, dryRun }: ImportReport): string[] {
  if (missing.length === 0) return [];
  const head =
    cancelled > 0
      ? `以下 ${missing.length.toString()} 个事项已不在清单中，${dryRun ? '导入时会登记为取消' : '已登记为取消'}：`
      : `以下 ${missing.length.toString()} 个事项已登记，但不在这次的清单中。没有改动它们；确已取消的，请加 --cancel-missing 重新导入（所有文件都能读取时才会取消）：`;
  const shown = missing.slice(0, SHOWN_MISSING).map(({ key, name }) => `  - ${name}（${key}）`);
  const rest = missing.length - shown.length;
  return [head, ...shown, ...(rest > 0 ? [`  另有 ${rest.toString()} 个，加 --json 可看全部。`] : []), ''];
}

function pad(cell: string, wanted = 0): string {
  return ' '.repeat(Math.max(0, wanted - width(cell)));
}

/** Columns on a terminal: a Chinese character takes two. */
function width(text: string): number {
  return [...text].reduce((sum, char) => sum + (/[\u1100-\u115f\u2e80-\uffdc]/u.test(char) ? 2 : 1), 0);
}
