import type { INestApplicationContext } from '@nestjs/common';
import type { Command } from 'commander';
import { parseRevision } from './draft-desk.ts';
import { UsageError } from './usage-error.ts';
import type { Account } from '../auth/access.ts';

interface Options {
  readonly as?: string;
  readonly keep?: true;
  readonly dryRun?: true;
  readonly json?: true;
  readonly organ?: string;
  readonly list?: string;
  readonly column?: readonly string[];
  readonly category?: string;
  readonly splitBy?: string;
  readonly cancelMissing?: true;
  readonly reclassify?: true;
  readonly mostlyChanged?: string;
  readonly replace?: string;
  readonly revision?: number;
  readonly effectiveDate?: string;
  readonly listDate?: string;
  readonly new?: true;
  readonly recorded?: true;
  readonly backdatedReason?: string;
  readonly reason?: string;
  readonly document?: string;
  readonly edition?: string;
  readonly editionName?: string;
  readonly editionDate?: string;
  readonly approvedBy?: string;
  readonly marked?: string;
}

export function registerImport(program: Command): void {
  program
    .command('import')
    .description('导入权责清单、负面清单（.xls、.xlsx、.csv），成为待审核的草稿')
    .argument('<file...>', '部门的工作簿、负面清单的官方表格，或填好的模板；可以有多个')
    .option('--as <login>', '以此账号起草并提交审核；只有 --dry-run 不需要')
    .option('--keep', '只起草，不提交')
    .option('--dry-run', '只读取和比较，不写入任何内容')
    .option('--organ <organ>', '机关的全称、统一社会信用代码或标识；不给则取自标题或文件名')
    .option('--list <list>', '负面清单的名称或标识；不给则取自标题或文件名')
    .option('--column <字段=表头>', '指明一列，如 名称=许可事项名称；可以重复', collect)
    .option('--category <type>', '没有写明权力类型的事项都属于此类，如 行政许可')
    .option('--split-by <header>', '哪一列写明事项属于哪个机关，如 行使主体')
    .option('--cancel-missing', '清单里已经没有的事项在草稿里一并列为取消；不给则须逐项决定，才能提交')
    .option('--replace <draft>', '用改正后的文件替换这份草稿的内容；已提交、已通过的先取回，须重新审核')
    .option('--revision <n>', '要替换的草稿：您看到的版本；之后有人改过就不替换', parseRevision)
    .option('--mostly-changed <text>', '事项大多是新的、或者大多不在文件里，是有意如此：写明缘由，给审核人看')
    .option('--reclassify', '文字没有变、只是依据种类按现在的规则不同的，也列为变更；不给则只报告')
    .option('--list-date <date>', '清单自己的日期；不给则取自标题、文件名或文号中写明的完整日期')
    .option('--recorded', '文件中新出现的事项早已有效，记作首次收录；清单尚无事项时不说也是如此')
    .option('--new', '文件中新出现的事项是新增的权力，清单尚无事项时也是如此')
    .option('--effective-date <date>', '生效日期，如 2026-01-31；不给为今天，首次收录的为清单自己的日期')
    .option('--backdated-reason <text>', '生效日期早于发布日时的理由，会公开')
    .option('--reason <text>', '写进每一条目的理由，会公开')
    .option('--document <number>', '文号，会公开')
    .option('--edition <number>', '版本编号，如 2026、2025-1；不给则取自标题或文件名中的年份')
    .option('--edition-name <name>', '版本名称')
    .option('--edition-date <date>', '版本的发布日期；不给为清单自己的日期或生效日期')
    .option('--approved-by <authority>', '批准机关')
    .option('--marked <folder>', '模板填写有误时，把标出错误的工作簿放进这个文件夹')
    .option('--json', '以 JSON 输出')
    .action(async (paths: string[], options: Options) => {
      verifyOptions(options);
      const { readingOf } = await import('./reading-said.ts');
      const reading = readingOf(options);
      const { importPaths } = await import('./import-run.ts');
      const { withApp } = await import('../bootstrap/with-app.ts');
      const { ImportsService } = await import('../imports/imports.service.ts');
      const { FileReaderService } = await import('../imports/file-reader.service.ts');
      const { importProgress } = await import('./import-progress.ts');
      const { formatReport } = await import('./format-report.ts');
      const progress = importProgress();
      const report = await withApp(async (app) => {
        const author = await authorOf(app, options);
        const { recordedFor } = await import('./actor.ts');
        try {
          const run = () =>
            importPaths(app.get(ImportsService), app.get(FileReaderService), author, paths, {
              ...options,
              newItems: newItemsOf(options),
              reading,
              submit: options.keep !== true,
              onProgress: progress.show,
              onMarked: (file, workbook) => saveMarked(options.marked, file, workbook),
            });
          return await (author === undefined ? run() : recordedFor(run));
        } finally {
          progress.stop();
        }
      });
      console.log(options.json ? JSON.stringify(report, undefined, 2) : formatReport(report));
      if (report.files.some(({ error }) => error !== undefined)) process.exitCode = 1;
    });
  registerTemplate(program);
}

