import type { HealthRule } from '@mandate/lists';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A reviewer's word that findings of a rule stand, and why. */
@Entity({ name: 'draft_overrule' })
@Index('draft_overrule_draft_idx', ['draftId', 'at'])
@Check('draft_overrule_says_why', 'length(reason) BETWEEN 1 AND 500')
export class DraftOverruleRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'draft_overrule_pk' })
  id!: string;

  @Column('uuid', { name: 'draft_id' })
  draftId!: string;

  @Column('text')
  rule!: HealthRule;

  /** null: every change in which the rule found something then */
  @Column('integer', { nullable: true })
  change!: number | null;

  @Column('text')
  reason!: string;

  /** what it covers, by `findingId` */
  @Column('jsonb')
  findings!: readonly string[];

  @Column('uuid')
  account!: string;

  @Column('timestamptz', { default: () => 'clock_timestamp()' })
  at!: Date;
}
