import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Drafts of changes to the lists and who did what with them. The draft's own row carries its state and version; what it
 * proposes, every earlier wording of that, and every act on it are appended and never changed.
 */
export class CreateDrafts20261122000100 implements MigrationInterface {
  name = 'CreateDrafts20261122000100';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE draft (
        id               uuid        NOT NULL,
        scope            text        NOT NULL,
        list             text        NOT NULL,
        title            text        NOT NULL,
        effective_date   date        NOT NULL,
        reason           text        NOT NULL,
        document         text,
        backdated_reason text,
        edition          jsonb,
        report           jsonb,
        missing          jsonb       NOT NULL DEFAULT '[]',
        state            text        NOT NULL,
        version          integer     NOT NULL,
        author           uuid        NOT NULL,
        created_at       timestamptz NOT NULL DEFAULT now(),
        changed_at       timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT draft_pk PRIMARY KEY (id),
        CONSTRAINT draft_author_fk FOREIGN KEY (author) REFERENCES account (id),
        CONSTRAINT draft_edition_of_scope CHECK (
          (scope = 'change' AND edition IS NULL) OR (scope = 'edition' AND edition IS NOT NULL)
        ),
        CONSTRAINT draft_state_known CHECK (
          state IN ('draft', 'submitted', 'approved', 'rejected', 'published', 'withdrawn')
        ),
        CONSTRAINT draft_version_range CHECK (version >= 1)
      )`);
    await db.query('CREATE INDEX draft_newest_idx ON draft (created_at DESC, id)');
    await db.query('CREATE INDEX draft_list_idx ON draft (list, created_at DESC, id)');

    // A change is what its newest row says; a removed one has a last row that says so.
    await db.query(`
      CREATE TABLE draft_change (
        draft_id       uuid        NOT NULL,
        number         integer     NOT NULL,
        version        integer     NOT NULL,
        removed        boolean     NOT NULL DEFAULT false,
        register       text        NOT NULL,
        key            text,
        kind           text        NOT NULL,
        content        bytea       NOT NULL,
        base_blob      text,
        effective_date date,
        reason         text,
        document       text,
        related        text,
        place          jsonb,
        doubts         jsonb       NOT NULL DEFAULT '[]',
        edited_by      uuid        NOT NULL,
        edited_at      timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT draft_change_pk PRIMARY KEY (draft_id, number, version),
        CONSTRAINT draft_change_draft_fk FOREIGN KEY (draft_id) REFERENCES draft (id),
        CONSTRAINT draft_change_editor_fk FOREIGN KEY (edited_by) REFERENCES account (id),
        CONSTRAINT draft_change_number_range CHECK (number >= 1)
      )`);
    await db.query('CREATE INDEX draft_change_key_idx ON draft_change (key, register) WHERE key IS NOT NULL');

    await db.query(`
      CREATE TABLE draft_event (
        id       bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
        draft_id uuid        NOT NULL,
        version  integer     NOT NULL,
        action   text        NOT NULL,
        account  uuid        NOT NULL,
        change   integer,
        comment  text,
        detail   jsonb,
        at       timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT draft_event_pk PRIMARY KEY (id),
        CONSTRAINT draft_event_draft_fk FOREIGN KEY (draft_id) REFERENCES draft (id),
        CONSTRAINT draft_event_account_fk FOREIGN KEY (account) REFERENCES account (id),
        CONSTRAINT draft_event_action_known CHECK (action IN (
          'created', 'described', 'change-added', 'change-edited', 'change-removed', 'commented',
          'submitted', 'reopened', 'withdrawn', 'approved', 'rejected', 'published'
        )),
        CONSTRAINT draft_event_rejection_says_why CHECK (action <> 'rejected' OR comment IS NOT NULL)
      )`);
    await db.query('CREATE INDEX draft_event_draft_idx ON draft_event (draft_id, id)');

    // What publication made of each change; number 0 is the entry of the edition.
    await db.query(`
      CREATE TABLE draft_entry (
        draft_id uuid    NOT NULL,
        number   integer NOT NULL,
        key      text    NOT NULL,
        entry_id bigint  NOT NULL,
        CONSTRAINT draft_entry_pk PRIMARY KEY (draft_id, number),
        CONSTRAINT draft_entry_entry_unique UNIQUE (entry_id),
        CONSTRAINT draft_entry_draft_fk FOREIGN KEY (draft_id) REFERENCES draft (id),
        CONSTRAINT draft_entry_entry_fk FOREIGN KEY (entry_id) REFERENCES entry (id)
      )`);
    for (const table of ['draft_change', 'draft_event', 'draft_entry']) {
      await db.query(`
        CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
    }
  }

  async down(): Promise<void> {
    throw new Error('who approved what is append-only: there is no way back');
  }
}
