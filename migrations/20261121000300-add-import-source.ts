import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where in the organ's workbook an item was last found. No part of any record: rows may be written over. */
export class AddImportSource20261121000300 implements MigrationInterface {
  name = 'AddImportSource20261121000300';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE import_source (
        key         text        NOT NULL,
        file        text        NOT NULL,
        sheet       text        NOT NULL,
        serial      text        NOT NULL,
        row         integer     NOT NULL,
        imported_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT import_source_pk PRIMARY KEY (key)
      )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE import_source');
  }
}
