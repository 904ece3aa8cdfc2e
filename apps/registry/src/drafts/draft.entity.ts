import type { DraftEdition, DraftSource, DraftState, MissingItem } from '@mandate/drafting';
import type { Json } from '@mandate/encoding';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A draft's headings and where it stands. */
@Entity({ name: 'draft' })
@Index('draft_list_idx', ['list', 'createdAt', 'id'])
@Index('draft_newest_idx', ['createdAt', 'id'])
@Check(
  'draft_edition_of_scope',
  `(scope = 'change' AND edition IS NULL) OR (scope = 'edition' AND edition IS NOT NULL)`,
)
@Check(
  'draft_state_known',
  `state IN ('draft', 'submitted', 'approved', 'rejected', 'published', 'withdrawn')`,
)
@Check('draft_version_range', 'version >= 1')
export class DraftRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'draft_pk' })
  id!: string;

  @Column('text')
  scope!: 'change' | 'edition';

  @Column({ type: 'text', collation: 'C' })
  list!: string;

  @Column('text')
  title!: string;

  @Column('date', { name: 'effective_date' })
  effectiveDate!: string;

  @Column('text')
  reason!: string;

  @Column('text', { nullable: true })
  document!: string | null;

  @Column('text', { name: 'backdated_reason', nullable: true })
  backdatedReason!: string | null;

  @Column('jsonb', { nullable: true })
  edition!: DraftEdition | null;

  @Column('jsonb', { nullable: true })
  report!: Json;

  @Column('jsonb', { default: [] })
  missing!: readonly MissingItem[];

  /** files of which it was made */
  @Column('jsonb', { default: [] })
  sources!: readonly DraftSource[];

  @Column('text')
  state!: DraftState;

  @Column('integer')
  version!: number;

  @Column('uuid')
  author!: string;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'changed_at', default: () => 'now()' })
  changedAt!: Date;
}