function registerTemplate(program: Command): void {
  program
    .command('template')
    .description('取模板，或把一份清单导出成模板，填好后可再导入')
    .argument('<list>', 'authority（权责清单空模板）、negative（负面清单空模板）、机关标识或负面清单标识')
    .argument('<file>', '写到哪个文件；以 .csv 结尾的写成 CSV，否则为 .xlsx')
    .action(async (list: string, file: string) => {
      const { withApp } = await import('../bootstrap/with-app.ts');
      const { TemplatesService } = await import('../imports/templates.service.ts');
      const { writeFile } = await import('node:fs/promises');
      const format = /\.csv$/i.test(file) ? 'csv' : 'xlsx';
      const { bytes } = await withApp((app) => app.get(TemplatesService).get(list, format));
      await writeFile(file, bytes);
      console.log(`已写入 ${file}。`);
    });
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** Who drafts. A dry run needs nobody. */
async function authorOf(app: INestApplicationContext, { as, dryRun }: Options): Promise<Account | undefined> {
  const { actorOf } = await import('./actor.ts');
  if (as !== undefined) return actorOf(app, as);
  if (dryRun === true) return undefined;
  throw new UsageError('请用 --as 指明由哪个编辑账号起草；只想看会有什么变化，用 --dry-run。');
}

/** @returns where it is; undefined where nobody asked for it */
async function saveMarked(
  folder: string | undefined,
  file: string,
  workbook: Uint8Array,
): Promise<string | undefined> {
  if (folder === undefined) return undefined;
  const { mkdir, writeFile } = await import('node:fs/promises');
  const path = await import('node:path');
  await mkdir(folder, { recursive: true });
  const saved = path.join(folder, `${file.replace(/\.[A-Za-z]+$/, '')}-问题.xlsx`);
  await writeFile(saved, workbook);
  return saved;
}

function newItemsOf({ new: isNew, recorded }: Options): 'added' | 'recorded' | undefined {
  if (isNew !== true) return recorded === true ? 'recorded' : undefined;
  return 'added';
}

function verifyOptions(options: Options): void {
  if (options.revision !== undefined && options.replace === undefined)
    throw new UsageError('--revision 是要替换的草稿的版本，须和 --replace 同用。');
  if (options.new === true && options.recorded === true)
    throw new UsageError('--new 和 --recorded 只能给一个：新出现的事项不是新增，就是首次收录。');
  for (const [name, day] of [
    ['--effective-date', options.effectiveDate],
    ['--edition-date', options.editionDate],
    ['--list-date', options.listDate],
  ] as const)
    if (day !== undefined && !isDay(day))
      throw new UsageError(`${name} 须是 2026-01-31 这样的日期，而不是“${day}”。`);
  for (const [name, text, most] of [
    ['--reason', options.reason, 1_000],
    ['--backdated-reason', options.backdatedReason, 500],
    ['--mostly-changed', options.mostlyChanged, 500],
    ['--document', options.document, 100],
    ['--edition-name', options.editionName, 200],
    ['--approved-by', options.approvedBy, 200],
    ['--organ', options.organ, 200],
    ['--list', options.list, 200],
    ['--as', options.as, 200],
  ] as const)
    if (text !== undefined && (text.trim() === '' || text.length > most))
      throw new UsageError(`${name} 不能是空的，也不能超过 ${most.toString()} 个字。`);
  if (options.edition !== undefined && !/^[0-9A-Za-z-]{1,30}$/.test(options.edition))
    throw new UsageError('--edition 只能是字母、数字和连字符，如 2026 或 2025-1。');
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
