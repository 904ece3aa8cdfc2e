import {
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  Unique,
} from 'typeorm';
import { Account } from './account.entity.ts';

/** A signed-in browser. Only the hash of its token is kept: a copy of the table signs nobody in. */
@Entity({ name: 'session' })
@Unique('session_id_unique', ['id'])
export class Session {
  @PrimaryColumn('text', { collation: 'C', name: 'token_hash', primaryKeyConstraintName: 'session_pk' })
  tokenHash!: string;

  /** by which it is listed and revoked: opens nothing */
  @Column('uuid')
  id!: string;

  @ManyToOne(() => Account, { onDelete: 'CASCADE', nullable: false, eager: true })
  @JoinColumn({ name: 'account_id', foreignKeyConstraintName: 'session_account_fk' })
  @Index('session_account_idx')
  account!: Account;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'expires_at' })
  @Index('session_expiry_idx')
  expiresAt!: Date;

  /** to some minutes: not every request writes */
  @Column('timestamptz', { name: 'used_at', default: () => 'now()' })
  usedAt!: Date;

  /** from where it was opened, see `networkOf` */
  @Column('text')
  network!: string;

  /** from the settings of the connection, see `waySettings` */
  @Column('text', { nullable: true, default: () => `NULLIF(current_setting('mandate.way', true), '')` })
  way!: string | null;
}
