import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** An entry as it arrived. Its place in the tree is a row of `log_leaf`, later. */
@Entity({ name: 'entry' })
@Index('entry_log_idx', ['log', 'id'])
export class EntryRow {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'entry_pk',
  })
  id!: string;

  @Column({ type: 'text', collation: 'C' })
  log!: string;

  @Column({ type: 'text', collation: 'C', nullable: true })
  register!: string | null;

  // Keys are ASCII and found by their beginning: the order of bytes serves both, on every server.
  @Column({ type: 'text', nullable: true, collation: 'C' })
  key!: string | null;

  /** canonical JSON, at most 65,535 bytes */
  @Column('bytea')
  leaf!: Buffer;

  @Column('bytea', { name: 'leaf_hash' })
  leafHash!: Buffer;

  @Column({ type: 'text', collation: 'C', name: 'blob_hash', nullable: true })
  blobHash!: string | null;

  @Column('date', { name: 'effective_date', nullable: true })
  effectiveDate!: string | null;

  @Column('timestamptz', { name: 'received_at', default: () => 'now()' })
  receivedAt!: Date;
}
