import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is worked out from entries so that reads stay quick: the versions of every key, and the entries that wait for their
 * place in the tree. Both follow from entries and blobs alone, in the statement that appends, whoever appends.
 */
export class CreateListProjections20261122000200 implements MigrationInterface {
  name = 'CreateListProjections20261122000200';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE list_version (
        entry_id       bigint      NOT NULL,
        register       text        NOT NULL,
        key            text        COLLATE "C" NOT NULL,
        listed_at      timestamptz NOT NULL,
        effective_date date        NOT NULL,
        newest         boolean     NOT NULL,
        name           text,
        category       text,
        section        text,
        state          text,
        levels         jsonb,
        CONSTRAINT list_version_pk PRIMARY KEY (entry_id),
        CONSTRAINT list_version_entry_fk FOREIGN KEY (entry_id) REFERENCES entry (id)
      )`);
    await db.query(`
      CREATE TABLE unsequenced_entry (
        log      text   NOT NULL,
        entry_id bigint NOT NULL,
        CONSTRAINT unsequenced_entry_pk PRIMARY KEY (log, entry_id),
        CONSTRAINT unsequenced_entry_fk FOREIGN KEY (entry_id) REFERENCES entry (id)
      )`);

    // The one place that says what a version is. Its blob is found by a subquery: by hash, however many entries come at once.
    await db.query(`
      CREATE FUNCTION describe_entry(register text, leaf bytea, blob_hash text)
      RETURNS TABLE (listed_at timestamptz, name text, category text, section text, state text, levels jsonb)
      LANGUAGE sql STABLE AS $$
        SELECT (said ->> 'time')::timestamptz, content ->> 'name',
          CASE $1 WHEN 'authority-item' THEN content ->> 'category' WHEN 'negative-list-item' THEN content ->> 'chapter' END,
          CASE $1 WHEN 'negative-list-item' THEN content ->> 'section' END,
          content ->> 'state',
          CASE $1 WHEN 'authority-item' THEN
            jsonb_path_query_array(content, 'lax $.levels[*].level') ||
            jsonb_path_query_array(content, 'lax $.subItems[*].levels[*].level')
          END
        FROM (
          SELECT convert_from($2, 'UTF8')::jsonb AS said,
            (SELECT convert_from(b.bytes, 'UTF8')::jsonb FROM blob b WHERE b.hash = $3) AS content
          OFFSET 0
        ) AS parsed
      $$`);

    // With the rights of the owner: readers of the projection need not be able to change it.
    await db.query(`
      CREATE FUNCTION project_entries() RETURNS trigger LANGUAGE plpgsql
      SECURITY DEFINER SET search_path = public, pg_temp AS $$
      DECLARE
        touched record;
      BEGIN
        INSERT INTO unsequenced_entry (log, entry_id) SELECT log, id FROM added;
        INSERT INTO list_version
          (entry_id, register, key, listed_at, effective_date, newest, name, category, section, state, levels)
        SELECT a.id, a.register, a.key, d.listed_at, a.effective_date,
          a.id = max(a.id) OVER (PARTITION BY a.register, a.key), d.name, d.category, d.section, d.state, d.levels
        FROM added a CROSS JOIN LATERAL describe_entry(a.register, a.leaf, a.blob_hash) d
        WHERE a.log = 'lists';
        -- Key by key: a plan that was made for many would read the whole table for one.
        FOR touched IN SELECT register, key, max(id) AS last FROM added WHERE log = 'lists' GROUP BY 1, 2 LOOP
          UPDATE list_version v SET newest = false
          WHERE v.register = touched.register AND v.key = touched.key AND v.newest AND v.entry_id < touched.last;
        END LOOP;
        RETURN NULL;
      END $$`);

    await db.query(`
      CREATE FUNCTION rebuild_list_versions() RETURNS void LANGUAGE sql
      SECURITY DEFINER SET search_path = public, pg_temp AS $$
        DELETE FROM list_version;
        INSERT INTO list_version
          (entry_id, register, key, listed_at, effective_date, newest, name, category, section, state, levels)
        SELECT e.id, e.register, e.key, d.listed_at, e.effective_date,
          e.id = max(e.id) OVER (PARTITION BY e.register, e.key), d.name, d.category, d.section, d.state, d.levels
        FROM entry e CROSS JOIN LATERAL describe_entry(e.register, e.leaf, e.blob_hash) d
        WHERE e.log = 'lists'
      $$`);
    await db.query('REVOKE ALL ON FUNCTION rebuild_list_versions() FROM PUBLIC');
    await db.query('SELECT rebuild_list_versions()');
    await db.query(`
      INSERT INTO unsequenced_entry (log, entry_id)
      SELECT e.log, e.id FROM entry e WHERE NOT EXISTS (SELECT FROM log_leaf l WHERE l.entry_id = e.id)`);

    await db.query('CREATE INDEX list_version_key_idx ON list_version (register, key, entry_id)');
    await db.query('CREATE INDEX list_version_newest_idx ON list_version (register, key) WHERE newest');
    await db.query('CREATE INDEX list_version_category_idx ON list_version (register, category, key)');
    await db.query(
      `CREATE INDEX list_version_state_idx ON list_version (register, state, key) WHERE state <> 'in-force'`,
    );
    await db.query('CREATE INDEX list_version_listed_idx ON list_version (register, listed_at)');
    await db.query('CREATE INDEX list_version_effective_idx ON list_version (register, effective_date)');

    await db.query(`
      CREATE TRIGGER entry_projected AFTER INSERT ON entry REFERENCING NEW TABLE AS added
      FOR EACH STATEMENT EXECUTE FUNCTION project_entries()`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TRIGGER entry_projected ON entry');
    await db.query('DROP FUNCTION project_entries, rebuild_list_versions, describe_entry');
    await db.query('DROP TABLE list_version, unsequenced_entry');
  }
}
