import type { CellError, FoundSheet, ListWarning, SourceFile } from '@mandate/list-files';
import { type ChangeKind, type CheckedItem, type ItemState, kindLeads, kindOf } from '@mandate/lists';
import { type NewDraftChange, sourceReason } from '@mandate/drafting';
import type {
  DoubtfulItem,
  ItemChanges,
  MissingReport,
  ReclassifiedReport,
  StandardsReport,
} from './import-report.ts';

/** What importing the files of one list means for it, held against what is listed. */
export interface ListPlan {
  readonly counts: ItemChanges;
  readonly sheets: ReadonlyMap<FoundSheet, SheetPlan>;
  /** items whose words are listed, and bases in them that are read as of another rank today */
  readonly reclassified?: ReclassifiedReport | undefined;
  readonly standards?: StandardsReport | undefined;
  readonly doubtful: readonly DoubtfulItem[];
  readonly missing: readonly MissingReport[];
  /** what may be a listed item under another name */
  readonly pairs: {
    /** listed ones that a found one is taken for */
    readonly paired: readonly MissingReport[];
    /** keys of listed ones, of those missing, that several may be: nobody but a person says what became of them */
    readonly offered: ReadonlySet<string>;
    /** how many wait for an answer */
    readonly asked: number;
  };
  /** what is listed now and not cancelled */
  readonly listed: readonly { readonly key: string; readonly name: string; readonly category?: string }[];
  /** by file: what is wrong with what a template says of listed items */
  readonly cellErrors: ReadonlyMap<SourceFile, readonly CellError[]>;
  /** the powers as they would be, for the health check; a negative list has none */
  readonly items: readonly CheckedItem[];
  /** in the order of the files; made one by one, for a file may hold very many */
  readonly changes: () => Generator<NewDraftChange>;
  /** where what did not change was found now */
  readonly unchanged: readonly FoundPlace[];
  /** what cancels an item that is missing, as it is listed */
  readonly cancel: (missing: readonly MissingReport[]) => Promise<readonly NewDraftChange[]>;
}

/** Of a list whose items have no names that one could mistake. */
export const NO_PAIRS: ListPlan['pairs'] = { paired: [], offered: new Set(), asked: 0 };

/** Where an item was found. */
export interface FoundPlace {
  readonly key: string;
  readonly file: string;
  readonly sheet: string;
  readonly serial: string;
  /** from 1 */
  readonly row: number;
}

/** What became of one sheet. */
export interface SheetPlan {
  items: number;
  subItems: number;
  levels: number;
  readonly issues: ListWarning[];
}

export interface PlanOptions {
  /** `YYYY-MM-DD` */
  readonly effectiveDate: string;
  /** stands in every entry, for everyone to read */
  readonly reason?: string | undefined;
  /** what the list does not hold yet is new to the registry alone (首次收录) */
  readonly recorded: boolean;
  /** ranks of bases whose words did not change are taken as they are read today */
  readonly reclassify?: boolean | undefined;
}

/** A plan for each sheet of the files, nothing found on it yet. */
export function sheetPlans(
  sources: readonly { readonly sheets: readonly FoundSheet[] }[],
): Map<FoundSheet, SheetPlan> {
  return new Map(
    sources.flatMap(({ sheets }) =>
      sheets.map((sheet) => [sheet, { items: 0, subItems: 0, levels: 0, issues: [] }]),
    ),
  );
}

/** The kind of a change by the states before and after, and by whether it is first recorded. */
export function kindBetween(from: ItemState | 'none', to: ItemState, recorded: boolean): ChangeKind {
  return recorded && kindLeads('recorded', from, to) ? 'recorded' : kindOf(from, to);
}

/** The reason of an entry that the import gives where nobody gave one. */
export function reasonOf(given: string | undefined, what: string): string {
  return given ?? sourceReason(what);
}
