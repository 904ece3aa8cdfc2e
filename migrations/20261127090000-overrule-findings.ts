import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A reviewer's word that a finding stands, and why: added, never changed. That it was taken back is an act in the trail,
 * which names it.
 */
export class OverruleFindings20261127090000 implements MigrationInterface {
  name = 'OverruleFindings20261127090000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE draft_overrule (
        id       uuid        NOT NULL,
        draft_id uuid        NOT NULL,
        rule     text        NOT NULL,
        change   integer,
        reason   text        NOT NULL,
        findings jsonb       NOT NULL,
        account  uuid        NOT NULL,
        at       timestamptz NOT NULL DEFAULT clock_timestamp(),
        CONSTRAINT draft_overrule_pk PRIMARY KEY (id),
        CONSTRAINT draft_overrule_draft_fk FOREIGN KEY (draft_id) REFERENCES draft (id),
        CONSTRAINT draft_overrule_account_fk FOREIGN KEY (account) REFERENCES account (id),
        CONSTRAINT draft_overrule_says_why CHECK (length(reason) BETWEEN 1 AND 500)
      )`);
    await db.query('CREATE INDEX draft_overrule_draft_idx ON draft_overrule (draft_id, at)');
    await db.query(`
      CREATE TRIGGER draft_overrule_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON draft_overrule
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
    await db.query('ALTER TABLE draft_event DROP CONSTRAINT draft_event_action_known');
    await db.query(`
      ALTER TABLE draft_event ADD CONSTRAINT draft_event_action_known CHECK (action IN (
        'created', 'described', 'change-added', 'change-edited', 'change-removed', 'replaced', 'commented',
        'overruled', 'overrule-ended', 'submitted', 'reopened', 'withdrawn', 'approved', 'rejected', 'published'
      ))`);
  }

  async down(): Promise<void> {
    throw new Error('what was set aside, and why, is append-only: there is no way back');
  }
}
