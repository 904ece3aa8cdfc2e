import { Column, CreateDateColumn, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Account } from './account.entity.ts';

/** A signed-in browser. Only the hash of its token is kept: a copy of the table signs nobody in. */
@Entity({ name: 'session' })
export class Session {
  @PrimaryColumn('text', { collation: 'C', name: 'token_hash', primaryKeyConstraintName: 'session_pk' })
  tokenHash!: string;

  @ManyToOne(() => Account, { onDelete: 'CASCADE', nullable: false, eager: true })
  @JoinColumn({ name: 'account_id', foreignKeyConstraintName: 'session_account_fk' })
  account!: Account;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'expires_at' })
  @Index('session_expiry_idx')
  expiresAt!: Date;
}
