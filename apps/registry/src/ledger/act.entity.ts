import type { Json } from '@mandate/encoding';
import { Check, Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { Action } from './actions.ts';

/** Something that was done, by whom and by which way. Rows are only ever added. */
@Entity({ name: 'act' })
@Check(
  'act_by_somebody',
  `account IS NOT NULL OR split_part(action, '.', 1) IN ('registry', 'session', 'key', 'publication', 'database')`,
)
@Index('act_at_idx', ['at'])
@Index('act_subject_idx', ['subject'])
@Index('act_login_idx', ['login'])
export class Act {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'act_pk',
  })
  id!: string;

  @Column('timestamptz', { default: () => 'now()' })
  at!: Date;

  /** absent for what the registry does of itself, and for what is tried by nobody it knows */
  @Column('uuid', { nullable: true })
  account!: string | null;

  /** from the settings of the connection, see `waySettings` */
  @Column('text', { nullable: true, default: () => `NULLIF(current_setting('mandate.way', true), '')` })
  way!: string | null;

  @Column('text', {
    name: 'host_user',
    nullable: true,
    default: () => `NULLIF(current_setting('mandate.host_user', true), '')`,
  })
  hostUser!: string | null;

  @Column('text')
  action!: Action;

  /** what it was done to: login of an account, id of a draft, identifier of a certificate, an organ, or the registry */
  @Column({ type: 'text', collation: 'C' })
  subject!: string;

  @Column('jsonb', { nullable: true })
  detail!: Json;

  /** of the account as it was called then; a trigger writes it */
  @Column({ type: 'text', collation: 'C', nullable: true })
  login!: string | null;
}
