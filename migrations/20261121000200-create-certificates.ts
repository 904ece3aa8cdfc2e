import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Issued certificates and their ends. Append-only: what a certificate became later is a row of its own. */
export class CreateCertificates20261121000200 implements MigrationInterface {
  name = 'CreateCertificates20261121000200';

  async up(db: QueryRunner): Promise<void> {
    // Printed numbers may have gaps; they only must not repeat.
    await db.query('CREATE SEQUENCE certificate_number AS bigint');
    await db.query(`
      CREATE TABLE certificate (
        identifier      text        NOT NULL,
        number          text        NOT NULL,
        type_code       text        NOT NULL,
        organ           text        NOT NULL,
        content         bytea       NOT NULL,
        document        bytea       NOT NULL,
        document_digest bytea       NOT NULL,
        mandate_entry   bigint      NOT NULL,
        issue_entry     bigint      NOT NULL,
        status_index    integer     NOT NULL,
        issued_by       uuid,
        issued_at       timestamptz NOT NULL,
        CONSTRAINT certificate_pk PRIMARY KEY (identifier),
        CONSTRAINT certificate_number_unique UNIQUE (organ, type_code, number),
        CONSTRAINT certificate_status_unique UNIQUE (status_index),
        CONSTRAINT certificate_issue_unique UNIQUE (issue_entry),
        CONSTRAINT certificate_digest_unique UNIQUE (document_digest),
        CONSTRAINT certificate_issue_fk FOREIGN KEY (issue_entry) REFERENCES entry (id),
        CONSTRAINT certificate_mandate_fk FOREIGN KEY (mandate_entry) REFERENCES entry (id),
        CONSTRAINT certificate_issuer_fk FOREIGN KEY (issued_by) REFERENCES account (id),
        CONSTRAINT certificate_status_range CHECK (status_index BETWEEN 0 AND 131071)
      )`);
    await db.query(`
      CREATE TABLE revocation (
        identifier   text        NOT NULL,
        revoke_entry bigint      NOT NULL,
        reason       text        NOT NULL,
        revoked_by   uuid,
        revoked_at   timestamptz NOT NULL,
        CONSTRAINT revocation_pk PRIMARY KEY (identifier),
        CONSTRAINT revocation_certificate_fk FOREIGN KEY (identifier) REFERENCES certificate (identifier),
        CONSTRAINT revocation_entry_fk FOREIGN KEY (revoke_entry) REFERENCES entry (id),
        CONSTRAINT revocation_by_fk FOREIGN KEY (revoked_by) REFERENCES account (id)
      )`);
    for (const table of ['certificate', 'revocation']) {
      await db.query(`
        CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
    }
  }

  async down(): Promise<void> {
    throw new Error('issued certificates are append-only: there is no way back');
  }
}
