import { pendingMigrations } from '../database/migrate.ts';
import { RuntimeError } from '../runtime/runtime.errors.ts';

/** @throws RuntimeError `schema-outdated` where `mandate migrate` has to run first */
export async function requireCurrentSchema(source: Parameters<typeof pendingMigrations>[0]): Promise<void> {
  const pending = await pendingMigrations(source);
  if (pending.length === 0) return;
  throw new RuntimeError(
    'schema-outdated',
    `DATABASE_URL 的数据库结构不是最新。请先运行：npx mandate migrate\n` +
      `The database schema is not up to date; run: npx mandate migrate`,
  );
}
