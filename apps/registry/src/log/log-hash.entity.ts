import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Hash of a leaf or of a complete subtree; for the position see `storedHashPosition`. */
@Entity({ name: 'log_hash' })
export class LogHashRow {
  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'log_hash_pk' })
  log!: string;

  @PrimaryColumn('bigint', { primaryKeyConstraintName: 'log_hash_pk' })
  position!: string;

  @Column('bytea')
  hash!: Buffer;
}
