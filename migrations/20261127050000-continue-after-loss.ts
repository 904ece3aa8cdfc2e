import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * After a loss the database does not know what it had given away last. What it skips then, and which places of the status
 * list the world has seen revoked without its knowing why, is kept like every other act: added, never changed.
 */
export class ContinueAfterLoss20261127050000 implements MigrationInterface {
  name = 'ContinueAfterLoss20261127050000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE continuation (
        id                 bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
        at                 timestamptz NOT NULL DEFAULT now(),
        cause              text        NOT NULL,
        source             text        NOT NULL,
        first_number       bigint      NOT NULL,
        number_offset      bigint      NOT NULL,
        first_status_index integer     NOT NULL,
        CONSTRAINT continuation_pk PRIMARY KEY (id),
        CONSTRAINT continuation_cause_known CHECK (cause IN ('restored', 'recovered')),
        CONSTRAINT continuation_status_range CHECK (first_status_index BETWEEN 0 AND 131072)
      )`);
    await db.query(`
      CREATE TABLE lost_revocation (
        status_index integer     NOT NULL,
        found_at     timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT lost_revocation_pk PRIMARY KEY (status_index),
        CONSTRAINT lost_revocation_status_range CHECK (status_index BETWEEN 0 AND 131071)
      )`);
    for (const table of ['continuation', 'lost_revocation']) {
      await db.query(`
        CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
    }
  }

  async down(): Promise<void> {
    throw new Error('what was skipped after a loss stays skipped: there is no way back');
  }
}
