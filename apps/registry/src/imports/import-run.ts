import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { withoutBlanks } from '@mandate/lists';
import { ListsError } from '../lists/lists.errors.ts';
import type { LogService } from '../log/log.service.ts';
import type { FileReport, ImportReport } from './import-report.ts';
import { ImportError } from './imports.errors.ts';
import type {
  HeldItems,
  ImportedFile,
  ImportOptions,
  ImportsService,
  MissingItem,
} from './imports.service.ts';
import { findOrganInTitle } from './organ-title.ts';
import { type ListFile, readListFile } from './read-file.ts';

export interface RunOptions extends Omit<ImportOptions, 'regions' | 'onItem'> {
  readonly cancelMissing?: boolean | undefined;
  readonly onProgress?: ((file: string, done: number, total: number) => void) | undefined;
}

type Held = Record<keyof HeldItems, Set<string>>;

/** Imports files one after another. One that cannot be read or imported is reported, and the others still are. */
export async function runImport(
  services: { readonly imports: ImportsService; readonly log: Pick<LogService, 'sequence'> },
  paths: readonly string[],
  options: RunOptions,
): Promise<ImportReport> {
  const { imports, log } = services;
  const regions = regionsIn(paths);
  const files: FileReport[] = [];
  const found = new Map<string, Held>();
  let entriesAppended = 0;
  let unchanged = 0;
  try {
    for (const path of paths) {
      const file = basename(path);
      try {
        const imported = await importPath(imports, path, { ...options, regions });
        files.push(imported.report);
        entriesAppended += imported.entriesAppended;
        unchanged += imported.report.changes?.unchanged ?? 0;
        collect(found, imported);
      } catch (error) {
        files.push({ file, sheets: [], items: 0, error: describe(error) });
      }
    }
    const readable = files.every(({ error }) => error === undefined);
    const missing: MissingItem[] = [];
    let cancelled = 0;
    for (const [organ, held] of found) {
      const gone = await imports.missingItems(organ, held);
      missing.push(...gone);
      // A file that could not be read may hold just what seems missing.
      if (options.cancelMissing !== true || !readable || gone.length === 0) continue;
      if (options.dryRun !== true) entriesAppended += await imports.cancelMissing(organ, held, options);
      else entriesAppended += gone.length;
      cancelled += gone.length;
    }
    return {
      files,
      items: files.reduce((sum, { items }) => sum + items, 0),
      entriesAppended,
      unchanged,
      missing,
      cancelled,
      ...(options.dryRun === true && { dryRun: true }),
    };
  } finally {
    // What is committed enters the tree, whatever went wrong after it.
    if (entriesAppended > 0 && options.dryRun !== true) await log.sequence('lists');
  }
}

async function importPath(
  imports: ImportsService,
  path: string,
  options: RunOptions & { readonly regions: readonly string[] },
): Promise<ImportedFile> {
  const file = await readList(path);
  const total = file.sheets.reduce((sum, { items }) => sum + items.length, 0);
  options.onProgress?.(file.file, 0, total);
  const imported = await imports.importFile(file, {
    ...options,
    onItem: (done) => options.onProgress?.(file.file, done, total),
  });
  options.onProgress?.(file.file, total, total);
  return imported;
}

async function readList(path: string): Promise<ListFile> {
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
  return readListFile(basename(path), bytes);
}

/** Regions the names of the files agree or differ on. */
function regionsIn(paths: readonly string[]): string[] {
  return [...new Set(paths.flatMap((path) => findOrganInTitle(basename(path))?.regionName ?? []))];
}

function collect(found: Map<string, Held>, { report, keys, keysBefore, unreadNames }: ImportedFile): void {
  if (!report.organ) return;
  const held = found.get(report.organ.key) ?? {
    keys: new Set(),
    keysBefore: new Set(),
    unreadNames: new Set(),
  };
  for (const key of keys) held.keys.add(key);
  for (const key of keysBefore) held.keysBefore.add(key);
  for (const name of unreadNames) held.unreadNames.add(withoutBlanks(name));
  found.set(report.organ.key, held);
}

function describe(error: unknown): { code: string; message: string } {
  if (error instanceof ImportError || error instanceof ListsError)
    return { code: error.code, message: error.message };
  const reason = error instanceof Error ? error.message : String(error);
  return { code: 'import-failed', message: `导入中断，此文件的内容已全部撤回：${reason}` };
}
