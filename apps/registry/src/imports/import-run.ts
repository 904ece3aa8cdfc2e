import {
  type CellError,
  findOrganInTitle,
  type RememberedReading,
  type SourceFile,
} from '@mandate/list-files';
import type { Account } from '../auth/access.ts';
import type { ImportOptions, ImportOutcome } from './import-options.ts';
import type { ImportsService } from './imports.service.ts';
import type { ListFiles } from './list-files.ts';

/** A file of a run, read when its turn comes. */
export interface RunFile {
  /** without its folder */
  readonly name: string;
  /**
   * @param remembered what was said before of the columns of such files
   * @throws WorkbookError, ListFileError, ImportError
   */
  readonly read: (remembered: readonly RememberedReading[]) => Promise<SourceFile>;
  /** the same file as a workbook in which these are marked @throws WorkbookError, ImportError */
  readonly mark: (errors: readonly CellError[]) => Promise<Uint8Array>;
}

export interface RunOptions extends Omit<ImportOptions, 'regions' | 'onItem'> {
  readonly onProgress?: ((list: string, done: number, total: number) => void) | undefined;
}

/** The files of one list, or one that could not be read, by their places in the run; and what became of them. */
export type RunOutcome = { readonly places: readonly number[] } & (
  | (ImportOutcome & {
      /** by place in `places`: the workbook to be given back, with the errors of a template marked */
      readonly marked: ReadonlyMap<number, Uint8Array>;
    })
  | { readonly error: unknown }
);

/**
 * Imports files: one draft for each list that some of them are of. A file that cannot be read or imported is told of, and
 * the lists of the others still become drafts.
 * @param author absent for a dry run that only compares
 */
export async function runImport(
  imports: Pick<ImportsService, 'ownerOf' | 'importList' | 'recordRefusal' | 'rememberedReadings'>,
  author: Account | undefined,
  files: readonly RunFile[],
  options: RunOptions,
): Promise<readonly RunOutcome[]> {
  const regions = [...new Set(files.flatMap(({ name }) => findOrganInTitle(name)?.regionName ?? []))];
  const remembered = await imports.rememberedReadings(author);
  const outcomes: RunOutcome[] = [];
  const lists = new Map<string, { list: ListFiles; places: number[] }>();
  for (const [place, file] of files.entries()) {
    try {
      const owned = await ownedFile(imports, file, { ...options, regions }, remembered);
      const id = `${owned.register} ${owned.key}`;
      const known = lists.get(id);
      lists.set(id, {
        list: known ? { ...known.list, files: [...known.list.files, ...owned.files] } : owned,
        places: [...(known?.places ?? []), place],
      });
    } catch (error) {
      if (author !== undefined) await imports.recordRefusal(author, error);
      outcomes.push({ places: [place], error });
    }
  }
  // A file that could not be read may hold just what seems missing.
  const cancelMissing = options.cancelMissing === true && outcomes.length === 0;
  for (const { list, places } of lists.values()) {
    options.onProgress?.(list.name, 0, 1);
    try {
      const outcome = await imports.importList(author, list, {
        ...options,
        cancelMissing,
        onItem: (done, total) => options.onProgress?.(list.name, done, total),
      });
      outcomes.push({ places, ...outcome, marked: await markFiles(places, files, outcome) });
    } catch (error) {
      if (author !== undefined) await imports.recordRefusal(author, error);
      outcomes.push({ places, error });
    }
  }
  return outcomes;
}

/** What was said of another organ's columns is not used for this one's. */
async function ownedFile(
  imports: Pick<ImportsService, 'ownerOf'>,
  file: RunFile,
  options: RunOptions & { readonly regions: readonly string[] },
  remembered: readonly RememberedReading[],
): Promise<ListFiles> {
  const source = await file.read(remembered);
  const owned = await imports.ownerOf(source, options);
  const used = source.register === 'authority-item' ? source.remembered : undefined;
  if (used === undefined || used === owned.key) return owned;
  const own = remembered.filter(({ organ }) => organ === owned.key);
  return imports.ownerOf(await file.read(own), options);
}

async function markFiles(
  places: readonly number[],
  files: readonly RunFile[],
  outcome: ImportOutcome,
): Promise<Map<number, Uint8Array>> {
  const marked = new Map<number, Uint8Array>();
  for (const [at, place] of places.entries()) {
    const errors = outcome.files[at]?.cellErrors;
    const file = files[place];
    if (errors && file) marked.set(at, await file.mark(errors));
  }
  return marked;
}
