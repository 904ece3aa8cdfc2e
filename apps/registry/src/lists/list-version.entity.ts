import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * A version of a key, as lists are found and filtered by it: `headOf` its content, written by whoever appends the entry.
 */
@Entity({ name: 'list_version' })
export class ListVersionRow {
  @PrimaryColumn('bigint', { name: 'entry_id', primaryKeyConstraintName: 'list_version_pk' })
  entryId!: string;

  @Column({ type: 'text', collation: 'C' })
  register!: string;

  @Column({ type: 'text', collation: 'C' })
  key!: string;

  /** the entry's own time */
  @Column('timestamptz', { name: 'listed_at' })
  listedAt!: Date;

  @Column('date', { name: 'effective_date' })
  effectiveDate!: string;

  /** no later entry of this key */
  @Column('boolean')
  newest!: boolean;

  @Column('text', { nullable: true })
  name!: string | null;

  /** 权力类型 of an authority item, chapter of a negative-list item */
  @Column({ type: 'text', collation: 'C', nullable: true })
  category!: string | null;

  /** 门类 of a negative-list item */
  @Column({ type: 'text', collation: 'C', nullable: true })
  section!: string | null;

  @Column({ type: 'text', collation: 'C', nullable: true })
  state!: string | null;

  /** codes of the levels an authority item is divided into, of its sub-items too */
  @Column('jsonb', { nullable: true })
  levels!: readonly string[] | null;
}

/** The one row that says which description of the content the versions were worked out by: `LIST_HEAD_VERSION`. */
@Entity({ name: 'list_projection' })
export class ListProjectionRow {
  @PrimaryColumn('boolean', { default: true, primaryKeyConstraintName: 'list_projection_pk' })
  one!: boolean;

  @Column('integer')
  version!: number;
}
