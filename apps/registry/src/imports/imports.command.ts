import type { Command } from 'commander';
import { UsageError } from '../cli-errors.ts';

interface Options {
  readonly dryRun?: true;
  readonly json?: true;
  readonly organ?: string;
  readonly cancelMissing?: true;
  readonly effectiveDate?: string;
  readonly reason?: string;
}

export function registerImport(program: Command): void {
  program
    .command('import')
    .description('导入各部门的权责清单工作簿（.xls、.xlsx）')
    .argument('<file...>', '工作簿，可以有多个')
    .option('--dry-run', '只读取和比较，不写入任何内容')
    .option('--organ <organ>', '机关的全称、统一社会信用代码或标识；不给则取自标题或文件名')
    .option('--cancel-missing', '清单里已经没有的事项登记为取消；不给则只列出')
    .option('--effective-date <date>', '生效日期，如 2026-01-31；不给为今天')
    .option('--reason <text>', '写进每一条目的理由，会公开')
    .option('--json', '以 JSON 输出')
    .action(async (paths: string[], options: Options) => {
      verifyOptions(options);
      const { runImport } = await import('./import-run.ts');
      const { withApp } = await import('../cli-context.ts');
      const { ImportsService } = await import('./imports.service.ts');
      const { LogService } = await import('../log/log.service.ts');
      const { importProgress } = await import('./import-progress.ts');
      const { formatReport } = await import('./format-report.ts');
      const progress = importProgress();
      const report = await withApp(async (app) => {
        const services = { imports: app.get(ImportsService), log: app.get(LogService) };
        try {
          return await runImport(services, paths, { ...options, onProgress: progress.show });
        } finally {
          progress.stop();
        }
      });
      console.log(options.json ? JSON.stringify(report, undefined, 2) : formatReport(report));
      if (report.files.some(({ error }) => error !== undefined)) process.exitCode = 1;
    });
}

function verifyOptions({ effectiveDate, reason, organ }: Options): void {
  if (effectiveDate !== undefined && !isDay(effectiveDate))
    throw new UsageError(`--effective-date 须是 2026-01-31 这样的日期，而不是“${effectiveDate}”。`);
  if (reason !== undefined && (reason.trim() === '' || reason.length > 1_000))
    throw new UsageError('--reason 不能是空的，也不能超过 1000 个字。');
  if (organ?.trim() === '') throw new UsageError('--organ 不能是空的。');
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
