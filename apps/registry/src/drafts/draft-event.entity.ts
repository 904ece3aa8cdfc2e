import type { DraftAction } from '@mandate/drafting';
import type { Json } from '@mandate/encoding';
import { Check, Column, Entity, Index, PrimaryColumn, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** Who did what with a draft, and when. */
@Entity({ name: 'draft_event' })
@Index('draft_event_draft_idx', ['draftId', 'id'])
@Check('draft_event_rejection_says_why', `action <> 'rejected' OR comment IS NOT NULL`)
export class DraftEventRow {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'draft_event_pk',
  })
  id!: string;

  @Column('uuid', { name: 'draft_id' })
  draftId!: string;

  /** of the draft, after the act */
  @Column('integer')
  version!: number;

  @Column('text')
  action!: DraftAction;

  @Column('uuid')
  account!: string;

  @Column('integer', { nullable: true })
  change!: number | null;

  @Column('text', { nullable: true })
  comment!: string | null;

  @Column('jsonb', { nullable: true })
  detail!: Json;

  @Column('timestamptz', { default: () => 'now()' })
  at!: Date;

  /** from the settings of the connection, see `waySettings`; null in rows of before */
  @Column('text', { nullable: true, default: () => `NULLIF(current_setting('mandate.way', true), '')` })
  way?: string | null;

  @Column('text', {
    name: 'host_user',
    nullable: true,
    default: () => `NULLIF(current_setting('mandate.host_user', true), '')`,
  })
  hostUser?: string | null;
}

/** The entry that a published change became; number 0 is that of the edition. */
@Entity({ name: 'draft_entry' })
@Unique('draft_entry_entry_unique', ['entryId'])
export class DraftEntryRow {
  @PrimaryColumn('uuid', { name: 'draft_id', primaryKeyConstraintName: 'draft_entry_pk' })
  draftId!: string;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'draft_entry_pk' })
  number!: number;

  @Column({ type: 'text', collation: 'C' })
  key!: string;

  @Column('bigint', { name: 'entry_id' })
  entryId!: string;
}
