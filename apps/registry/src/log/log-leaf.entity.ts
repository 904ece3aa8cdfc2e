import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** The place the sequencer gave an entry. */
@Entity({ name: 'log_leaf' })
@Unique('log_leaf_entry_unique', ['entryId'])
export class LogLeafRow {
  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'log_leaf_pk' })
  log!: string;

  @PrimaryColumn('bigint', { primaryKeyConstraintName: 'log_leaf_pk' })
  index!: string;

  @Column('bigint', { name: 'entry_id' })
  entryId!: string;
}
