import type { EditionOptions } from './edition-choice.ts';
import type { FileReport, ListReport } from './import-report.ts';
import type { OwnerOptions } from './list-owners.service.ts';

export interface ImportOptions extends EditionOptions, OwnerOptions {
  readonly dryRun?: boolean | undefined;
  /** `YYYY-MM-DD`; when absent that of the list where it is first recorded and says one, else today in Shanghai */
  readonly effectiveDate?: string | undefined;
  /** the list's own day (公布, 印发), `YYYY-MM-DD`; when absent, what titles, file names and the decision's number say */
  readonly listDate?: string | undefined;
  /**
   * Whether items that the list does not hold yet are new, or were in force before the registry knew of them. When absent
   * they are first recorded where the list is empty, and new where it is not.
   */
  readonly newItems?: 'recorded' | 'added' | undefined;
  /** stands in every entry, for everyone to read */
  readonly reason?: string | undefined;
  /** why it takes effect before the day of its publication; stands in the entries too */
  readonly backdatedReason?: string | undefined;
  /** 文号 */
  readonly document?: string | undefined;
  /** what is listed and stands in none of the files is cancelled by the draft */
  readonly cancelMissing?: boolean | undefined;
  /** ranks of bases (法律, 行政法规 …) are taken as they are read today, where the words did not change too */
  readonly reclassify?: boolean | undefined;
  /** why an edition whose items are mostly new, or that lacks most of the list, is right: whoever reviews it reads it */
  readonly mostlyChanged?: string | undefined;
  /** id of an open draft of the same list, whose content these files take the place of */
  readonly replace?: string | undefined;
  /** its version as the person saw it: who changed it since is not overwritten */
  readonly revision?: number | undefined;
  /** the draft is not kept for its author but goes to review at once */
  readonly submit?: boolean | undefined;
  readonly onItem?: ((done: number, total: number) => void) | undefined;
}

/** What an import made of the files of one list. */
export interface ImportOutcome {
  readonly report: ListReport;
  readonly files: readonly FileReport[];
}
