import type { ChangeKind, Register } from '@mandate/lists';
import type { ChangePair, ChangePlace, Doubt } from '@mandate/drafting';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One wording of one change of a draft: the newest counts, none is ever lost. */
@Entity({ name: 'draft_change' })
@Index('draft_change_key_idx', ['key', 'register'])
@Check('draft_change_number_range', 'number >= 1')
export class DraftChangeRow {
  @PrimaryColumn('uuid', { name: 'draft_id', primaryKeyConstraintName: 'draft_change_pk' })
  draftId!: string;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'draft_change_pk' })
  number!: number;

  /** that of the draft with which this wording came */
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'draft_change_pk' })
  version!: number;

  @Column('boolean', { default: false })
  removed!: boolean;

  @Column({ type: 'text', collation: 'C' })
  register!: Register;

  @Column({ type: 'text', collation: 'C', nullable: true })
  key!: string | null;

  @Column('text')
  kind!: ChangeKind;

  /** canonical JSON, as it will be the blob */
  @Column('bytea')
  content!: Buffer;

  @Column({ type: 'text', collation: 'C', name: 'base_blob', nullable: true })
  baseBlob!: string | null;

  @Column('date', { name: 'effective_date', nullable: true })
  effectiveDate!: string | null;

  @Column('text', { nullable: true })
  reason!: string | null;

  @Column('text', { nullable: true })
  document!: string | null;

  @Column('text', { nullable: true })
  related!: string | null;

  @Column('jsonb', { nullable: true })
  place!: ChangePlace | null;

  @Column('jsonb', { default: [] })
  doubts!: readonly Doubt[];

  /** null: nobody asks whether it is another item */
  @Column('jsonb', { nullable: true })
  pair!: ChangePair | null;

  @Column('uuid', { name: 'edited_by' })
  editedBy!: string;

  @Column('timestamptz', { name: 'edited_at', default: () => 'now()' })
  editedAt!: Date;
}
