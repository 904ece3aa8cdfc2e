import { basename } from 'node:path';
import { IMPORT_LIMITS, ListFileError } from '@mandate/list-files';
import { WorkbookError } from '@mandate/workbook';
import type { Account } from '../auth/access.ts';
import { AuthError } from '../auth/auth.errors.ts';
import { DraftError } from '@mandate/drafting';
import { ListsError } from '../lists/lists.errors.ts';
import type { FileError, FileReport, ImportReport, ListReport } from '../imports/import-report.ts';
import { dividedReport } from '../imports/divided-report.ts';
import { type RunFile, type RunOptions as FilesOptions, runImport } from '../imports/import-run.ts';
import type { FileReaderService } from '../imports/file-reader.service.ts';
import { readFileBounded } from '../files/read-bounded.ts';
import { ImportError } from '../imports/imports.errors.ts';
import type { ImportsService } from '../imports/imports.service.ts';
import type { SentFile } from '../imports/reading.ts';

export interface RunOptions extends FilesOptions {
  /** takes a file with its errors marked, as the workbook to be given back, and says where it put it */
  readonly onMarked?: ((file: string, workbook: Uint8Array) => Promise<string | undefined>) | undefined;
}

/** Imports the files at these paths. @param author absent for a dry run that only compares */
export async function importPaths(
  imports: Pick<
    ImportsService,
    'ownersOf' | 'importList' | 'recordRefusal' | 'placeOrgans' | 'rememberedReadings'
  >,
  reader: Pick<FileReaderService, 'read' | 'mark'>,
  author: Account | undefined,
  paths: readonly string[],
  options: RunOptions,
): Promise<ImportReport> {
  const run = paths.map((path): RunFile => {
    const name = basename(path);
    const sent = async (): Promise<SentFile> => ({ name, bytes: await readBytes(path) });
    return {
      name,
      read: async (remembered) => reader.read(await sent(), '', options.reading, remembered),
      mark: async (errors) => reader.mark(await sent(), errors, ''),
    };
  });
  const reports: FileReport[] = run.map(({ name }) => ({ file: name, sheets: [], items: 0 }));
  const lists: ListReport[] = [];
  const { outcomes, divided, regions } = await runImport(imports, author, run, options);
  for (const outcome of outcomes) {
    for (const [at, place] of outcome.places.entries()) {
      if (divided.has(place)) continue;
      const file = run[place]?.name ?? '';
      const failed: FileReport = { file, sheets: [], items: 0 };
      if ('error' in outcome) reports[place] = { ...failed, error: describe(outcome.error) };
      else {
        const workbook = outcome.marked.get(at);
        const marked = workbook && (await options.onMarked?.(file, workbook));
        reports[place] = { ...(outcome.files[at] ?? failed), ...(marked !== undefined && { marked }) };
      }
    }
    if ('report' in outcome) lists.push(outcome.report);
  }
  for (const [place, file] of divided) reports[place] = dividedReport(file, place, outcomes, describe);
  return { ...toReport(reports, lists, options.dryRun === true), ...(regions && { regions }) };
}

function toReport(files: readonly FileReport[], lists: readonly ListReport[], dryRun: boolean): ImportReport {
  const sum = (of: (list: ListReport) => number): number => lists.reduce((all, list) => all + of(list), 0);
  return {
    files,
    lists,
    items: files.reduce((all, { items }) => all + items, 0),
    changes: sum(({ changes, cancelled }) => changes.new + changes.changed + cancelled),
    unchanged: sum(({ changes }) => changes.unchanged),
    missing: lists.flatMap(({ missing }) => missing),
    cancelled: sum(({ cancelled }) => cancelled),
    ...(dryRun && { dryRun: true as const }),
  };
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: '没有这个文件',
  EACCES: '没有读取权限',
  'not-a-file': '这不是文件，而是文件夹、管道或设备，请指明其中的工作簿',
  'too-large': `文件超过 ${(IMPORT_LIMITS.fileBytes / 2 ** 20).toString()} MB，不像是清单工作簿`,
};

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFileBounded(path, IMPORT_LIMITS.fileBytes);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    const reason = (typeof code === 'string' ? REASONS[code] : undefined) ?? '文件无法读取';
    throw new ImportError('unreadable-file', `${reason}：${path}`, { cause });
  }
}

function describe(error: unknown): FileError {
  if (error instanceof ListFileError) {
    const { code, message, extension } = error;
    return { code, message, ...(extension && { refused: extension }) };
  }
  if (
    error instanceof WorkbookError ||
    error instanceof ImportError ||
    error instanceof ListsError ||
    error instanceof DraftError ||
    error instanceof AuthError
  )
    return { code: error.code, message: error.message };
  const reason = error instanceof Error ? error.message : String(error);
  return { code: 'import-failed', message: `导入中断，没有留下任何草稿：${reason}` };
}
