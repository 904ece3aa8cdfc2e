import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { DraftError } from '@mandate/drafting';
import type { Account } from '../auth/access.ts';
import { AuthError } from '../auth/auth.errors.ts';
import { ListsError } from '../lists/lists.errors.ts';
import type { FileReport, ImportReport, ListReport } from '../imports/import-report.ts';
import { ImportError } from '../imports/imports.errors.ts';
import type { ImportOptions, ImportsService } from '../imports/imports.service.ts';
import type { ListFiles } from '../imports/list-files.ts';
import { findOrganInTitle } from '../imports/organ-title.ts';
import { readSourceFile, type SourceFile } from '../imports/source-file.ts';
import { markErrors } from '../imports/template/mark-errors.ts';

export interface RunOptions extends Omit<ImportOptions, 'regions' | 'onItem'> {
  readonly onProgress?: ((list: string, done: number, total: number) => void) | undefined;
  /** takes a file with its errors marked, as the workbook to be given back */
  readonly onMarked?: ((file: string, workbook: Uint8Array) => Promise<void>) | undefined;
}

/** A file of a run: where it is read from, or what was sent. */
export type RunFile = string | { readonly file: string; readonly bytes: Uint8Array };

/**
 * Imports files: one draft for each list that some of them are of. A file that cannot be read or imported is reported,
 * and the lists of the others still become drafts.
 * @param author absent for a dry run that only compares
 */
export async function runImport(
  imports: Pick<ImportsService, 'ownerOf' | 'importList'>,
  author: Account | undefined,
  paths: readonly RunFile[],
  options: RunOptions,
): Promise<ImportReport> {
  const names = paths.map((path) => (typeof path === 'string' ? basename(path) : path.file));
  const regions = [...new Set(names.flatMap((name) => findOrganInTitle(name)?.regionName ?? []))];
  const reports: (FileReport | undefined)[] = paths.map(() => undefined);
  const lists = new Map<string, { list: ListFiles; places: number[] }>();
  for (const [n, path] of paths.entries()) {
    try {
      const owned = await imports.ownerOf(await readSource(path), { ...options, regions });
      const id = `${owned.register} ${owned.key}`;
      const known = lists.get(id);
      if (known)
        lists.set(id, {
          list: { ...known.list, files: [...known.list.files, ...owned.files] },
          places: [...known.places, n],
        });
      else lists.set(id, { list: owned, places: [n] });
    } catch (error) {
      reports[n] = { file: names[n] ?? '', sheets: [], items: 0, error: describe(error) };
    }
  }
  // A file that could not be read may hold just what seems missing.
  const readable = reports.every((report) => report === undefined);
  const imported: ListReport[] = [];
  for (const { list, places } of lists.values()) {
    options.onProgress?.(list.name, 0, 1);
    try {
      const { report, files } = await imports.importList(author, list, {
        ...options,
        cancelMissing: options.cancelMissing === true && readable,
        onItem: (done, total) => options.onProgress?.(list.name, done, total),
      });
      imported.push(report);
      places.forEach((n, at) => (reports[n] = files[at]));
      for (const [at, { source }] of list.files.entries()) {
        const errors = files[at]?.cellErrors;
        if (errors) await options.onMarked?.(source.file, markErrors(source.grids, errors));
      }
    } catch (error) {
      const said = describe(error);
      for (const [at, n] of places.entries())
        reports[n] = { file: list.files[at]?.source.file ?? '', sheets: [], items: 0, error: said };
    }
  }
  return toReport(
    reports.flatMap((report) => report ?? []),
    imported,
    options.dryRun === true,
  );
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

async function readSource(path: RunFile): Promise<SourceFile> {
  if (typeof path !== 'string') return readSourceFile(path.file, path.bytes);
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    const reasons: Readonly<Record<string, string>> = {
      ENOENT: '没有这个文件',
      EACCES: '没有读取权限',
      EISDIR: '这是一个文件夹，请指明其中的工作簿',
    };
    const reason = (typeof code === 'string' ? reasons[code] : undefined) ?? '文件无法读取';
    throw new ImportError('unreadable-file', `${reason}：${path}`, { cause });
  }
  return readSourceFile(basename(path), bytes);
}

function describe(error: unknown): { code: string; message: string } {
  if (
    error instanceof ImportError ||
    error instanceof ListsError ||
    error instanceof DraftError ||
    error instanceof AuthError
  )
    return { code: error.code, message: error.message };
  const reason = error instanceof Error ? error.message : String(error);
  return { code: 'import-failed', message: `导入中断，没有留下任何草稿：${reason}` };
}
