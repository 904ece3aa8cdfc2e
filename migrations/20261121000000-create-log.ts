import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The two logs. Nothing here is ever changed or removed: triggers refuse it to every role, privileges to the application's. */
export class CreateLog20261121000000 implements MigrationInterface {
  name = 'CreateLog20261121000000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'table % is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
      END $$`);

    await db.query(`
      CREATE TABLE log (
        name       text        NOT NULL,
        origin     text        NOT NULL,
        vkey       text        NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT log_pk PRIMARY KEY (name),
        CONSTRAINT log_name_known CHECK (name IN ('lists', 'certificates')),
        CONSTRAINT log_origin_unique UNIQUE (origin)
      )`);

    await db.query(`
      CREATE TABLE blob (
        hash       text        NOT NULL,
        bytes      bytea       NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT blob_pk PRIMARY KEY (hash),
        CONSTRAINT blob_hash_of_bytes CHECK (hash = 'sha256:' || encode(sha256(bytes), 'hex'))
      )`);

    // Arrival order. The identity is no tree index: a transaction may commit after one with a higher number.
    await db.query(`
      CREATE TABLE entry (
        id             bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
        log            text        NOT NULL,
        register       text,
        key            text COLLATE "C",
        leaf           bytea       NOT NULL,
        leaf_hash      bytea       NOT NULL,
        blob_hash      text,
        effective_date date,
        received_at    timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT entry_pk PRIMARY KEY (id),
        CONSTRAINT entry_log_fk FOREIGN KEY (log) REFERENCES log (name),
        CONSTRAINT entry_blob_fk FOREIGN KEY (blob_hash) REFERENCES blob (hash),
        CONSTRAINT entry_leaf_size CHECK (octet_length(leaf) BETWEEN 1 AND 65535),
        CONSTRAINT entry_leaf_hash CHECK (leaf_hash = sha256('\\x00'::bytea || leaf)),
        CONSTRAINT entry_of_list CHECK (
          log <> 'lists' OR (register IS NOT NULL AND key IS NOT NULL AND blob_hash IS NOT NULL AND effective_date IS NOT NULL)
        )
      )`);
    await db.query(`CREATE INDEX entry_record_idx ON entry (register, key, id DESC) WHERE log = 'lists'`);
    await db.query(`CREATE INDEX entry_log_idx ON entry (log, id)`);

    await db.query(`
      CREATE TABLE log_leaf (
        log      text   NOT NULL,
        index    bigint NOT NULL,
        entry_id bigint NOT NULL,
        CONSTRAINT log_leaf_pk PRIMARY KEY (log, index),
        CONSTRAINT log_leaf_entry_unique UNIQUE (entry_id),
        CONSTRAINT log_leaf_log_fk FOREIGN KEY (log) REFERENCES log (name),
        CONSTRAINT log_leaf_entry_fk FOREIGN KEY (entry_id) REFERENCES entry (id),
        CONSTRAINT log_leaf_index_range CHECK (index >= 0)
      )`);

    await db.query(`
      CREATE TABLE log_hash (
        log      text   NOT NULL,
        position bigint NOT NULL,
        hash     bytea  NOT NULL,
        CONSTRAINT log_hash_pk PRIMARY KEY (log, position),
        CONSTRAINT log_hash_log_fk FOREIGN KEY (log) REFERENCES log (name),
        CONSTRAINT log_hash_size CHECK (octet_length(hash) = 32)
      )`);

    await db.query(`
      CREATE TABLE checkpoint (
        log        text        NOT NULL,
        size       bigint      NOT NULL,
        root       bytea       NOT NULL,
        note       text        NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT checkpoint_pk PRIMARY KEY (log, size),
        CONSTRAINT checkpoint_log_fk FOREIGN KEY (log) REFERENCES log (name),
        CONSTRAINT checkpoint_root_size CHECK (octet_length(root) = 32)
      )`);

    for (const table of ['log', 'blob', 'entry', 'log_leaf', 'log_hash', 'checkpoint']) {
      await db.query(`
        CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
    }
  }

  async down(): Promise<void> {
    throw new Error('the log is append-only: there is no way back');
  }
}
