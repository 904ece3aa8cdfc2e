import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was said of the columns of an organ's workbooks, by their header. No part of any record: rows may be written over. */
export class RememberColumns20261127060000 implements MigrationInterface {
  name = 'RememberColumns20261127060000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE import_mapping (
        organ      text        NOT NULL COLLATE "C",
        signature  text        NOT NULL COLLATE "C",
        organ_name text        NOT NULL,
        header     text        NOT NULL,
        reading    jsonb       NOT NULL,
        file       text        NOT NULL,
        saved_at   timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT import_mapping_pk PRIMARY KEY (organ, signature)
      )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE import_mapping');
  }
}
