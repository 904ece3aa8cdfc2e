import type { ReadingOptions } from '@mandate/list-files';
import type { EditionOptions } from './edition-choice.ts';
import type { FileReport, ListReport } from './import-report.ts';
import type { OwnerOptions } from './list-owners.service.ts';

export interface ImportOptions extends EditionOptions, OwnerOptions {
  readonly dryRun?: boolean | undefined;
  /** `YYYY-MM-DD`; today in Shanghai when absent */
  readonly effectiveDate?: string | undefined;
  /** stands in every entry, for everyone to read */
  readonly reason?: string | undefined;
  /** why it takes effect before the day of its publication; stands in the entries too */
  readonly backdatedReason?: string | undefined;
  /** 文号 */
  readonly document?: string | undefined;
  /** what is listed and stands in none of the files is cancelled by the draft */
  readonly cancelMissing?: boolean | undefined;
  /** the draft is not kept for its author but goes to review at once */
  readonly submit?: boolean | undefined;
  /** what a person says of the columns of the files */
  readonly reading?: ReadingOptions | undefined;
  readonly onItem?: ((done: number, total: number) => void) | undefined;
}

/** What an import made of the files of one list. */
export interface ImportOutcome {
  readonly report: ListReport;
  readonly files: readonly FileReport[];
}
