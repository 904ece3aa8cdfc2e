import {
  type CellError,
  findOrganInTitle,
  type RememberedReading,
  type SourceFile,
} from '@mandate/list-files';
import { type Organ, OrganSchema } from '@mandate/lists';
import type { Account } from '../auth/access.ts';
import { AuthError } from '../auth/auth.errors.ts';
import type { ImportOptions, ImportOutcome } from './import-options.ts';
import type { ImportsService } from './imports.service.ts';
import type { DividedFile, ListFiles, OwnedFile } from './list-files.ts';
import type { RegionsReport } from './import-report.ts';

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
      /** the organ that is to be founded with the list */
      readonly founded?: Organ;
    })
  | { readonly error: unknown; readonly list?: ListFiles }
);

export interface RunResult {
  readonly outcomes: readonly RunOutcome[];
  /** the files that are of several organs, by their places */
  readonly divided: ReadonlyMap<number, DividedFile>;
  readonly regions?: RegionsReport;
}

/**
 * Imports files: one draft for each list that some of them are of. A file that cannot be read or imported is told of, and
 * the lists of the others still become drafts.
 * @param author absent for a dry run that only compares
 */
export async function runImport(
  imports: Pick<
    ImportsService,
    'ownersOf' | 'importList' | 'recordRefusal' | 'placeOrgans' | 'rememberedReadings'
  >,
  author: Account | undefined,
  files: readonly RunFile[],
  options: RunOptions,
): Promise<RunResult> {
  const regions = [...new Set(files.flatMap(({ name }) => findOrganInTitle(name)?.regionName ?? []))];
  const remembered = await imports.rememberedReadings(author);
  const outcomes: RunOutcome[] = [];
  const lists = new Map<string, { list: ListFiles; places: number[] }>();
  const divided = new Map<number, DividedFile>();
  for (const [place, file] of files.entries()) {
    try {
      const owned = await ownedFile(imports, file, { ...options, regions }, remembered);
      if (owned.divided) divided.set(place, owned.divided);
      for (const list of owned.lists) {
        const id = `${list.register} ${list.key}`;
        const known = lists.get(id);
        lists.set(id, {
          list: known ? { ...known.list, files: [...known.list.files, ...list.files] } : list,
          places: [...(known?.places ?? []), place],
        });
      }
    } catch (error) {
      if (author !== undefined) await imports.recordRefusal(author, error);
      outcomes.push({ places: [place], error });
    }
  }
  // A file that could not be read may hold just what seems missing.
  const cancelMissing =
    options.cancelMissing === true &&
    outcomes.length === 0 &&
    [...divided.values()].every(({ unowned }) => unowned.length === 0);
  // Of many organs' lists that are not his an official is told; that he tried stands in the ledger once.
  const refused = new Set<unknown>();
  for (const { list, places } of lists.values()) {
    options.onProgress?.(list.name, 0, 1);
    try {
      const outcome = await imports.importList(author, list, {
        ...options,
        cancelMissing,
        onItem: (done, total) => options.onProgress?.(list.name, done, total),
      });
      const marked = await markFiles(places, files, outcome);
      const isNew = list.founded === true && list.register === 'authority-item';
      outcomes.push({ places, ...outcome, marked, ...(isNew && { founded: OrganSchema.parse(list.owner) }) });
    } catch (error) {
      const code = error instanceof AuthError ? error.code : error;
      if (author !== undefined && !refused.has(code)) await imports.recordRefusal(author, error);
      refused.add(code);
      outcomes.push({ places, error, list });
    }
  }
  const founded = outcomes.flatMap((outcome) => ('report' in outcome ? (outcome.founded ?? []) : []));
  const placed = founded.length === 0 ? undefined : await placeOrgans(imports, author, founded, options);
  return { outcomes, divided, ...(placed && { regions: placed }) };
}

/** The drafts of the lists stand, whatever becomes of the one of their regions. */
async function placeOrgans(
  imports: Pick<ImportsService, 'placeOrgans' | 'recordRefusal'>,
  author: Account | undefined,
  founded: readonly Organ[],
  options: RunOptions,
): Promise<RegionsReport | undefined> {
  try {
    return await imports.placeOrgans(author, founded, options);
  } catch (error) {
    if (author !== undefined) await imports.recordRefusal(author, error);
    return { missing: [], error: '登记区划的草稿没有建立成，请由登记簿另行起草区划。' };
  }
}

/**
 * What was said of another organ's columns is not used for this one's. Of a file of several organs it has to have been said
 * for each of them alike: what one organ says of its own must not read the lists of the others.
 */
async function ownedFile(
  imports: Pick<ImportsService, 'ownersOf'>,
  file: RunFile,
  options: RunOptions & { readonly regions: readonly string[] },
  remembered: readonly RememberedReading[],
): Promise<OwnedFile> {
  const source = await file.read(remembered);
  const owned = await imports.ownersOf(source, options);
  const used = source.register === 'authority-item' ? source.remembered : undefined;
  if (used === undefined || source.register !== 'authority-item') return owned;
  const headers = new Set(source.headers.map(({ signature }) => signature));
  const said = (organ: string): string =>
    JSON.stringify(
      remembered
        .filter((one) => one.organ === organ && headers.has(one.signature))
        .map(({ signature, options: reading }) => [signature, reading])
        .sort(),
    );
  if (owned.lists.every(({ key }) => said(key) === said(used))) return owned;
  const [only, ...others] = owned.lists;
  const own = others.length === 0 ? remembered.filter(({ organ }) => organ === only?.key) : [];
  return imports.ownersOf(await file.read(own), options);
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
