import type { AccountName } from '@mandate/drafting';
import type { HealthFinding, HealthGrade, HealthRule } from '@mandate/lists';

export interface DraftFindingsQuery {
  readonly rule?: HealthRule | undefined;
  /** only those that stop the draft: of grade `must`, and not overruled */
  readonly open?: boolean | undefined;
  /** how many findings to leave out */
  readonly after: number;
  readonly limit: number;
}

/** A finding in a change of a draft. */
export interface DraftFinding extends HealthFinding {
  /** number of the change */
  readonly change: number;
  /** of a finding of grade `must` that a reviewer lets stand */
  readonly overruled?: {
    readonly id: string;
    readonly reason: string;
    readonly by: AccountName;
    readonly at: string;
  };
}

export interface DraftFindings {
  /** items of the draft that were looked at */
  readonly checked: number;
  readonly counts: readonly {
    readonly rule: HealthRule;
    readonly grade: HealthGrade;
    readonly name: string;
    readonly means: string;
    readonly count: number;
    /** how many of them stop the draft */
    readonly open: number;
  }[];
  readonly findings: readonly DraftFinding[];
  /** `after` of the next page */
  readonly next?: number;
}
