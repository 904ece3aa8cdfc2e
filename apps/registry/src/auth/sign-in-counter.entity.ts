import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Sign-ins that were refused, or are being looked at. Who typed what cannot be read from the key, see `SignInCounters`. */
@Entity({ name: 'sign_in_counter' })
export class SignInCounter {
  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'sign_in_counter_pk' })
  key!: string;

  @Column('integer')
  failures!: number;

  @Column('timestamptz', { name: 'failed_at', default: () => 'now()' })
  @Index('sign_in_counter_failed_idx')
  failedAt!: Date;

  @Column('timestamptz', { name: 'blocked_until', nullable: true })
  blockedUntil!: Date | null;
}
