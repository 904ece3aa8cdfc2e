import { Check, Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** Numbers and places of the status list below these may have been given before a loss: they are never given again. */
@Entity({ name: 'continuation' })
@Check('continuation_cause_known', `cause IN ('restored', 'recovered')`)
@Check('continuation_status_range', `first_status_index BETWEEN 0 AND 131072`)
export class Continuation {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'continuation_pk',
  })
  id!: string;

  @Column('timestamptz', { default: () => 'now()' })
  at!: Date;

  @Column('text')
  cause!: 'restored' | 'recovered';

  /** SHA-256 of the backup's manifest, or sizes of the published logs */
  @Column('text')
  source!: string;

  @Column('bigint', { name: 'first_number' })
  firstNumber!: string;

  /** what the sequence's numbers are raised by from then on: the application may not set the sequence itself */
  @Column('bigint', { name: 'number_offset' })
  numberOffset!: string;

  @Column('integer', { name: 'first_status_index' })
  firstStatusIndex!: number;
}
