import { Check, Column, CreateDateColumn, Entity, PrimaryGeneratedColumn, Unique } from 'typeorm';
import type { Role } from './roles.ts';

/** An official who may act for one organ, or for the registry itself where `organ` is null. */
@Entity({ name: 'account' })
@Unique('account_login_unique', ['login'])
@Check('account_roles_known', `roles <@ ARRAY['editor', 'reviewer', 'publisher', 'auditor', 'issuer']`)
@Check('account_auditor_reads', `NOT 'auditor' = ANY (roles) OR cardinality(roles) = 1`)
export class Account {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'account_pk' })
  id!: string;

  @Column({ type: 'text', collation: 'C' })
  login!: string;

  @Column('text', { name: 'display_name' })
  displayName!: string;

  @Column({ type: 'text', collation: 'C', nullable: true })
  organ!: string | null;

  @Column('text', { array: true })
  roles!: Role[];

  @Column('text', { name: 'password_hash' })
  passwordHash!: string;

  /** made by the demo: refused wherever the demo is off */
  @Column('boolean', { default: false })
  demo!: boolean;

  /** hashes of the two halves of the code for its first password, or its next after a reset, and until when they count; null once it has one */
  @Column('text', { nullable: true })
  activation?: string | null;

  /** since when nobody may act as it; null while somebody may */
  @Column('timestamptz', { name: 'disabled_at', nullable: true })
  disabledAt!: Date | null;

  /** one more with each unlocking: what was counted before counts no longer */
  @Column('integer', { name: 'lock_epoch', default: 0 })
  lockEpoch!: number;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' })
  createdAt!: Date;
}
