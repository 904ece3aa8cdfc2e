import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';

/** The place of an act in the chain: a number without gaps, and the hash over it and all before it. */
@Entity({ name: 'act_link' })
@Unique('act_link_act_unique', ['actId'])
@Index('act_link_chained_idx', ['chainedAt'])
export class ActLink {
  /** from 1 */
  @PrimaryColumn('bigint', { primaryKeyConstraintName: 'act_link_pk' })
  number!: string;

  @Column('bigint', { name: 'act_id' })
  actId!: string;

  /** hash of the link before; 32 zero bytes in the first */
  @Column('bytea')
  previous!: Buffer;

  @Column('bytea')
  hash!: Buffer;

  @Column('timestamptz', { name: 'chained_at', default: () => 'now()' })
  chainedAt!: Date;
}

/** An act that waits for its place in the chain. A trigger writes it with the act, the chain takes it away. */
@Entity({ name: 'unchained_act' })
export class UnchainedAct {
  @PrimaryColumn('bigint', { name: 'act_id', primaryKeyConstraintName: 'unchained_act_pk' })
  actId!: string;
}

/** A head of the chain that stands in the certificates log. */
@Entity({ name: 'ledger_head' })
@Unique('ledger_head_entry_unique', ['entryId'])
export class LedgerHead {
  @PrimaryColumn('bigint', { primaryKeyConstraintName: 'ledger_head_pk' })
  number!: string;

  /** the last whole day in Shanghai that it stands for */
  @Column('date')
  day!: string;

  @Column('bigint', { name: 'entry_id' })
  entryId!: string;
}
