import { Check, Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** A log and what others know it by; fixed when it begins. */
@Entity({ name: 'log' })
@Unique('log_origin_unique', ['origin'])
@Check('log_name_known', `name IN ('lists', 'certificates')`)
export class LogRow {
  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'log_pk' })
  name!: string;

  /** first line of its checkpoints, `<public host>/<name>` */
  @Column({ type: 'text', collation: 'C' })
  origin!: string;

  /** signed-note verifier key */
  @Column('text')
  vkey!: string;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
