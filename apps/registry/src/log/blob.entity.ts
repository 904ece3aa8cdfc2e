import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Canonical JSON that entries name by its hash. */
@Entity({ name: 'blob' })
export class BlobRow {
  /** `sha256:` + 64 hex */
  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'blob_pk' })
  hash!: string;

  @Column('bytea')
  bytes!: Buffer;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
