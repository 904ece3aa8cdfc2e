import type { Json } from '@mandate/encoding';
import { Check, Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** What an act can be, with the words of the trail. */
export const ACTIONS = {
  'registry.bootstrapped': '首次启动',
  'account.requested': '申请账号变更',
  'account.approved': '批准账号变更',
  'account.rejected': '否决账号变更',
  'account.activated': '启用账号',
  'registry.backed-up': '备份',
  'registry.restored': '由备份恢复',
  'registry.recovered': '由已发布文件续接',
} as const;
export type Action = keyof typeof ACTIONS;

/** Something that was done, by whom and by which way. Rows are only ever added. */
@Entity({ name: 'act' })
@Check(
  'act_by_somebody',
  `account IS NOT NULL OR action IN ('registry.bootstrapped', 'registry.backed-up', 'registry.restored', 'registry.recovered')`,
)
export class Act {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'act_pk',
  })
  id!: string;

  @Column('timestamptz', { default: () => 'now()' })
  at!: Date;

  /** absent for the first start of an empty registry, and for what the machine's operator does with all of it */
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

  /** login of an account, or the registry itself */
  @Column('text')
  subject!: string;

  @Column('jsonb', { nullable: true })
  detail!: Json;
}
