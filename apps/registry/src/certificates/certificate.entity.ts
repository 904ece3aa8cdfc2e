import { Check, Column, Entity, PrimaryColumn, Unique } from 'typeorm';

// PostgreSQL hands out bigint as text; log entries stay far below 2^53.
const bigint = { to: (value: number) => value, from: (value: string) => Number(value) };

/** An issued certificate. A row never changes; what became of it later is a row of `revocation`. */
@Entity({ name: 'certificate' })
@Unique('certificate_number_unique', ['organ', 'typeCode', 'number'])
@Unique('certificate_digest_unique', ['documentDigest'])
@Unique('certificate_issue_unique', ['issueEntry'])
@Unique('certificate_status_unique', ['statusIndex'])
@Check('certificate_status_range', `status_index BETWEEN 0 AND 131071`)
export class CertificateRow {
  /** GB/T 36904 */
  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'certificate_pk' })
  identifier!: string;

  @Column({ type: 'text', collation: 'C' })
  number!: string;

  @Column({ type: 'text', collation: 'C', name: 'type_code' })
  typeCode!: string;

  @Column({ type: 'text', collation: 'C' })
  organ!: string;

  /** canonical JSON: what is attached to the PDF */
  @Column('bytea')
  content!: Buffer;

  /** the signed PDF, without the log proof that is stapled when it is handed out */
  @Column('bytea')
  document!: Buffer;

  /** SHA-256 over its two signed ranges */
  @Column('bytea', { name: 'document_digest' })
  documentDigest!: Buffer;

  /** id of the list entry it was issued under */
  @Column('bigint', { name: 'mandate_entry', transformer: bigint })
  mandateEntry!: number;

  /** id of its issue event */
  @Column('bigint', { name: 'issue_entry', transformer: bigint })
  issueEntry!: number;

  @Column('integer', { name: 'status_index' })
  statusIndex!: number;

  @Column('uuid', { name: 'issued_by', nullable: true })
  issuedBy!: string | null;

  @Column('timestamptz', { name: 'issued_at' })
  issuedAt!: Date;

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
