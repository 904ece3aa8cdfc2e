import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Whether an item of a source is a listed one under another name is asked with its change, and what becomes of a listed one
 * that the source no longer has, with its draft. What a file could say is kept, for who parts a pair or makes one.
 */
export class AskAboutMissingItems20261127110000 implements MigrationInterface {
  name = 'AskAboutMissingItems20261127110000';

  async up(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE draft_change ADD COLUMN pair jsonb');
    await db.query(`ALTER TABLE draft ADD COLUMN sources jsonb NOT NULL DEFAULT '[]'`);
    await db.query('ALTER TABLE draft_event DROP CONSTRAINT draft_event_action_known');
    await db.query(`
      ALTER TABLE draft_event ADD CONSTRAINT draft_event_action_known CHECK (action IN (
        'created', 'described', 'change-added', 'change-edited', 'change-removed', 'replaced', 'commented',
        'submitted', 'reopened', 'withdrawn', 'approved', 'rejected', 'published',
        'overruled', 'overrule-ended', 'pair-answered', 'missing-decided'
      ))`);
  }

  async down(): Promise<void> {
    throw new Error('what was answered is append-only: there is no way back');
  }
}
