import { Column, Entity, PrimaryColumn } from 'typeorm';

const bigint = { to: (value: number) => value, from: (value: string) => Number(value) };

/** The end of a certificate before its time. */
@Entity({ name: 'revocation' })
export class Revocation {
  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'revocation_pk' })
  identifier!: string;

  /** id of its event in the certificates log */
  @Column('bigint', { name: 'revoke_entry', transformer: bigint })
  revokeEntry!: number;

  @Column('text')
  reason!: string;

  @Column('uuid', { name: 'revoked_by', nullable: true })
  revokedBy!: string | null;

  @Column('timestamptz', { name: 'revoked_at' })
  revokedAt!: Date;

  /** from the settings of the connection, see `waySettings`; null in rows of before */
  @Column('text', { nullable: true, default: () => `NULLIF(current_setting('mandate.way', true), '')` })
  way?: string | null;

  @Column('text', {
    name: 'host_user',
    nullable: true,
    default: () => `NULLIF(current_setting('mandate.host_user', true), '')`,
  })
  hostUser?: string | null;
}
