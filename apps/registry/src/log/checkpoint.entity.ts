import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A promise the registry signed. */
@Entity({ name: 'checkpoint' })
export class CheckpointRow {
  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'checkpoint_pk' })
  log!: string;

  @PrimaryColumn('bigint', { primaryKeyConstraintName: 'checkpoint_pk' })
  size!: string;

  @Column('bytea')
  root!: Buffer;

  /** signed note */
  @Column('text')
  note!: string;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
