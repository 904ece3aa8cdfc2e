import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * One ledger of everything that is done. What drafts and certificates noted for themselves so far is taken over in the
 * order in which it happened; from here on an act is a row of `act` whatever it is about. Acts wait in `unchained_act`
 * until a process gives them their number and hash, which stand in `act_link`: the act itself takes no common lock.
 */
export class ChainActs20261127030000 implements MigrationInterface {
  name = 'ChainActs20261127030000';

  async up(db: QueryRunner): Promise<void> {
    // Whose login it was then: accounts are changed in place, and an act must not pass to another name with them.
    await db.query(
      'ALTER TABLE act ADD COLUMN login text COLLATE "C", ALTER COLUMN subject TYPE text COLLATE "C"',
    );
    await db.query('ALTER TABLE act DISABLE TRIGGER act_append_only');
    await db.query('UPDATE act SET login = account.login FROM account WHERE account.id = act.account');
    await db.query('ALTER TABLE act ENABLE TRIGGER act_append_only');

    await db.query(`
      INSERT INTO act (at, account, login, way, host_user, action, subject, detail)
      SELECT was.at, was.account, account.login, was.way, was.host_user, was.action, was.subject, was.detail
      FROM (
        SELECT at, account, way, host_user, 'draft.' || action AS action, draft_id::text AS subject,
          jsonb_strip_nulls(jsonb_build_object('version', version, 'change', change)) AS detail
        FROM draft_event
        UNION ALL
        SELECT issued_at, issued_by, way, host_user, 'certificate.issued', identifier,
          jsonb_build_object('organ', organ, 'type', type_code)
        FROM certificate
        UNION ALL
        SELECT revoked_at, revoked_by, way, host_user, 'certificate.revoked', identifier,
          jsonb_build_object('reason', reason)
        FROM revocation
      ) was JOIN account ON account.id = was.account
      ORDER BY was.at`);

    // What the registry does of itself, and what is tried by whoever is nobody yet, has no account; all else has.
    await db.query('ALTER TABLE act DROP CONSTRAINT act_by_somebody');
    await db.query(`
      ALTER TABLE act ADD CONSTRAINT act_by_somebody CHECK (
        account IS NOT NULL OR split_part(action, '.', 1) IN ('registry', 'session', 'key', 'publication', 'database')
      )`);
    await db.query('CREATE INDEX act_at_idx ON act (at)');
    await db.query('CREATE INDEX act_subject_idx ON act (subject)');
    await db.query('CREATE INDEX act_login_idx ON act (login)');

    await db.query(`
      CREATE TABLE act_link (
        number     bigint      NOT NULL,
        act_id     bigint      NOT NULL,
        previous   bytea       NOT NULL,
        hash       bytea       NOT NULL,
        chained_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT act_link_pk PRIMARY KEY (number),
        CONSTRAINT act_link_act_unique UNIQUE (act_id),
        CONSTRAINT act_link_act_fk FOREIGN KEY (act_id) REFERENCES act (id),
        CONSTRAINT act_link_number_range CHECK (number >= 1),
        CONSTRAINT act_link_hash_size CHECK (octet_length(previous) = 32 AND octet_length(hash) = 32)
      )`);
    await db.query('CREATE INDEX act_link_chained_idx ON act_link (chained_at)');

    await db.query(`
      CREATE TABLE unchained_act (
        act_id bigint NOT NULL,
        CONSTRAINT unchained_act_pk PRIMARY KEY (act_id),
        CONSTRAINT unchained_act_fk FOREIGN KEY (act_id) REFERENCES act (id)
      )`);
    await db.query('INSERT INTO unchained_act (act_id) SELECT id FROM act');

    // Which heads of the chain stand in the public log.
    await db.query(`
      CREATE TABLE ledger_head (
        number   bigint NOT NULL,
        day      date   NOT NULL,
        entry_id bigint NOT NULL,
        CONSTRAINT ledger_head_pk PRIMARY KEY (number),
        CONSTRAINT ledger_head_entry_unique UNIQUE (entry_id),
        CONSTRAINT ledger_head_link_fk FOREIGN KEY (number) REFERENCES act_link (number),
        CONSTRAINT ledger_head_entry_fk FOREIGN KEY (entry_id) REFERENCES entry (id)
      )`);

    for (const table of ['act_link', 'ledger_head']) {
      await db.query(`
        CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
    }

    await db.query(`
      CREATE FUNCTION name_actor() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        NEW.login := (SELECT login FROM account WHERE id = NEW.account);
        RETURN NEW;
      END $$`);
    await db.query(
      'CREATE TRIGGER act_named BEFORE INSERT ON act FOR EACH ROW EXECUTE FUNCTION name_actor()',
    );
    await db.query(`
      CREATE FUNCTION queue_acts() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO unchained_act (act_id) SELECT id FROM added;
        RETURN NULL;
      END $$`);
    await db.query(`
      CREATE TRIGGER act_queued AFTER INSERT ON act REFERENCING NEW TABLE AS added
      FOR EACH STATEMENT EXECUTE FUNCTION queue_acts()`);
  }

  async down(): Promise<void> {
    throw new Error('who did what is append-only: there is no way back');
  }
}
