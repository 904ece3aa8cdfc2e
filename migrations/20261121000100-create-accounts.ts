import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Officials and their sessions. */
export class CreateAccounts20261121000100 implements MigrationInterface {
  name = 'CreateAccounts20261121000100';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE account (
        id              uuid        NOT NULL DEFAULT gen_random_uuid(),
        login           text        NOT NULL,
        display_name    text        NOT NULL,
        organ           text,
        password_hash   text        NOT NULL,
        demo            boolean     NOT NULL DEFAULT false,
        failed_attempts integer     NOT NULL DEFAULT 0,
        locked_until    timestamptz,
        created_at      timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT account_pk PRIMARY KEY (id),
        CONSTRAINT account_login_unique UNIQUE (login),
        CONSTRAINT account_login_form CHECK (login ~ '^[a-z0-9][a-z0-9._-]{1,39}$')
      )`);
    await db.query(`
      CREATE TABLE session (
        token_hash text        NOT NULL,
        account_id uuid        NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        CONSTRAINT session_pk PRIMARY KEY (token_hash),
        CONSTRAINT session_account_fk FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE CASCADE
      )`);
    await db.query(`CREATE INDEX session_expiry_idx ON session (expires_at)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE session');
    await db.query('DROP TABLE account');
  }
}
