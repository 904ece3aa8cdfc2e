import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Passwords that are changed and reset, accounts that are disabled, sessions that are seen and revoked, and sign-ins that are
 * counted by where they come from instead of on the account, which let any stranger lock it.
 */
export class GuardAccounts20261127020000 implements MigrationInterface {
  name = 'GuardAccounts20261127020000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE account
        DROP COLUMN failed_attempts,
        DROP COLUMN locked_until,
        ADD COLUMN disabled_at timestamptz,
        ADD COLUMN lock_epoch integer NOT NULL DEFAULT 0`);
    await db.query(`
      ALTER TABLE account_change
        DROP CONSTRAINT account_change_kind_known,
        ADD CONSTRAINT account_change_kind_known CHECK (kind IN ('create', 'roles', 'reset', 'enable'))`);
    // Whoever was signed in signs in once more: of those sessions nobody knows when they were last used, nor from where.
    await db.query('DELETE FROM session');
    await db.query(`
      ALTER TABLE session
        ADD COLUMN id uuid NOT NULL,
        ADD COLUMN used_at timestamptz NOT NULL DEFAULT now(),
        ADD COLUMN network text NOT NULL,
        ADD COLUMN way text DEFAULT nullif(current_setting('mandate.way', true), ''),
        ADD CONSTRAINT session_id_unique UNIQUE (id)`);
    await db.query('CREATE INDEX session_account_idx ON session (account_id)');
    await db.query(`
      CREATE TABLE sign_in_place (
        account_id uuid        NOT NULL,
        place      text COLLATE "C" NOT NULL,
        seen_at    timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT sign_in_place_pk PRIMARY KEY (account_id, place),
        CONSTRAINT sign_in_place_account_fk FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE CASCADE
      )`);
    await db.query(`
      CREATE TABLE sign_in_counter (
        key           text COLLATE "C" NOT NULL,
        failures      integer     NOT NULL,
        failed_at     timestamptz NOT NULL DEFAULT now(),
        blocked_until timestamptz,
        CONSTRAINT sign_in_counter_pk PRIMARY KEY (key)
      )`);
    await db.query('CREATE INDEX sign_in_counter_failed_idx ON sign_in_counter (failed_at)');
    // Who was refused is nobody who is known: such a row has no account.
    await db.query(`
      ALTER TABLE act
        DROP CONSTRAINT act_by_somebody,
        ADD CONSTRAINT act_by_somebody CHECK (
          account IS NOT NULL OR action IN ('registry.bootstrapped', 'session.refused')
        )`);
  }

  async down(): Promise<void> {
    throw new Error('resets and enablings that were asked for are kept: there is no way back');
  }
}
