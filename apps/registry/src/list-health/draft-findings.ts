import type { HealthFinding, HealthGrade, HealthRule } from '@mandate/lists';

export interface DraftFindingsQuery {
  readonly rule?: HealthRule | undefined;
  /** how many findings to leave out */
  readonly after: number;
  readonly limit: number;
}

/** A finding in a change of a draft. */
export interface DraftFinding extends HealthFinding {
  /** number of the change */
  readonly change: number;
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
  }[];
  readonly findings: readonly DraftFinding[];
  /** `after` of the next page */
  readonly next?: number;
}
