import { organWording } from '@mandate/list-files';
import type { FileReport, SheetReport } from './import-report.ts';
import type { ListFiles } from './list-files.ts';
import type { ListPlan } from './list-plan.ts';

/** What became of one file of a list. */
export function fileReport(
  { key, name, files }: ListFiles,
  { source, from, warnings = [], isPart }: ListFiles['files'][number],
  plan: ListPlan,
): FileReport {
  const sheets = source.sheets.map((sheet): SheetReport => {
    const { issues = [], ...counts } = plan.sheets.get(sheet) ?? { items: 0, subItems: 0, levels: 0 };
    const wording =
      source.register === 'authority-item' && isPart !== true ? organWording(source, sheet, name) : [];
    return {
      sheet: sheet.sheet,
      ...counts,
      ...(sheet.claimed !== undefined && { claimed: sheet.claimed }),
      warnings: [...sheet.warnings, ...issues, ...wording].toSorted((a, b) => a.row - b.row),
    };
  });
  const told = [...warnings, ...source.mended];
  const cellErrors = [...source.cellErrors, ...(plan.cellErrors.get(source) ?? [])];
  return {
    file: source.file,
    organ: { key, name, from },
    sheets,
    items: sheets.reduce((sum, { items }) => sum + items, 0),
    // Of several files of one list nobody can say which one an unchanged item is of.
    ...(files.length === 1 && { changes: plan.counts }),
    ...(told.length > 0 && { warnings: told }),
    ...(cellErrors.length > 0 && {
      cellErrors,
      error: {
        code: 'cell-errors',
        message: `有 ${cellErrors.length.toString()} 处填写有误，整份文件未导入；请照单元格上的提示改好后重新提交。`,
      },
    }),
  };
}
