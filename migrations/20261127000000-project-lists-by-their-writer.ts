import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What an item is called, its state, its levels are rules of the field: the writer of an entry works them out and writes
 * them with it, in one transaction. The database keeps what is its own affair: that no entry of the lists is without its
 * version, and that every entry waits for its place in the tree. What other features read of entries and of accounts has
 * a view of its own, so that a table is named by the feature that owns it alone.
 */
export class ProjectListsByTheirWriter20261127000000 implements MigrationInterface {
  name = 'ProjectListsByTheirWriter20261127000000';

  async up(db: QueryRunner): Promise<void> {
    await db.query('DROP TRIGGER entry_projected ON entry');
    await db.query('DROP FUNCTION project_entries, rebuild_list_versions, describe_entry');
    await db.query(`
      CREATE FUNCTION queue_entries() RETURNS trigger LANGUAGE plpgsql
      SECURITY DEFINER SET search_path = public, pg_temp AS $$
      BEGIN
        INSERT INTO unsequenced_entry (log, entry_id) SELECT log, id FROM added;
        RETURN NULL;
      END $$`);
    await db.query(`
      CREATE TRIGGER entry_queued AFTER INSERT ON entry REFERENCING NEW TABLE AS added
      FOR EACH STATEMENT EXECUTE FUNCTION queue_entries()`);

    // Which description of the content the versions were worked out by: of another one, all of them are worked out anew.
    await db.query(`
      CREATE TABLE list_projection (
        one     boolean NOT NULL DEFAULT true,
        version integer NOT NULL,
        CONSTRAINT list_projection_pk PRIMARY KEY (one),
        CONSTRAINT list_projection_one CHECK (one)
      )`);
    await db.query('INSERT INTO list_projection (version) VALUES (1)');
    await db.query(`
      CREATE FUNCTION require_list_version() RETURNS trigger LANGUAGE plpgsql
      SECURITY DEFINER SET search_path = public, pg_temp AS $$
      BEGIN
        IF NOT EXISTS (SELECT FROM list_version v WHERE v.entry_id = NEW.id) THEN
          RAISE EXCEPTION 'entry % of the lists has no version', NEW.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'entry_versioned';
        END IF;
        RETURN NULL;
      END $$`);
    // Asked when the transaction commits: the version names the entry, so it comes after it.
    await db.query(`
      CREATE CONSTRAINT TRIGGER entry_versioned AFTER INSERT ON entry DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW WHEN (NEW.log = 'lists') EXECUTE FUNCTION require_list_version()`);

    await db.query(`
      CREATE VIEW stored_entry AS
      SELECT e.id AS entry_id, e.register, e.key, e.effective_date, e.leaf, e.blob_hash, b.bytes, l.index
      FROM entry e
      LEFT JOIN blob b ON b.hash = e.blob_hash
      LEFT JOIN log_leaf l ON l.entry_id = e.id
      WHERE e.log = 'lists'`);
    await db.query('CREATE VIEW account_name AS SELECT id, login, display_name FROM account');
  }

  async down(): Promise<void> {
    throw new Error('Entries appended since have versions that no trigger made: restore a backup instead.');
  }
}
