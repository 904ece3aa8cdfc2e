import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is a key, part of one, or names one. What people read, names and reasons, is in no index and stays as it is. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  log: ['name', 'origin'],
  blob: ['hash'],
  entry: ['log', 'register', 'blob_hash'],
  log_leaf: ['log'],
  log_hash: ['log'],
  checkpoint: ['log'],
  unsequenced_entry: ['log'],
  list_version: ['register', 'category', 'section', 'state'],
  account: ['login', 'organ'],
  account_change: ['login', 'organ'],
  session: ['token_hash'],
  certificate: ['identifier', 'number', 'type_code', 'organ'],
  revocation: ['identifier'],
  import_source: ['key'],
  draft: ['list'],
  draft_change: ['register', 'key', 'base_blob'],
  draft_entry: ['key'],
};

/**
 * Keys are compared by their bytes on every host. In the locale of the database an index is in an order that glibc defines,
 * and defines anew from time to time: after an upgrade of the host it finds what is there no longer, and a unique index
 * takes the same key twice (https://wiki.postgresql.org/wiki/Locale_data_changes).
 *
 * No table is rewritten; the indexes are, and checks and foreign keys are looked at again.
 */
export class CompareKeysByBytes20261127010000 implements MigrationInterface {
  name = 'CompareKeysByBytes20261127010000';

  async up(db: QueryRunner): Promise<void> {
    // Neither a view nor the condition of a trigger lets go of the type of a column. Rights on views are given after every run.
    const views = await db.manager.query<{ name: string; definition: string }[]>(`
      SELECT c.oid::regclass::text AS name, pg_get_viewdef(c.oid) AS definition
      FROM pg_class c WHERE c.relkind = 'v' AND c.relnamespace = 'public'::regnamespace ORDER BY c.oid`);
    for (const { name } of [...views].reverse()) await db.query(`DROP VIEW ${name}`);
    await db.query('DROP TRIGGER entry_versioned ON entry');

    for (const [table, columns] of Object.entries(KEYS)) {
      const changes = columns.map((column) => `ALTER COLUMN ${column} TYPE text COLLATE "C"`);
      await db.query(`ALTER TABLE ${table} ${changes.join(', ')}`);
    }

    await db.query(`
      CREATE CONSTRAINT TRIGGER entry_versioned AFTER INSERT ON entry DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW WHEN (NEW.log = 'lists') EXECUTE FUNCTION require_list_version()`);
    for (const { name, definition } of views) await db.query(`CREATE VIEW ${name} AS ${definition}`);
  }

  async down(): Promise<void> {
    throw new Error(
      'An index in an order that the host may change was the fault: there is no reason to go back.',
    );
  }
}
