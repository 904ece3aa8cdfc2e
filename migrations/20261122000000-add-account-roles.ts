import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What an account may do. Accounts made before there were roles keep what they could do and gain the work of their
 * place: an organ's people draft and issue, the registry's own also review and publish.
 */
export class AddAccountRoles20261122000000 implements MigrationInterface {
  name = 'AddAccountRoles20261122000000';

  async up(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE account ADD COLUMN roles text[]');
    await db.query(`
      UPDATE account SET roles = CASE WHEN organ IS NULL
        THEN ARRAY['editor', 'reviewer', 'publisher', 'issuer'] ELSE ARRAY['editor', 'issuer'] END`);
    await db.query(`
      ALTER TABLE account
        ALTER COLUMN roles SET NOT NULL,
        ADD CONSTRAINT account_roles_known CHECK (
          roles <@ ARRAY['editor', 'reviewer', 'publisher', 'auditor', 'issuer']
        ),
        ADD CONSTRAINT account_auditor_reads CHECK (NOT 'auditor' = ANY (roles) OR cardinality(roles) = 1)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE account DROP COLUMN roles');
  }
}
