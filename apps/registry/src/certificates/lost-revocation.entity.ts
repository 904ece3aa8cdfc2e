import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** A place that the published status list says is revoked, of a certificate that the database does not know. */
@Entity({ name: 'lost_revocation' })
@Check('lost_revocation_status_range', `status_index BETWEEN 0 AND 131071`)
export class LostRevocation {
  @PrimaryColumn('integer', { name: 'status_index', primaryKeyConstraintName: 'lost_revocation_pk' })
  statusIndex!: number;

  @Column('timestamptz', { name: 'found_at', default: () => 'now()' })
  foundAt!: Date;
}
