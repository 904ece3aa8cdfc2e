import { Entity, PrimaryColumn } from 'typeorm';

/** An entry that waits for its place in the tree. A trigger writes it with the entry, the sequencer takes it away. */
@Entity({ name: 'unsequenced_entry' })
export class UnsequencedEntryRow {
  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'unsequenced_entry_pk' })
  log!: string;

  @PrimaryColumn('bigint', { name: 'entry_id', primaryKeyConstraintName: 'unsequenced_entry_pk' })
  entryId!: string;
}
