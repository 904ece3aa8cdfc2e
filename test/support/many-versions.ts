import type pg from 'pg';

/** Shape of a generated register: organs `o-…`, items of each, entries of each item, one a month. */
export interface ManyVersions {
  readonly organs: number;
  readonly items: number;
  readonly versions: number;
}

export const FIRST_DAY = '2020-01-01';

/**
 * Fills entries, blobs and places by SQL, as the owner of the tables: a hundred thousand items with their history in
 * seconds. Rows are of the shape that the application writes, the projection too; only hashes of the tree are left out.
 */
export async function fillVersions(
  owner: pg.Client,
  { organs, items, versions }: ManyVersions,
): Promise<void> {
  // Checks and triggers for each of a million rows would take minutes; what they check holds for these by construction.
  await owner.query(`
    ALTER TABLE entry DISABLE TRIGGER entry_queued, DISABLE TRIGGER entry_versioned;
    ALTER TABLE entry DROP CONSTRAINT entry_blob_fk, DROP CONSTRAINT entry_log_fk;
    ALTER TABLE log_leaf DROP CONSTRAINT log_leaf_entry_fk, DROP CONSTRAINT log_leaf_log_fk;
    ALTER TABLE list_version DROP CONSTRAINT list_version_entry_fk`);
  await owner.query(
    `INSERT INTO log (name, origin, vkey) VALUES ('lists', 'example.org/lists', 'key') ON CONFLICT DO NOTHING`,
  );
  await owner.query(`
    CREATE TEMP TABLE made_organ AS
    SELECT n, 'o-' || translate(lpad(to_hex(n), 16, 'z'), '0123456789', 'ghijklmnop') AS key FROM generate_series(1, ${organs}) n`);
  // One content for each organ, category and version: what is read of an item is found by its hash all the same.
  await owner.query(`
    CREATE TEMP TABLE made_blob AS
    SELECT n, c, v, content, convert_to(content::text, 'UTF8') AS bytes,
      'sha256:' || encode(sha256(convert_to(content::text, 'UTF8')), 'hex') AS hash
    FROM (SELECT o.n, c.c, v.v, jsonb_build_object(
      'schema', 'authority-item/1', 'organ', o.key, 'name', '示例事项' || o.n || '-' || c.c || '-' || v.v,
      'category', to_char(c.c, 'FM00'), 'state', CASE WHEN c.c = 10 AND v.v = ${versions} THEN 'suspended' ELSE 'in-force' END,
      'bases', '[]'::jsonb, 'levels', jsonb_build_array(jsonb_build_object('level', (2 + c.c % 3)::text)),
      'subItems', '[]'::jsonb) AS content
    FROM made_organ o, generate_series(1, 10) c, generate_series(1, ${versions}) v) m`);
  await owner.query('INSERT INTO blob (hash, bytes) SELECT hash, bytes FROM made_blob');
  await owner.query('ANALYZE made_blob, made_organ');
  await owner.query(`
    INSERT INTO blob (hash, bytes) SELECT 'sha256:' || encode(sha256(bytes), 'hex'), bytes FROM (
      SELECT convert_to(jsonb_build_object('schema', 'organ/1', 'key', key, 'name', '示例机关' || n)::text, 'UTF8') AS bytes
      FROM made_organ) o`);
  await owner.query(`
    CREATE TEMP TABLE made_index AS SELECT indexdef FROM pg_indexes
    WHERE indexname IN ('entry_log_idx', 'entry_record_idx') OR indexname LIKE 'list_version_%_idx'`);
  const { rows: indexes } = await owner.query<{ indexdef: string }>('SELECT indexdef FROM made_index');
  await owner.query(`DROP INDEX entry_log_idx, entry_record_idx, list_version_key_idx, list_version_newest_idx,
    list_version_category_idx, list_version_state_idx, list_version_listed_idx, list_version_effective_idx`);
  const leaf = `convert_to('{"blob":"' || blob || '","effectiveDate":"' || day || '","key":"' || key || '","reason":"示例","register":"'
    || register || '","time":"' || day || 'T01:00:00Z","v":1}', 'UTF8')`;
  const addEntries = (from: string): Promise<unknown> =>
    owner.query(`INSERT INTO entry (log, register, key, leaf, leaf_hash, blob_hash, effective_date)
      SELECT 'lists', register, key, leaf, sha256('\\x00'::bytea || leaf), blob, day
      FROM (SELECT register, key, blob, day, ${leaf} AS leaf FROM (${from}) m) e`);
  await addEntries(`
    SELECT 'organ' AS register, key, 'sha256:' || encode(sha256(bytes), 'hex') AS blob, DATE '${FIRST_DAY}' AS day
    FROM (SELECT key, convert_to(jsonb_build_object('schema', 'organ/1', 'key', key, 'name', '示例机关' || n)::text, 'UTF8') AS bytes
      FROM made_organ) o`);
  await addEntries(`
    SELECT 'authority-item' AS register, o.key || '.' || to_char(i.i, 'FM00000') AS key, b.hash AS blob,
      (DATE '${FIRST_DAY}' + make_interval(months => b.v - 1))::date AS day
    FROM made_organ o CROSS JOIN generate_series(1, ${Math.ceil(items / organs)}) i
    JOIN made_blob b ON b.n = o.n AND b.c = 1 + i.i % 10 ORDER BY b.v, o.n, i.i`);
  await owner.query(
    `INSERT INTO log_leaf (log, index, entry_id) SELECT 'lists', id - 1, id FROM entry WHERE log = 'lists'`,
  );
  await owner.query(`
    INSERT INTO list_version (entry_id, register, key, listed_at, effective_date, newest, name, category, section, state, levels)
    SELECT e.id, e.register, e.key, e.effective_date + TIME '01:00' AT TIME ZONE 'UTC', e.effective_date,
      b.v IS NULL OR b.v = ${versions}, said ->> 'name', said ->> 'category', NULL, coalesce(said ->> 'state', 'in-force'),
      CASE WHEN e.register = 'authority-item' THEN jsonb_path_query_array(said, '$.levels[*].level') END
    FROM entry e LEFT JOIN made_blob b ON b.hash = e.blob_hash
    LEFT JOIN LATERAL (SELECT coalesce(b.content, (SELECT convert_from(bytes, 'UTF8')::jsonb FROM blob WHERE hash = e.blob_hash)) AS said) d ON true`);
  for (const { indexdef } of indexes) await owner.query(indexdef);
  await owner.query('ANALYZE entry, blob, log_leaf, list_version');
}
