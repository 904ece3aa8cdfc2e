import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * By which way an act came, in every trail: two settings of the connection are the default of the columns, so that no
 * writer can leave them out. What is no draft and no certificate has a trail of its own; accounts and their roles are
 * changed by two people.
 */
export class CreateActs20261127000100 implements MigrationInterface {
  name = 'CreateActs20261127000100';

  async up(db: QueryRunner): Promise<void> {
    // Rows of before have neither: the columns get their default once they are there.
    for (const table of ['draft_event', 'certificate', 'revocation']) {
      await db.query(`ALTER TABLE ${table} ADD COLUMN way text, ADD COLUMN host_user text`);
      await db.query(`
        ALTER TABLE ${table}
          ALTER COLUMN way SET DEFAULT nullif(current_setting('mandate.way', true), ''),
          ALTER COLUMN host_user SET DEFAULT nullif(current_setting('mandate.host_user', true), '')`);
    }

    await db.query(`
      CREATE TABLE act (
        id        bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
        at        timestamptz NOT NULL DEFAULT now(),
        account   uuid,
        way       text        DEFAULT nullif(current_setting('mandate.way', true), ''),
        host_user text        DEFAULT nullif(current_setting('mandate.host_user', true), ''),
        action    text        NOT NULL,
        subject   text        NOT NULL,
        detail    jsonb,
        CONSTRAINT act_pk PRIMARY KEY (id),
        CONSTRAINT act_account_fk FOREIGN KEY (account) REFERENCES account (id),
        CONSTRAINT act_by_somebody CHECK (account IS NOT NULL OR action = 'registry.bootstrapped')
      )`);
    await db.query(`
      CREATE TRIGGER act_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON act
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);

    await db.query(`
      CREATE TABLE account_change (
        id            uuid        NOT NULL DEFAULT gen_random_uuid(),
        kind          text        NOT NULL,
        login         text        NOT NULL,
        display_name  text,
        organ         text,
        roles         text[]      NOT NULL,
        code_hash     text,
        requested_by  uuid        NOT NULL,
        requested_at  timestamptz NOT NULL DEFAULT now(),
        decided_by    uuid,
        decided_at    timestamptz,
        decision      text,
        CONSTRAINT account_change_pk PRIMARY KEY (id),
        CONSTRAINT account_change_requester_fk FOREIGN KEY (requested_by) REFERENCES account (id),
        CONSTRAINT account_change_decider_fk FOREIGN KEY (decided_by) REFERENCES account (id),
        CONSTRAINT account_change_kind_known CHECK (kind IN ('create', 'roles')),
        CONSTRAINT account_change_decision_known CHECK (decision IN ('approved', 'rejected')),
        CONSTRAINT account_change_decided CHECK (
          (decision IS NULL) = (decided_by IS NULL) AND (decision IS NULL) = (decided_at IS NULL)
        ),
        CONSTRAINT account_change_two_people CHECK (decision <> 'approved' OR decided_by <> requested_by)
      )`);
    await db.query(`
      CREATE TRIGGER account_change_kept BEFORE DELETE OR TRUNCATE ON account_change
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
    // Of both halves of the code with which its owner chooses a password, and until when; gone once he has.
    await db.query('ALTER TABLE account ADD COLUMN activation text');
    // Of two requests for one account the second would be decided without having seen what the first made.
    await db.query(
      'CREATE UNIQUE INDEX account_change_open_unique ON account_change (login) WHERE decision IS NULL',
    );
  }

  async down(): Promise<void> {
    throw new Error('who did what is append-only: there is no way back');
  }
}
