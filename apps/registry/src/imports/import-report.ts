import type { OpenFindings } from '@mandate/drafting';
import type { HealthFinding } from '@mandate/lists';
import type { CellError, ListWarning } from '@mandate/list-files';
import type { MostlyChanged } from './mostly-changed.ts';

export interface SheetReport {
  readonly sheet: string;
  readonly items: number;
  readonly subItems: number;
  readonly levels: number;
  /** how many items the sheet's name or title says it holds */
  readonly claimed?: number;
  readonly warnings: readonly ListWarning[];
}

/** What a list would become: counts of its items. */
export interface ItemChanges {
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
}

export interface FileReport {
  readonly file: string;
  /** the organ or negative list it is the list of, and where that was read */
  readonly organ?: { readonly key: string; readonly name: string; readonly from: string };
  readonly sheets: readonly SheetReport[];
  readonly items: number;
  readonly changes?: ItemChanges;
  readonly warnings?: readonly ListWarning[];
  /** what is wrong in a filled template: nothing of it was taken */
  readonly cellErrors?: readonly CellError[];
  /** where the workbook was put in which they are marked; only at the command line */
  readonly marked?: string;
  /** only for a file that could not be read or imported */
  readonly error?: { readonly code: string; readonly message: string };
}

/** An item that is listed and stands in none of the files. */
export interface MissingReport {
  readonly key: string;
  /** key of the organ or negative list */
  readonly organ: string;
  readonly name: string;
}

/** One list, from all files of the run that are of it, and the draft it became. */
export interface ListReport {
  readonly list: string;
  readonly name: string;
  readonly files: readonly string[];
  readonly edition: { readonly number: string; readonly name: string; readonly date: string };
  readonly effectiveDate: string;
  readonly changes: ItemChanges;
  /** changes a reviewer should look at twice */
  readonly doubtful: readonly DoubtfulItem[];
  readonly missing: readonly MissingReport[];
  /** a file of it is filled in wrongly: nothing of the list was taken */
  readonly refused?: true;
  /** how many of them the draft cancels */
  readonly cancelled: number;
  /** that they have little in common with the list, and the likeliest cause */
  readonly mostlyChanged?: MostlyChanged | undefined;
  /** what the health check says of the items as they would be */
  readonly findings?: FindingsReport | undefined;
  /** absent where nothing is new, in a dry run, and where it could not be made */
  readonly draft?: {
    readonly id: string;
    readonly state: string;
    readonly version: number;
    readonly changes: number;
    /** told with its submission: what stops its approval */
    readonly openFindings?: readonly OpenFindings[];
  };
  /** of a dry run: the draft that an import would have to wait for */
  readonly openDraft?: { readonly id: string; readonly title: string; readonly state: string };
  readonly error?: { readonly code: string; readonly message: string };
}

export interface FindingsReport {
  readonly total: number;
  /** by rule code */
  readonly rules: Readonly<Record<string, number>>;
  /** the first of them */
  readonly list: readonly HealthFinding[];
}

export interface DoubtfulItem {
  readonly file: string;
  readonly sheet: string;
  readonly row: number;
  readonly name: string;
  readonly doubts: readonly { readonly code: string; readonly message: string }[];
}

export interface ImportReport {
  readonly files: readonly FileReport[];
  readonly lists: readonly ListReport[];
  readonly items: number;
  /** changes in all drafts together */
  readonly changes: number;
  readonly unchanged: number;
  readonly missing: readonly MissingReport[];
  readonly cancelled: number;
  readonly dryRun?: true;
}
