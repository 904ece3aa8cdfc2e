import { Check, Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { Role } from './roles.ts';

/** A new account, other roles, a reset of the password, or an account that may act again: asked for by one person, decided by another. */
@Entity({ name: 'account_change' })
@Check('account_change_two_people', `decision <> 'approved' OR decided_by <> requested_by`)
@Index('account_change_open_unique', ['login'], { unique: true, where: 'decision IS NULL' })
export class AccountChange {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'account_change_pk' })
  id!: string;

  @Column('text')
  kind!: 'create' | 'roles' | 'reset' | 'enable';

  @Column({ type: 'text', collation: 'C' })
  login!: string;

  @Column('text', { name: 'display_name', nullable: true })
  displayName!: string | null;

  @Column({ type: 'text', collation: 'C', nullable: true })
  organ!: string | null;

  @Column('text', { array: true })
  roles!: Role[];

  /** SHA-256, hex, of the half of the code that was given to who asked for a new account or a reset; gone once it is decided */
  @Column('text', { name: 'code_hash', nullable: true })
  codeHash!: string | null;

  @Column('uuid', { name: 'requested_by' })
  requestedBy!: string;

  @Column('timestamptz', { name: 'requested_at', default: () => 'now()' })
  requestedAt!: Date;

  @Column('uuid', { name: 'decided_by', nullable: true })
  decidedBy!: string | null;

  @Column('timestamptz', { name: 'decided_at', nullable: true })
  decidedAt!: Date | null;

  @Column('text', { nullable: true })
  decision!: 'approved' | 'rejected' | null;
}
