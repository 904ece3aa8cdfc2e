import type { OpenFindings } from '@mandate/drafting';
import type { HealthFinding } from '@mandate/lists';
import type { CellError, ListWarning, RefusedFile, UnownedItem } from '@mandate/list-files';
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
  /** of a file of several organs: what each has of it, and the items that are nobody's as far as it says */
  readonly organs?: readonly OrganShare[];
  readonly unowned?: readonly UnownedItem[];
  readonly changes?: ItemChanges;
  readonly warnings?: readonly ListWarning[];
  /** what is wrong in a filled template: nothing of it was taken */
  readonly cellErrors?: readonly CellError[];
  /** where the workbook was put in which they are marked; only at the command line */
  readonly marked?: string;
  /** only for a file that could not be read or imported */
  readonly error?: FileError;
}

/** Why a file is not read or imported. */
export interface FileError {
  readonly code: string;
  readonly message: string;
  /** of a file in which no list was recognised: what a program needs to ask a person */
  readonly refused?: RefusedFile;
}

/** What of one file is of one organ. */
export interface OrganShare {
  readonly key: string;
  readonly name: string;
  readonly items: number;
  /** it is not registered, and would be founded with its list */
  readonly founded?: true;
  readonly changes?: ItemChanges;
  /** id of the draft that they became */
  readonly draft?: string;
  /** why they became none */
  readonly error?: { readonly code: string; readonly message: string };
}

/** An item that is listed and stands in none of the files. */
export interface MissingReport {
  readonly key: string;
  /** key of the organ or negative list */
  readonly organ: string;
  readonly name: string;
}

/** Bases whose words did not change, but are of another rank by the rules of today; left as listed unless asked for. */
export interface ReclassifiedReport {
  readonly items: number;
  readonly bases: number;
}

/** Discretion standards of a file, joined to the listed penalties of the organ. */
export interface StandardsReport {
  /** standards that found their penalty */
  readonly joined: number;
  /** listed penalties, and how many of them the files have standards for */
  readonly penalties: number;
  readonly withStandards: number;
  readonly unmatched: readonly (StandardPlace & { readonly near?: string })[];
  /** several penalties may be meant */
  readonly unclear: readonly (StandardPlace & { readonly message: string })[];
}

export interface StandardPlace {
  readonly file: string;
  readonly sheet: string;
  readonly row: number;
  readonly conduct: string;
}

/** One list, from all files of the run that are of it, and the draft it became. */
export interface ListReport {
  readonly list: string;
  readonly name: string;
  readonly files: readonly string[];
  /** absent for discretion standards: they change items and make no edition */
  readonly edition?: {
    readonly number: string;
    readonly name: string;
    /** absent where the list says no whole day: then that of its publication */
    readonly date?: string | undefined;
  };
  readonly effectiveDate: string;
  /** what the `new` items are: first recorded here, or new powers */
  readonly newItems: 'recorded' | 'added';
  readonly changes: ItemChanges;
  readonly reclassified?: ReclassifiedReport | undefined;
  readonly standards?: StandardsReport | undefined;
  /** changes a reviewer should look at twice */
  readonly doubtful: readonly DoubtfulItem[];
  readonly missing: readonly MissingReport[];
  /** how many new ones may be a listed one under another name, and wait for an answer */
  readonly asked: number;
  /** a file of it is filled in wrongly: nothing of the list was taken */
  readonly refused?: true;
  /** how many of the missing ones the draft cancels */
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
    /** missing items of which nobody has decided yet: with them, and with what is asked, it cannot be submitted */
    readonly undecided: number;
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
  readonly regions?: RegionsReport;
}

/** Regions in which organs of this import are, and which are not registered. */
export interface RegionsReport {
  readonly missing: readonly { readonly code: string; readonly name: string }[];
  /** that registers them; absent where the account is an organ's, in a dry run, and where it is open already */
  readonly draft?: { readonly id: string; readonly state: string };
  /** why there is none, where something went wrong */
  readonly error?: string;
}
