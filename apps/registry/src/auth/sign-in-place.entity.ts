import { Column, Entity, PrimaryColumn } from 'typeorm';

/** From where an account has signed in: a browser, by the hash of its token, or a network. */
@Entity({ name: 'sign_in_place' })
export class SignInPlace {
  @PrimaryColumn('uuid', { name: 'account_id', primaryKeyConstraintName: 'sign_in_place_pk' })
  accountId!: string;

  /** `device:<sha256>` or `network:<network>` */
  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'sign_in_place_pk' })
  place!: string;

  @Column('timestamptz', { name: 'seen_at', default: () => 'now()' })
  seenAt!: Date;
}
